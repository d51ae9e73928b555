"""A site in gongkai's format."""

from model import FIRST_YEAR, STEP
from narrative import Typist, first_year_figures, narrative
from tables import all_tables, encode

# The ten tables are those of a real form set; the site's own set takes them over for more years and another region.
FORM_SET = """\
id: benchmark-budget
title: 示例省部门预算公开表
extends: shenzhen-budget-2022
region: 示例省/示例市
years: 2019..
drop: [key-projects, unit-targets]
"""

SETTINGS = """\
name: 示例市部门预算公开
domain: www.example.gov.cn
site-code: bm00000000
organiser: 示例市财政局
contact:
  联系电话: 0000-00000000
icp: 示ICP备00000000号
police: 示公网安备00000000000000号
description: 性能测试用的虚构数据，不是任何单位的公开信息。
keywords: [部门预算, 信息公开]
base-path: /
"""


def write_frame(content):
    """What the site has once."""
    forms = content / "forms" / "benchmark-budget"
    forms.mkdir(parents=True)
    (forms / "set.yaml").write_text(FORM_SET, encoding="utf-8")
    (content / "site.yaml").write_text(SETTINGS, encoding="utf-8")


def write_unit(content, unit):
    folder = content / unit.slug
    folder.mkdir()
    (folder / "unit.yaml").write_text(
        f"name: {unit.name}\nshort-name: {unit.short_name}\nregion: {unit.district}\n"
        f"description: 管理本区有关工作的政府部门。\n", encoding="utf-8")


def disclosure_folder(content, budget):
    return content / budget.unit.slug / str(budget.year) / "budget"


def write_disclosure(content, budget, codes, formulas=True):
    """The twelve files of one disclosure, figures of its text typed in if no `formulas`; returns how many there are."""
    folder = disclosure_folder(content, budget)
    folder.mkdir(parents=True, exist_ok=True)
    for title, rows in all_tables(budget, codes).items():
        (folder / f"{title}.csv").write_bytes(encode(rows))
    typist = Typist(formulas)
    (folder / "narrative.md").write_text(narrative(budget, typist), encoding="utf-8")
    (folder / "disclosure.yaml").write_text(_metadata(budget), encoding="utf-8")
    return typist.count


def _metadata(budget):
    name, year = budget.unit.name, budget.year
    lines = [
        f"title: {name}{year}年部门预算", f"published: {year}-02-20 09:00", f"approved: {year}-02-06",
        f"written: {year}-02-18", f"index-number: {budget.unit.slug.upper()}-{year}-0001",
        f"description: {name}{year}年的收入和支出安排、政府采购和“三公”经费预算，附十张预算表。",
        "keywords: [部门预算, 收支总表, “三公”经费]",
    ]
    if year == FIRST_YEAR:
        lines.append("figures:")
        for key, title, fen, reference in first_year_figures(budget):
            lines += [f"  - id: {key}", f"    title: {title}", f"    value: {fen // STEP // 100}.{fen // STEP % 100:02}",
                      "    unit: 万元", f"    source: {year - 1}年部门预算公开文件", f"    for: {reference}"]
    return "\n".join(lines) + "\n"
