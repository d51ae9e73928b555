"""The same site for Hugo: the same CSV files as page resources, the figures of the text typed in."""

import json
import shutil
from pathlib import Path

from narrative import Typist, narrative
from tables import all_tables, amount, encode

SOURCE = Path(__file__).resolve().parent / "hugo"

# Table title -> the anchor that gongkai gives it, so that both pages can be read by the same eyes.
TABLE_IDS = {
    "收支总表": "overview", "收入总表": "income", "支出总表": "expenditure", "基本支出总表": "basic-expenditure",
    "项目支出总表": "project-expenditure", "政府预算拨款收支总表": "fiscal-overview",
    "一般公共预算支出表（按功能分类）": "general-expenditure", "一般公共预算“三公”经费支出表": "three-public",
    "政府性基金预算支出表": "fund-expenditure", "国有资本经营预算支出表": "capital-expenditure",
}


def write_frame(site):
    """Configuration, templates and the style sheet; the templates lie beside this file."""
    shutil.copytree(SOURCE, site)
    theme = Path(__file__).resolve().parent.parent / "Themes/standard/assets"
    (site / "static").mkdir()
    shutil.copy(theme / "site.css", site / "static" / "site.css")
    (site / "content").mkdir()


def write_unit(site, unit):
    folder = site / "content" / unit.slug
    folder.mkdir()
    _page(folder / "_index.md", {"title": unit.name, "short": unit.short_name, "region": unit.district}, "")


def write_disclosure(site, budget, codes):
    unit, year = budget.unit, budget.year
    folder = site / "content" / unit.slug / str(year) / "budget"
    folder.mkdir(parents=True, exist_ok=True)
    tables = all_tables(budget, codes)
    for title, rows in tables.items():
        (folder / f"{title}.csv").write_bytes(encode(rows))
    front = {
        "title": f"{unit.name}{year}年部门预算", "date": f"{year}-02-20T09:00:00+08:00",
        "description": f"{unit.name}{year}年的收入和支出安排、政府采购和“三公”经费预算，附十张预算表。",
        "keywords": ["部门预算", "收支总表", "“三公”经费"], "index": f"{unit.slug.upper()}-{year}-0001",
        "approved": f"{year}-02-06", "written": f"{year}-02-18", "year": year, "unit": unit.name,
        "facts": [{"title": "收入总计", "value": amount(budget.expenditure)},
                  {"title": "支出总计", "value": amount(budget.expenditure)}],
        "tables": [{"id": TABLE_IDS[title], "title": title, "number": f"表{number}"}
                   for number, title in enumerate(tables, 1)],
    }
    _page(folder / "index.md", front, narrative(budget, Typist(formulas=False)))


def _page(path, front, text):
    """A page with its front matter as JSON, which Hugo reads as it reads YAML."""
    path.write_text(json.dumps(front, ensure_ascii=False, indent=1) + "\n\n" + text, encoding="utf-8")
