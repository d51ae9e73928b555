"""The ten tables of a budget as rows of text: the same bytes for both programs."""

import csv
import io
from collections import defaultdict

from model import BASIC_SOURCES, PROJECT_SOURCES, STEP, VISITS

ZERO = "0.00"


def amount(fen):
    """Fen as 万元 with two decimals and separators, exactly."""
    cents, rest = divmod(abs(fen), STEP)
    assert rest == 0, f"{fen} 分不是 0.01 万元的整数倍"
    return ("-" if fen < 0 else "") + f"{cents // 100:,}.{cents % 100:02}"


def encode(rows):
    """Rows as CSV bytes."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def all_tables(budget, codes):
    """Title -> rows with the header first, in the order of the form set."""
    return {
        "收支总表": _overview(budget, codes),
        "收入总表": _income(budget),
        "支出总表": _expenditure(budget),
        "基本支出总表": _basic(budget, codes),
        "项目支出总表": _projects(budget),
        "政府预算拨款收支总表": _fiscal(budget, codes),
        "一般公共预算支出表（按功能分类）": _functions(budget, codes, "general"),
        "一般公共预算“三公”经费支出表": _three_public(budget),
        "政府性基金预算支出表": _functions(budget, codes, "fund"),
        "国有资本经营预算支出表": _functions(budget, codes, "capital"),
    }


# --- The two-sided tables ---------------------------------------------------------------------------------


def _overview(budget, codes):
    money = income_by_source(budget)
    fiscal = money["general"] + money["fund"] + money["capital"]
    own = money["service"] + money["other"]
    income = [
        ("一、政府预算拨款", fiscal), ("  1.一般公共预算拨款", money["general"]),
        ("  2.政府性基金预算拨款", money["fund"]), ("  3.国有资本经营预算拨款", money["capital"]),
        ("二、财政专户管理资金", 0), ("三、单位资金", own), ("  1.事业收入", money["service"]),
        ("  2.事业单位经营收入", 0), ("  3.上级补助收入", 0), ("  4.附属单位上缴收入", 0),
        ("  5.其他收入", money["other"]),
    ]
    current = fiscal + own
    total = current + money["opening"]
    last = [("本年收入合计", current, "本年支出合计", total), ("上年结余、结转", money["opening"], "结转下年", 0),
            ("收入总计", total, "支出总计", total)]
    return _two_sided(budget, income, _by_function(budget, ("general", "fund", "capital", "own")), last, codes)


def _fiscal(budget, codes):
    money = income_by_source(budget)
    fiscal = money["general"] + money["fund"] + money["capital"]
    income = [("政府预算拨款", fiscal), ("  一般公共预算拨款", money["general"]),
              ("  政府性基金预算拨款", money["fund"]), ("  国有资本经营预算拨款", money["capital"])]
    last = [("本年收入合计", fiscal, "本年支出合计", fiscal), ("上年结余、结转", 0, "结转下年", 0),
            ("收入总计", fiscal, "支出总计", fiscal)]
    return _two_sided(budget, income, _by_function(budget, ("general", "fund", "capital")), last, codes)


def _two_sided(budget, income, functions, last, codes):
    rows = [["收入/项目", f"收入/{budget.year}年预算数", "支出/项目", f"支出/{budget.year}年预算数"]]
    right, classes = [], 0
    for code, fen in _with_parents(functions):
        title = codes.functions[code]
        if len(code) == 3:
            classes += 1
            title = f"{_chinese(classes)}、{title}"
        right.append((" " * (len(code) - 3) + title, fen))
    for line in range(max(len(income), len(right))):
        left = [income[line][0], amount(income[line][1])] if line < len(income) else ["", ""]
        rows.append(left + ([right[line][0], amount(right[line][1])] if line < len(right) else ["", ""]))
    rows += [[a, amount(b), c, amount(d)] for a, b, c, d in last]
    return rows


# --- The tables by unit -----------------------------------------------------------------------------------


def _by_unit(budget, measures):
    """One line for the department and one for each body."""
    rows = [[budget.unit.name] + [amount(budget.total(measure)) for measure in measures]]
    return rows + [["  " + body.name] + [amount(measure(body)) for measure in measures] for body in budget.bodies]


def _income(budget):
    fiscal, own = "本年收入/政府预算拨款/", "本年收入/单位资金/"
    general = fiscal + "一般公共预算拨款/"
    header = ["预算单位", "收入总计", general + "小计", general + "基本支出拨款", general + "履职类项目拨款",
              general + "财政专项资金拨款", general + "政府投资项目拨款", fiscal + "政府性基金预算拨款",
              fiscal + "国有资本经营预算拨款", "本年收入/财政专户管理资金", own + "事业收入", own + "事业单位经营收入",
              own + "上级补助收入", own + "附属单位上缴收入", own + "其他收入", "上年结余、结转"]

    def project(*sources):
        return lambda body: body.projects_of(*sources)

    def zero(_):
        return 0

    return [header] + _by_unit(budget, [
        lambda body: body.basic_of(*BASIC_SOURCES) + body.projects_of(*PROJECT_SOURCES),
        lambda body: body.basic_of("general") + body.projects_of("duty", "special", "investment"),
        lambda body: body.basic_of("general"), project("duty"), project("special"), project("investment"),
        project("fund"), project("capital"), zero,
        lambda body: body.basic_of("service") + body.projects_of("service"), zero, zero, zero, project("other"),
        lambda body: body.basic_of("opening") + body.projects_of("opening"),
    ])


def _expenditure(budget):
    procurement = f"{budget.year}年政府采购项目/"
    header = ["预算单位", "支出总计", "基本支出", "项目支出", procurement + "小计",
              procurement + "其中：面向中小企业政府采购项目", procurement + "其中：面向小型、微型企业政府采购项目"]
    return [header] + _by_unit(budget, [
        lambda body: body.basic_of(*BASIC_SOURCES) + body.projects_of(*PROJECT_SOURCES),
        lambda body: body.basic_of(*BASIC_SOURCES), lambda body: body.projects_of(*PROJECT_SOURCES),
        lambda body: body.procured, lambda body: body.small_and_medium, lambda body: body.small_and_micro,
    ])


def _three_public(budget):
    cars = "公务用车购置及运行维护费/"
    header = ["预算单位", "年度", "总计", "因公出国(境)费", "公务接待费", cars + "小计", cars + "公务用车购置费",
              cars + "公务用车运行维护费"]
    rows = [header]
    pairs = list(zip(budget.bodies, budget.prior.bodies))
    for name, bodies in [(budget.unit.name, pairs)] + [("  " + body.name, [(body, old)]) for body, old in pairs]:
        now = {key: sum(body.visits[key] for body, _ in bodies) for key in VISITS}
        then = {key: sum(old.visits[key] for _, old in bodies) for key in VISITS}
        change = {key: now[key] - then[key] for key in VISITS}
        lines = [(name, f"{budget.year - 1}年", then), ("", f"{budget.year}年", now), ("", "增减变化金额", change)]
        for unit, label, fen in lines:
            vehicles = fen["purchase"] + fen["running"]
            figures = [sum(fen.values()), fen["abroad"], fen["reception"], vehicles, fen["purchase"], fen["running"]]
            rows.append([unit, label] + [amount(figure) for figure in figures])
    return rows


def _functions(budget, codes, source):
    """An appropriation by body and function."""
    rows = [["预算单位", "科目编码", "科目名称", "支出总计", "基本支出", "项目支出"]]

    def line(unit, code, basic, project):
        name = codes.functions[code] if code else ""
        return [unit, code, name, amount(basic + project), amount(basic), amount(project)]

    bodies = []
    for body in budget.bodies:
        basic, project = defaultdict(int), defaultdict(int)
        if source == "general":
            basic.update(body.basic_functions)
        for one in body.projects:
            fen = project_money(one, source)
            if fen:
                project[one.function] += fen
        bodies.append((body, basic, project))
    rows.append(line(budget.unit.name, "", sum(sum(basic.values()) for _, basic, _ in bodies),
                     sum(sum(project.values()) for _, _, project in bodies)))
    for body, basic, project in bodies:
        rows.append(line("  " + body.name, "", sum(basic.values()), sum(project.values())))
        basic_tree, project_tree = dict(_with_parents(basic)), dict(_with_parents(project))
        for code in sorted(basic_tree.keys() | project_tree.keys()):
            rows.append(line("", code, basic_tree.get(code, 0), project_tree.get(code, 0)))
    return rows


# --- The tables by item -----------------------------------------------------------------------------------


def _basic(budget, codes):
    own = "单位资金/"
    header = ["支出项目类别", "总计", "政府预算拨款/小计", "政府预算拨款/一般公共预算拨款", "政府预算拨款/政府性基金预算拨款",
              "政府预算拨款/国有资本经营预算拨款", "财政专户管理资金", own + "事业收入", own + "事业单位经营收入",
              own + "上级补助收入", own + "附属单位上缴收入", own + "其他收入", "上年结余、结转"]

    def line(indent, name, money):
        general, service, opening = (sum(one[source] for one in money) for source in BASIC_SOURCES)
        figures = [general + service + opening, general, general, 0, 0, 0, service, 0, 0, 0, 0, opening]
        return [" " * indent + name] + [amount(figure) for figure in figures]

    rows = [header, line(0, budget.unit.name, [money for body in budget.bodies for money in body.basic.values()])]
    for body in budget.bodies:
        rows.append(line(2, body.name, body.basic.values()))
        for group in sorted({item[:3] for item in body.basic}):
            items = {item: money for item, money in body.basic.items() if item.startswith(group)}
            rows.append(line(4, codes.economic[group], items.values()))
            rows += [line(6, codes.economic[item], [money]) for item, money in items.items()]
    return rows


def _projects(budget):
    fiscal, own = "政府预算拨款/", "单位资金/"
    general = fiscal + "一般公共预算拨款/"
    header = ["支出项目类别", f"{budget.year}年预算总计", general + "小计", general + "履职类项目拨款",
              general + "财政专项资金拨款", general + "政府投资项目拨款", fiscal + "政府性基金预算拨款",
              fiscal + "国有资本经营预算拨款", "财政专户管理资金", own + "事业收入", own + "事业单位经营收入",
              own + "上级补助收入", own + "附属单位上缴收入", own + "其他收入", "上年结余、结转"]

    def line(indent, name, projects):
        fen = {source: sum(project.amounts[source] for project in projects) for source in PROJECT_SOURCES}
        appropriated = fen["duty"] + fen["special"] + fen["investment"]
        figures = [sum(fen.values()), appropriated, fen["duty"], fen["special"], fen["investment"], fen["fund"],
                   fen["capital"], 0, fen["service"], 0, 0, 0, fen["other"], fen["opening"]]
        return [" " * indent + name] + [amount(figure) for figure in figures]

    rows = [header, line(0, budget.unit.name, [project for body in budget.bodies for project in body.projects])]
    for body in budget.bodies:
        rows.append(line(2, body.name, body.projects))
        for category in sorted({project.category for project in body.projects}):
            projects = [project for project in body.projects if project.category == category]
            rows.append(line(4, category, projects))
            rows += [line(6, project.name, [project]) for project in projects]
    return rows


# --- Sums -------------------------------------------------------------------------------------------------


def income_by_source(budget):
    """Where the department's money comes from."""
    return {
        "general": budget.total(lambda body: body.basic_of("general")
                                + body.projects_of("duty", "special", "investment")),
        "fund": budget.total(lambda body: body.projects_of("fund")),
        "capital": budget.total(lambda body: body.projects_of("capital")),
        "service": budget.total(lambda body: body.basic_of("service") + body.projects_of("service")),
        "other": budget.total(lambda body: body.projects_of("other")),
        "opening": budget.total(lambda body: body.basic_of("opening") + body.projects_of("opening")),
    }


def project_money(project, source):
    """What one kind of appropriation gives to a project; `own` is all that is no appropriation."""
    kinds = {"general": ("duty", "special", "investment"), "fund": ("fund",), "capital": ("capital",),
             "own": ("service", "other", "opening")}
    return sum(project.amounts[kind] for kind in kinds[source])


def _by_function(budget, sources):
    """Function item -> fen of these sources, in the whole department."""
    sums = defaultdict(int)
    for body in budget.bodies:
        if "general" in sources:
            for code, fen in body.basic_functions.items():
                sums[code] += fen
        if "own" in sources:
            sums[min(body.basic_functions)] += body.basic_of("service", "opening")
        for project in body.projects:
            sums[project.function] += sum(project_money(project, source) for source in sources)
    return sums


def _with_parents(items):
    """The items in the order of their codes, each class and group before its own."""
    sums = defaultdict(int)
    for code, fen in items.items():
        for length in (3, 5, 7):
            sums[code[:length]] += fen
    return sorted((code, fen) for code, fen in sums.items())


def _chinese(number):
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else ("" if tens == 1 else digits[tens]) + "十") + (digits[ones] if ones else "")
