"""What the made-up disclosures speak of: the bureaus, the projects, and the official codes of the catalogue."""

import csv
from dataclasses import dataclass
from pathlib import Path

CLASSIFICATIONS = Path(__file__).resolve().parent.parent / "Sources/Forms/Catalogue/classifications"

# A bureau's name, its part of the address, and the function class that most of its money goes to.
BUREAUS = [
    ("教育局", "jyj", "205"), ("卫生健康局", "wsj", "210"), ("民政局", "mzj", "208"),
    ("司法局", "sfj", "204"), ("科技创新局", "kcj", "206"), ("文化广电旅游体育局", "wtj", "207"),
    ("生态环境局", "hbj", "211"), ("农业农村局", "nyj", "213"), ("交通运输局", "jtj", "214"),
    ("应急管理局", "yjj", "224"), ("自然资源局", "zrj", "220"), ("住房和城乡建设局", "zjj", "212"),
    ("政务服务局", "zwj", "201"), ("人力资源和社会保障局", "rsj", "208"), ("水务局", "swj", "213"),
    ("统计局", "tjj", "201"), ("医疗保障局", "ybj", "210"), ("退役军人事务局", "tyj", "208"),
    ("商务局", "swu", "216"), ("粮食和物资储备局", "lwj", "222"),
]

# The bodies below a bureau, besides the bureau itself.
BODIES = ["综合服务中心", "信息中心", "执法大队", "事务中心", "培训中心", "监测站", "档案馆", "指导中心"]

CATEGORIES = ["专项业务类", "运行保障类", "信息化类"]

PROJECTS = [
    "日常业务经费", "政策宣传经费", "信息系统运维", "办公场所维修改造", "第三方评估服务", "业务培训经费",
    "困难群众帮扶", "公共服务均等化", "档案整理数字化", "安全生产检查", "基层站点建设", "人才引进与奖励",
    "执法装备购置", "重点课题研究", "数据治理服务", "应急物资储备", "志愿服务活动", "监督检查经费",
]

# Economic items with the weight of each; the class of an item is its first three digits.
ECONOMIC_ITEMS = [
    ("30101", 90), ("30102", 120), ("30103", 60), ("30107", 40), ("30108", 34), ("30109", 17), ("30110", 15),
    ("30112", 3), ("30113", 48), ("30199", 12), ("30201", 9), ("30202", 2), ("30205", 1), ("30206", 4),
    ("30207", 3), ("30209", 8), ("30211", 3), ("30213", 4), ("30215", 1), ("30216", 2), ("30217", 1),
    ("30226", 6), ("30228", 5), ("30229", 4), ("30231", 3), ("30239", 8), ("30299", 6), ("30301", 4),
    ("30302", 22), ("30305", 2), ("30399", 1),
]

# Functions that every body pays for: pensions, health, housing.
COMMON_FUNCTIONS = ["2080501", "2080505", "2080506", "2101101", "2101103", "2210201", "2210203"]

# What government funds and state capital pay for.
FUND_FUNCTIONS = ["2120802", "2120803", "2120804", "2120899", "2121301", "2121399", "2121401"]
CAPITAL_FUNCTIONS = ["2230105", "2230107", "2230203", "2230299"]

# Classes and items of the function list that are no general appropriation.
NOT_GENERAL = ("20610", "20707", "20709", "20710", "20822", "20823", "20829", "21160", "21161", "21208",
               "21210", "21211", "21213", "21214", "21215", "21216", "21366", "21367", "21369", "21460",
               "21462", "21463", "21464", "21468", "21469", "21470", "21471", "21472", "21473", "22208")


@dataclass(frozen=True)
class Codes:
    """The names of the codes, and the codes an ordinary bureau may use."""

    functions: dict
    economic: dict

    def leaves(self, function_class):
        """The items of a class that a general appropriation pays for."""
        return [code for code in self.functions
                if len(code) == 7 and code.startswith(function_class) and not code.startswith(NOT_GENERAL)
                and code[:5] in self.functions and code not in COMMON_FUNCTIONS]


def read_codes(years):
    """The official codes that keep one name in all of `years`, as the catalogue has them."""
    return Codes(_names("function.csv", years), _names("economic.csv", years))


def _names(name, years):
    with open(CLASSIFICATIONS / name, encoding="utf-8-sig", newline="") as file:
        return {row["编码"]: row["名称"] for row in csv.DictReader(file)
                if int(row["起始年度"] or years[0]) <= years[0] and years[-1] <= int(row["终止年度"] or years[-1])}
