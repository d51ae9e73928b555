"""The figures of a department's budget, drawn from a seed so that every sum holds.

Amounts are integers of fen. The forms print 万元 with two decimals, so each is a multiple of `STEP`.
"""

import random
from dataclasses import dataclass, field

from vocabulary import (BODIES, BUREAUS, CAPITAL_FUNCTIONS, CATEGORIES, COMMON_FUNCTIONS, ECONOMIC_ITEMS,
                        FUND_FUNCTIONS, PROJECTS)

# 0.01 万元 in fen: the last digit that the tables print.
STEP = 10_000

# The years of every department; the year before the first is drawn too, for the comparisons of its text.
YEARS_PER_UNIT = 5
FIRST_YEAR = 2020
YEARS = range(FIRST_YEAR, FIRST_YEAR + YEARS_PER_UNIT)

PROJECT_SOURCES = ("duty", "special", "investment", "fund", "capital", "service", "other", "opening")
BASIC_SOURCES = ("general", "service", "opening")
VISITS = ("abroad", "reception", "purchase", "running")


@dataclass
class Project:
    name: str
    category: str
    function: str
    amounts: dict  # source of PROJECT_SOURCES -> fen


@dataclass
class Body:
    """One budget unit below the department, in one year."""

    name: str
    basic: dict  # economic item -> {source of BASIC_SOURCES -> fen}
    basic_functions: dict  # function item -> fen of the general appropriation for basic expenditure
    projects: list
    visits: dict  # one of VISITS -> fen of this year
    procured: int
    small_and_medium: int
    small_and_micro: int

    def basic_of(self, *sources):
        return sum(amounts[source] for amounts in self.basic.values() for source in sources)

    def projects_of(self, *sources):
        return sum(project.amounts[source] for project in self.projects for source in sources)


@dataclass
class Budget:
    """A department's budget of one year; `prior` is the one before."""

    unit: "Unit"
    year: int
    bodies: list
    prior: "Budget" = None

    def total(self, measure):
        return sum(measure(body) for body in self.bodies)

    @property
    def basic(self):
        return self.total(lambda body: body.basic_of(*BASIC_SOURCES))

    @property
    def project(self):
        return self.total(lambda body: body.projects_of(*PROJECT_SOURCES))

    @property
    def expenditure(self):
        return self.basic + self.project


@dataclass
class Unit:
    number: int
    slug: str
    name: str
    short_name: str
    district: str
    budgets: list = field(default_factory=list)


def units(count, seed, codes):
    """The departments, one after another, so that a large site never lies in memory."""
    for number in range(count):
        yield unit(number, seed, codes)


def unit(number, seed, codes):
    """One department with all its years; the same number and seed give the same figures."""
    dice = random.Random(f"{seed}/{number}")
    title, part, function_class = BUREAUS[number % len(BUREAUS)]
    district = number // len(BUREAUS) + 1
    name = f"示例市第{district}区{title}"
    made = Unit(number, f"q{district}-{part}", name, f"第{district}区{title}", f"示例省/示例市/第{district}区")
    plans = _plans(made, function_class, dice, codes)
    prior = None
    for year in range(FIRST_YEAR - 1, YEARS.stop):
        prior = Budget(made, year, [_body(plan, dice) for plan in plans], prior)
        made.budgets.append(prior)
    made.budgets.pop(0)
    return made


def edit_one_figure(budget, step):
    """Another figure for what the first body buys from small and medium firms, and nothing else."""
    budget.bodies[0].small_and_medium += step * STEP


def _plans(made, function_class, dice, codes):
    """What stays the same over the years: the bodies, their items, functions and projects."""
    leaves = codes.leaves(function_class)
    plans = []
    for index in range(dice.choice((1, 2, 2, 3))):
        items = [item for item in ECONOMIC_ITEMS if item[1] >= 20 or dice.random() < 0.5]
        own = dice.sample(leaves, min(len(leaves), dice.randint(2, 4)))
        common = [code for code in COMMON_FUNCTIONS if dice.random() < 0.8] or COMMON_FUNCTIONS[:1]
        projects = [(name, dice.choice(CATEGORIES), dice.choice(own))
                    for name in dice.sample(PROJECTS, dice.randint(4, 8))]
        if index == 0:
            projects += [(f"基金项目{codes.functions[code]}", "专项业务类", code)
                         for code in dice.sample(FUND_FUNCTIONS, dice.randint(2, 4))]
            projects += [(f"资本项目{codes.functions[code]}", "专项业务类", code)
                         for code in dice.sample(CAPITAL_FUNCTIONS, dice.randint(1, 2))]
        name = made.name + ("本级" if index == 0 else BODIES[(made.number + index * 3) % len(BODIES)])
        plans.append((name, dice.randint(20, 160), items, sorted(own), common, projects))
    return plans


def _body(plan, dice):
    name, scale, items, own, common, projects = plan
    has_own_money = dice.random() < 0.6
    basic = {}
    for item, weight in items:
        general = weight * scale * dice.randint(60, 140) // 100 * STEP
        service = general // 40 // STEP * STEP if has_own_money and item in ("30107", "30201", "30226") else 0
        opening = dice.randint(1, 90) * STEP if item == "30299" and dice.random() < 0.5 else 0
        basic[item] = {"general": general, "service": service, "opening": opening}
    body = Body(name, basic, {}, [_project(*project, scale, dice) for project in projects], _visits(basic, dice),
                0, 0, 0)
    body.basic_functions = _split(body.basic_of("general"), own[:2] + common, dice)
    whole = body.projects_of("duty", "special")
    body.procured = whole // 3 // STEP * STEP
    body.small_and_medium = body.procured // 2 // STEP * STEP
    body.small_and_micro = body.procured // 4 // STEP * STEP
    return body


def _project(name, category, function, scale, dice):
    amounts = dict.fromkeys(PROJECT_SOURCES, 0)
    size = scale * dice.randint(20, 400) * STEP
    if function in FUND_FUNCTIONS:
        amounts["fund"] = size
    elif function in CAPITAL_FUNCTIONS:
        amounts["capital"] = size // 5 // STEP * STEP
    else:
        amounts[dice.choice(("duty", "duty", "duty", "special", "investment"))] = size
        if dice.random() < 0.2:
            amounts["service"] = dice.randint(100, 3000) * STEP
        if dice.random() < 0.2:
            amounts["other"] = dice.randint(100, 900) * STEP
        if dice.random() < 0.2:
            amounts["opening"] = dice.randint(50, 700) * STEP
    return Project(name, category, function, amounts)


def _visits(basic, dice):
    """The 三公 figures: never less than the items of basic expenditure that belong to them."""
    def item(code):
        return basic.get(code, {"general": 0})["general"]

    return {
        "abroad": dice.choice((0, 0, 500, 1200)) * STEP,
        "reception": item("30217") + dice.randint(0, 80) * STEP,
        "purchase": dice.choice((0, 0, 0, 1800)) * STEP,
        "running": item("30231") + dice.randint(0, 200) * STEP,
    }


def _split(whole, codes, dice):
    """`whole` shared out among the codes without a rest."""
    weights = [dice.randint(5, 100) for _ in codes]
    shares = {}
    left = whole
    for code, weight in zip(codes[1:], weights[1:]):
        shares[code] = whole * weight // (sum(weights) * STEP) * STEP
        left -= shares[code]
    shares[codes[0]] = shares.get(codes[0], 0) + left
    return shares
