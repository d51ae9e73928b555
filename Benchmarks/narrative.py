"""The text of a disclosure, written once: with formulas for gongkai, with the figures typed in for Hugo."""

from fractions import Fraction

from model import PROJECT_SOURCES, VISITS
from tables import amount, income_by_source


class Typist:
    """Writes a figure either as the formula that yields it or as its digits."""

    def __init__(self, formulas):
        self.formulas = formulas
        self.count = 0

    def money(self, formula, fen):
        return self._write(f"{formula} | 万元", f"{amount(fen)} 万元")

    def change(self, formula, formula_before, fen, before):
        return self._write(f"增减({formula}, {formula_before})", change_in_words(fen, before))

    def share(self, part, whole, fen, of):
        return self._write(f"{part} / {whole} | 百分比", f"{percent(Fraction(fen, of))}%")

    def _write(self, formula, text):
        self.count += 1
        return "{{ " + formula + " }}" if self.formulas else text


def percent(ratio):
    """A ratio of zero or more as a percentage with two decimals, halves upwards, without binary fractions."""
    hundredths = int(ratio * 20_000 + 1) // 2
    return f"{hundredths // 100:,}.{hundredths % 100:02}"


def change_in_words(fen, before):
    """The sentence of the formula 增减, for figures printed in 万元 with two decimals."""
    if fen == before:
        return "与上年持平"
    verb, rate = ("增加", "增长") if fen > before else ("减少", "下降")
    text = f"比上年{verb} {amount(abs(fen - before))} 万元"
    if before == 0:
        return text + "（上年为零，不计算增幅）"
    growth = percent(Fraction(abs(fen - before), abs(before)))
    return f"{text}，{rate}" + ("不足 0.01%" if growth == "0.00" else f" {growth}%")


# What the first year's text reads of the year before, which is not part of the site.
def first_year_figures(budget):
    """Id, title, fen and the reference it stands for."""
    prior, name = budget.prior, budget.unit.name
    year = prior.year
    return [
        ("收入总计上年预算", f"{year}年部门预算收入", prior.expenditure, "上年.收支总表[收入总计]"),
        ("支出总计上年预算", f"{year}年部门预算支出", prior.expenditure, "上年.收支总表[支出总计]"),
        ("基本支出上年预算", f"{year}年基本支出预算", prior.basic, f"上年.支出总表[{name}, 基本支出]"),
        ("项目支出上年预算", f"{year}年项目支出预算", prior.project, f"上年.支出总表[{name}, 项目支出]"),
    ]


def narrative(budget, typist):
    """The Markdown text: the nine parts that the form set prescribes."""
    blocks = [*_about(budget), *_whole(budget, typist), *_by_body(budget, typist), *_procurement(budget, typist),
              *_three_public(budget, typist), *_performance(budget, typist), *_other(budget, typist), *_words()]
    return "\n\n".join(blocks) + "\n"


def _about(budget):
    name, year = budget.unit.name, budget.year
    bodies = "、".join(body.name for body in budget.bodies)
    return [
        "# 部门概况", "## 部门职责",
        "- 贯彻执行国家和省、市的有关法律法规和方针政策，拟订本区的实施办法并组织落实。\n"
        "- 编制本领域的中长期规划和年度计划，统筹公共服务资源的配置，推进均等化和数字化。\n"
        "- 承担行业管理、业务指导和监督检查，依法受理投诉举报，处理突发事件。\n"
        "- 管理专项资金和国有资产，组织内部审计和绩效评价，公开有关信息。\n"
        "- 组织干部职工教育培训和人才队伍建设，完成区委、区政府交办的其他任务。",
        "## 机构设置情况",
        f"{name}系统共有 {len(budget.bodies)} 家预算单位：{bodies}。各单位人员编制和在编情况按机构编制部门的核定执行，"
        "本年没有新增机构，也没有撤并机构。",
        f"{name}本级设办公室、计划财务科、业务一科、业务二科、法规监督科等内设机构，负责机关日常运转、预算编制、业务管理和监督检查。",
        f"## {year}年主要工作目标", f"{year} 年，{name}主要做好以下几个方面的工作：",
        "1. 坚持过紧日子，严控一般性支出，把资金用在保基本民生、保工资、保运转和重点任务上；\n"
        "2. 推进政务服务改革，精简办事材料，扩大一网通办的范围，让群众和企业少跑腿；\n"
        "3. 加强基层站点建设，补齐设施短板，提高应急处置能力和服务质量；\n"
        "4. 落实全面实施预算绩效管理的要求，做到花钱必问效、无效必问责。",
    ]


def _whole(budget, typist):
    name, prior, money = budget.unit.name, budget.prior, income_by_source(budget)
    total, year = budget.expenditure, budget.year
    income, spent = "收支总表[收入总计]", "收支总表[支出总计]"
    fiscal = money["general"] + money["fund"] + money["capital"]
    return [
        "# 部门预算收支总体情况",
        f"{year} 年部门预算收入 {typist.money(income, total)}，"
        f"{typist.change(income, '上年.' + income, total, prior.expenditure)}。"
        f"{year} 年部门预算支出 {typist.money(spent, total)}，"
        f"{typist.change(spent, '上年.' + spent, total, prior.expenditure)}。",
        f"收入中，政府预算拨款 {typist.money('收支总表[政府预算拨款]', fiscal)}，其中一般公共预算拨款 "
        f"{typist.money('收支总表[一般公共预算拨款]', money['general'])}、政府性基金预算拨款 "
        f"{typist.money('收支总表[政府性基金预算拨款]', money['fund'])}、国有资本经营预算拨款 "
        f"{typist.money('收支总表[国有资本经营预算拨款]', money['capital'])}；事业收入 "
        f"{typist.money('收支总表[事业收入]', money['service'])}，其他收入 "
        f"{typist.money('收支总表[其他收入]', money['other'])}；上年结余、结转 "
        f"{typist.money('收支总表[上年结余、结转]', money['opening'])}。",
        f"支出中，基本支出 {typist.money(f'支出总表[{name}, 基本支出]', budget.basic)}，"
        f"{typist.change(f'支出总表[{name}, 基本支出]', f'上年.支出总表[{name}, 基本支出]', budget.basic, prior.basic)}；"
        f"项目支出 {typist.money(f'支出总表[{name}, 项目支出]', budget.project)}，"
        f"{typist.change(f'支出总表[{name}, 项目支出]', f'上年.支出总表[{name}, 项目支出]', budget.project, prior.project)}，"
        "占支出总计的 "
        f"{typist.share(f'支出总表[{name}, 项目支出]', f'支出总表[{name}, 支出总计]', budget.project, total)}。"
        "增减变化的主要原因是人员变动、社会保险缴费基数调整，以及部分项目完成或者新增。",
    ]


def _by_body(budget, typist):
    blocks = ["# 部门预算支出具体情况"]
    for body in budget.bodies:
        basic, project = body.basic_of("general", "service", "opening"), body.projects_of(*PROJECT_SOURCES)

        def group(code):
            return sum(sum(money.values()) for item, money in body.basic.items() if item.startswith(code))

        spent, lines = f"支出总表[{body.name}, ", f"基本支出总表[{body.name}/"
        blocks += [
            f"## {body.name}",
            f"{budget.year} 年预算支出 {typist.money(spent + '支出总计]', basic + project)}，其中基本支出 "
            f"{typist.money(spent + '基本支出]', basic)}，项目支出 {typist.money(spent + '项目支出]', project)}。",
            f"基本支出包括人员支出 {typist.money(lines + '工资福利支出, 总计]', group('301'))}，公用支出 "
            f"{typist.money(lines + '商品和服务支出, 总计]', group('302'))}，对个人和家庭的补助支出 "
            f"{typist.money(lines + '对个人和家庭的补助, 总计]', group('303'))}。人员支出是在职人员的工资福利和社会保险缴费；"
            "公用支出包括公用综合定额经费、水电费、物业管理费、车辆运行维护费、工会经费等。",
            f"项目支出用于{'、'.join(project.name for project in body.projects)}，都已编列绩效目标，按照进度和合同支付。",
        ]
    return blocks


def _procurement(budget, typist):
    name = budget.unit.name
    procured = budget.total(lambda body: body.procured)
    medium = budget.total(lambda body: body.small_and_medium)
    return [
        "# 政府采购预算情况",
        f"{budget.year} 年列入部门预算的政府采购项目共 {typist.money(f'支出总表[{name}, 小计]', procured)}，其中面向中小企业 "
        f"{typist.money(f'支出总表[{name}, 其中：面向中小企业政府采购项目]', medium)}。采购项目依法选择采购方式，"
        "落实支持中小企业、监狱企业和残疾人福利性单位的政策，采购意向按规定公开。",
    ]


def _three_public(budget, typist):
    name, year = budget.unit.name, budget.year
    now = {key: budget.total(lambda body: body.visits[key]) for key in VISITS}
    then = {key: budget.prior.total(lambda body: body.visits[key]) for key in VISITS}

    def pair(column, fen, before):
        this, last = (f"三公经费支出表[{name}/{which}年, {column}]" for which in (year, year - 1))
        return f"{typist.money(this, fen)}，{typist.change(this, last, fen, before)}"

    return [
        "# 一般公共预算“三公”经费预算情况",
        f"{year} 年“三公”经费预算 {pair('总计', sum(now.values()), sum(then.values()))}。"
        "本部门执行中央八项规定，坚持节约，从严控制“三公”经费支出。",
        f"1. **因公出国（境）费预算**：{year} 年 {pair('因公出国(境)费', now['abroad'], then['abroad'])}，"
        "按照批准的因公出国计划安排，执行中据实支付。\n"
        f"2. **公务接待费预算**：{year} 年 {pair('公务接待费', now['reception'], then['reception'])}，用于规定开支的各类公务接待。\n"
        f"3. **公务用车购置费预算**：{year} 年 {pair('公务用车购置费', now['purchase'], then['purchase'])}，"
        "更新的车辆达到报废年限。\n"
        f"4. **公务用车运行维护费预算**：{year} 年 {pair('公务用车运行维护费', now['running'], then['running'])}，"
        "用于燃料、维修、保险和过路过桥等支出。",
    ]


def _performance(budget, typist):
    name = budget.unit.name
    return [
        "# 部门预算绩效管理情况", "## 实施部门预算绩效管理的单位范围",
        f"{name}系统 {len(budget.bodies)} 家单位全部实施部门预算绩效管理，已编制整体支出绩效目标，并按要求开展部门整体绩效自评；"
        "绩效报告经主管部门审核后报财政部门备案。",
        "## 实施部门预算绩效管理的项目情况及工作要求",
        f"{budget.year} 年，全部项目支出都纳入部门预算绩效管理，涉及资金 "
        f"{typist.money(f'支出总表[{name}, 项目支出]', budget.project)}。年中编报绩效监控情况；年度预算执行完毕或者项目完成后开展"
        "绩效自评，再从中选择重点项目开展部门评价，绩效报告报财政部门备案。",
        "# 重点项目预算绩效情况说明",
        "重点项目的绩效目标包括数量、质量、时效、成本和社会效益、满意度等指标，与预算同步编制、同步审核、同步批复，"
        "执行中发生重大变化的按程序调整。",
    ]


def _other(budget, typist):
    name, money = budget.unit.name, income_by_source(budget)
    return [
        "# 其他需要说明情况", "## 政府性基金和国有资本经营预算",
        f"政府性基金预算支出 {typist.money(f'政府性基金预算支出表[{name}, 支出总计]', money['fund'])}，国有资本经营预算支出 "
        f"{typist.money(f'国有资本经营预算支出表[{name}, 支出总计]', money['capital'])}，一般公共预算支出 "
        f"{typist.money(f'一般公共预算支出表[{name}, 支出总计]', money['general'])}，都列明了功能分类科目。",
        "## 国有资产占用情况",
        "各单位的车辆、通用设备和专用设备按国有资产管理规定登记入账，年度终了盘点。本年计划购置的大型设备已列入政府采购预算，"
        "没有出租、出借房屋的情况。",
        "## 其他", "本部门没有上级专项转移支付支出预算，也没有涉密剔除的事项。",
    ]


def _words():
    meanings = [
        ("一般公共预算拨款收入", "本级财政当年拨给的一般公共预算资金。"),
        ("政府性基金预算拨款收入", "本级财政当年拨给的政府性基金预算资金，专款专用。"),
        ("事业收入", "事业单位开展专业业务活动及其辅助活动取得的收入。"),
        ("上年结转", "以前年度没有完成、转到本年仍按原来用途继续使用的资金。"),
        ("基本支出", "维持机构正常运转、完成日常工作所需的支出，分为人员经费和公用经费。"),
        ("项目支出", "基本支出之外，为特定工作任务和事业发展目标安排的支出。"),
        ("机关运行经费", "保障行政单位运行、用来购买货物和服务的资金，包括办公及印刷费、邮电费、差旅费、会议费、日常维修费等。"),
    ]
    return ["# 名词解释"] + [f"**{word}**：{meaning}" for word, meaning in meanings]
