import Diagnostics
import Parsing
import Testing

@testable import Forms

/// A mistake in one file of a site's forms, marked with ↓ before the character that the finding must point at.
struct Mistake: Sendable, CustomTestStringConvertible {
  var name: String
  var text: String
  var id: String
  var message: String
  var file = "a.yaml"

  var testDescription: String { name }

  /// A form with one column of names and one of amounts.
  static func form(
    _ name: String, _ id: String, _ message: String, head: String = "", columns: String? = nil,
    rows: String = "rows: [{free: lines}]"
  ) -> Mistake {
    let columns = columns ?? "columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]"
    let text =
      "id: a\ntitle: 甲表\nunit: 万元\n" + head + (head.isEmpty ? "" : "\n") + columns + "\n" + rows + "\n"
    return Mistake(name: name, text: text, id: id, message: message)
  }

  static func sheet(_ name: String, _ id: String, _ message: String, _ blocks: String) -> Mistake {
    Mistake(
      name: name, text: "id: a\ntitle: 甲表\nunit: 万元\nsheet:\n" + blocks + "\n", id: id, message: message)
  }

  static func set(_ name: String, _ message: String, _ lines: String) -> Mistake {
    Mistake(name: name, text: lines + "\n", id: "form-set-syntax", message: message, file: "s/set.yaml")
  }

  func findings() -> [Finding] {
    let text = text.replacing("↓", with: "")
    var own = [SourceText(file: "content/forms/" + file, text: text)]
    if file != "a.yaml", file != "s/a.yaml" {
      let form =
        "id: a\ntitle: 甲表\nunit: 万元\ncolumns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]\nrows: [{free: lines}]\n"
      own.append(SourceText(file: "content/forms/s/a.yaml", text: form))
    }
    return FormLibrary(own: own).findings
  }

  /// The findings of the form in a set that lists it, beside another form: what follows from a mistake is not told.
  func findingsInSet() -> [Finding] {
    let other =
      "id: other\ntitle: 丁表\nunit: 万元\ncolumns: [{title: 项目}, {title: 金额, type: amount}]\nrows: [{free: lines}]\nempty: 无\n"
    let set =
      "id: s\ntitle: 套\nkind: budget\nforms: [{form: a}, {form: other}]\nrelations: [\"sum(甲表[*, 金额]) >= 0万元\"]\n"
    return FormLibrary(own: [
      SourceText(file: "content/forms/s/a.yaml", text: text.replacing("↓", with: "")),
      SourceText(file: "content/forms/s/other.yaml", text: other),
      SourceText(file: "content/forms/s/set.yaml", text: set),
    ]).findings
  }

  /// Where ↓ stands, as line:column.
  var marked: String? {
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard let arrow = line.unicodeScalars.firstIndex(of: "↓") else { continue }
      return
        "\(number + 1):\(line.unicodeScalars.distance(from: line.unicodeScalars.startIndex, to: arrow) + 1)"
    }
    return nil
  }
}

private let codeMistakes: [Mistake] = [
  .form(
    "a depth of rows that the data decides", "form-syntax", "“depth”只和 from: all 连用",
    rows: "rows: [{codes: economic, ↓depth: 2}]"),
  .form(
    "a depth that is no level", "form-syntax", "depth“款”应写作 2（到款为止）或 2..3（只要款、项）",
    rows: "rows: [{codes: economic, from: all, depth: ↓款}]"),
  .form(
    "a depth from below to above", "form-syntax", "depth“3..2”应写作 2（到款为止）或 2..3（只要款、项）",
    rows: "rows: [{codes: economic, from: all, depth: ↓3..2}]"),
  .form(
    "codes asked of free rows", "form-syntax", "不按 codes 的行不能写“from”",
    rows: "rows: [{free: lines, ↓from: all}]"),
  .form(
    "a spread of what is no code", "form-syntax", "“spread”用在 type: code 的列上，写各列的标题",
    columns: "columns: [{id: item, title: 项目, spread: ↓[类, 款]}, {id: amount, title: 金额, type: amount}]"),
  .form(
    "two spread codes", "form-syntax", "一栏里只能有一个编码分几列印（spread）",
    columns: "columns: [{title: 甲, type: code, spread: [类, 款]}, ↓{title: 乙, type: code, spread: [类, 款]}]"),
  .form(
    "a repetition without codes", "form-syntax", "按科目重复要写 codes",
    columns: "columns: [项目, {title: 金额, repeat: ↓{under: [\"501\"]}}]"),
  .form(
    "a sum of a repetition that is not there", "form-unknown-column", "没有“wages”这一列",
    columns:
      "columns: [项目, {id: total, title: 合计, type: amount, adds: [↓wages]}, {id: goods, repeat: {codes: gov-economic}}]"
  ),
  .form(
    "strips beside panels", "form-syntax", "有 panels 时，strips 写在各个分栏里", head: "↓strips: 2",
    columns: "panels: [{columns: [项目], rows: [{free: lines}]}]", rows: ""),
]

private let formMistakes: [Mistake] = [
  .form("an unknown key of a form", "form-syntax", "表样没有“colums”这个键", head: "↓colums: []"),
  .form("a key that is not supported", "form-syntax", "表样没有“applies”这个键", head: "↓applies: b"),
  .form("a text where a list should stand", "form-syntax", "“rows”应当是列表，这里是“free”", rows: "rows: ↓free"),
  .form("a list where a value should stand", "form-syntax", "“empty”应当是一个值，这里是列表", head: "empty: ↓[无, 有]"),
  .form(
    "a word where a flag should stand", "form-syntax", "“landscape”应当是 true 或 false，这里是“yes”",
    head: "landscape: ↓yes"),
  .form("decimals that are no number", "form-syntax", "“decimals”应当是整数，这里是“两位”", head: "decimals: ↓两位"),
  .form("decimals finer than a fen", "form-syntax", "decimals 应当在 0 到 10 之间，这里是 12", head: "decimals: ↓12"),
  .form("a meaning of blanks that does not exist", "form-syntax", "“blank”不能是“empty”", head: "blank: ↓empty"),
  .form("a year too far away", "form-syntax", "“{year-9}年”里的年度不能这样写", head: "notes: [\"↓{year-9}年\"]"),
  .form("an unknown dimension", "form-syntax", "没有“flows”这个事实维度", head: "states: {↓flows: 支出}"),
  .form("an unknown value of a dimension", "form-syntax", "收支没有“开支”这个值", head: "states: {flow: ↓开支}"),
  .form("instances of no dimension", "form-syntax", "“instances”不能是“projects”", head: "instances: ↓projects"),
  .form(
    "a relation with an unknown name", "form-unknown-name", "关系里的“数额”不是这张表的栏目、行或列",
    head: "relations: [↓数额 = 金额]"),
  .form(
    "a relation that names nothing", "form-unknown-name", "关系“1 = 1”没有提到表里的任何一格", head: "relations: [↓1 = 1]"),
  .form(
    "a relation over another table", "form-unknown-name", "关系只用本表的数，不能写“乙表[合计]”",
    head: "relations: [\"↓乙表[合计] = 1\"]"),
  .form(
    "a relation over a column that is not there", "form-unknown-name", "没有“数额”这一列",
    head: "relations: [\"↓sum(甲表[*, 数额]) = 1\"]"),
  .form(
    "a relation of a row with several columns", "form-unknown-name", "关系里的“合计”一行有 2 列金额",
    head: "relations: [↓合计 = 0]",
    columns: "columns: [项目, {title: 甲, type: amount}, {title: 乙, type: amount}]", rows: "rows: [合计]"),
  .form(
    "a relation of rows of one name", "form-unknown-name", "关系里的“合计.金额”有 2 处",
    head: "relations: [↓合计.金额 = 0]", rows: "rows: [合计, {free: lines}, 合计]"),
  .form("a relation that is no equation", "form-syntax", "关系式缺少“=”和右边", head: "relations: [金↓额]"),
  .form("own fragments that are no list", "form-syntax", "片段“x”应当是列表", head: "fragments: {x: ↓y}"),
  Mistake(
    name: "a missing id", text: "↓title: 甲表\nunit: 万元\ncolumns: [{title: 项目}]\nrows: [{free: lines}]\n",
    id: "form-syntax", message: "表样缺少“id”"),
  Mistake(
    name: "an id with capitals",
    text: "id: ↓Overview\ntitle: 甲表\ncolumns: [{title: 项目}]\nrows: [{free: lines}]\n", id: "form-syntax",
    message: "id“Overview”只能用小写字母、数字和连字符"),
  Mistake(
    name: "a form without columns", text: "↓id: a\ntitle: 甲表\nrows: [{free: lines}]\n", id: "form-syntax",
    message: "表样没有列"),
  Mistake(
    name: "a file that is no mapping", text: "↓- id: a\n- title: 甲表\n", id: "form-syntax",
    message: "表样应当是“键: 值”的映射，这里是列表"),
  Mistake(
    name: "a unit that does not exist",
    text: "id: a\ntitle: 甲表\nunit: ↓人民币\ncolumns: [{title: 项目}]\nrows: [{free: lines}]\n", id: "form-syntax",
    message: "“unit”不能是“人民币”"),
  Mistake(
    name: "amounts without a unit",
    text: "id: a\ntitle: 甲表\ncolumns: [{title: 项目}, ↓{title: 金额, type: amount}]\nrows: [{free: lines}]\n",
    id: "form-syntax",
    message: "金额列“金额”没有单位"),
  Mistake(
    name: "broken YAML", text: "id: a\ntitle: 甲表\ncolumns: [{title: 项目}\n↓rows: 1\n", id: "yaml-syntax",
    message: "YAML 写法有误"),
  Mistake(
    name: "a key twice", text: "id: a\n↓title: 甲表\ntitle: 乙表\n", id: "yaml-duplicate-key",
    message: "这一层里有重复的键：title"),
]

private let gridMistakes: [Mistake] = [
  .form(
    "an unknown key of a column", "form-syntax", "列没有“titel”这个键",
    columns: "columns: [{title: 项目}, {↓titel: 金额, title: 金额}]"),
  .form(
    "a column without a title", "form-syntax", "列缺少“title”",
    columns: "columns: [{title: 项目}, ↓{id: amount, type: amount}]"),
  .form(
    "a type that does not exist", "form-syntax", "“type”不能是“money”",
    columns: "columns: [{title: 项目}, {title: 金额, type: ↓money}]"),
  .form(
    "two columns of one name", "form-duplicate-id", "同一层里有两列都叫“金额”",
    columns: "columns: [{title: 项目}, {title: 金额, type: amount}, ↓{title: 金额, type: amount}]"),
  .form(
    "a fragment that does not exist", "form-syntax", "没有名为“three-publics”的片段",
    columns: "columns: [{title: 项目}, {columns: ↓three-publics}]"),
  .form(
    "a sum over a missing column", "form-unknown-column", "没有“project”这一列",
    columns:
      "columns: [{title: 项目}, {id: total, title: 合计, type: amount, adds: [basic, ↓project]}, {id: basic, title: 基本, type: amount}]"
  ),
  .form(
    "a column that adds itself", "form-syntax", "一列不能由它自己算出",
    columns: "columns: [{title: 项目}, {id: total, title: 合计, type: amount, adds: [↓total]}]"),
  .form(
    "a difference of one column", "form-syntax", "“difference”要写两列",
    columns: "columns: [{title: 项目}, {id: x, title: 甲, type: amount}, {title: 增减, difference: ↓[x]}]"),
  .form(
    "a formula over a missing column", "form-unknown-column", "公式里的“rate”不是这张表的列",
    columns: "columns: [{title: 项目}, {title: 得分, type: score, equals: \"↓10 * rate\"}]"),
  .form(
    "a formula that cannot be read", "form-syntax", "公式没有写完，后面还应有数或名称",
    columns: "columns: [{title: 项目}, {title: 得分, type: score, equals: \"10 ↓*\"}]"),
  .form(
    "a money unit of a column that is none", "form-syntax", "“块”不是金额单位",
    columns: "columns: [{title: 项目}, {title: 金额, type: amount, unit: ↓块}]"),
  .form(
    "persons in a difference without a type", "form-syntax", "“人”不是金额单位",
    columns:
      "columns: [{title: 项目}, {id: x, title: 甲, type: count}, {id: y, title: 乙, type: count}, {title: 增减, difference: [x, y], unit: ↓人}]"
  ),
  .form(
    "a type over further columns", "form-syntax", "“支出”下面还有列，不能再写 type",
    columns: "columns: [{title: 项目}, {title: 支出, type: ↓amount, columns: [{title: 基本, type: amount}]}]"),
  .form(
    "a classification that does not exist", "form-syntax", "“of”不能是“functions”",
    columns: "columns: [{title: 科目, type: name, of: ↓functions}]"),
  .form(
    "a name that several columns bear", "form-ambiguous-column", "“x”有 2 列，不知道是哪一列",
    columns:
      "columns: [{title: 项目}, {title: 甲, columns: [{id: x, title: 数, type: amount}]}, {title: 乙, columns: [{id: x, title: 数, type: amount}]}, {title: 合计, type: amount, adds: [↓x]}]"
  ),
  .form(
    "a column for a row that does not exist", "form-unknown-row", "没有 id 为“tota”的行",
    columns: "columns: [{title: 项目}, {title: 得分, type: score, only: [↓tota]}]",
    rows: "rows: [{id: total, title: 合计}]"),
  .form(
    "a fragment that holds itself", "form-syntax", "表头层次过深，或片段引用了自己",
    head:
      "fragments: {loop: [↓{title: 甲, columns: loop}, {title: 乙, columns: loop}, {title: 丙, columns: loop}]}",
    columns: "columns: loop"),
  .form("an unknown key of a row", "form-syntax", "行没有“state”这个键", rows: "rows: [{title: 合计, ↓state: {}}]"),
  .form(
    "two rows of one id", "form-duplicate-id", "有两行的 id 都是“x”",
    rows: "rows: [{id: x, title: 甲}, ↓{id: x, title: 乙}]"),
  .form(
    "a sum over a missing row", "form-unknown-row", "没有“lines”这一行",
    rows: "rows: [{title: 甲}, {title: 合计, adds: ↓lines}]"),
  .form(
    "a row that adds itself", "form-syntax", "一行不能由它自己算出",
    rows: "rows: [{id: total, title: 合计, adds: ↓total}]"),
  .form(
    "a difference of three rows", "form-syntax", "“difference”要写两行",
    rows: "rows: [{id: x, title: 甲}, {id: y, title: 乙}, {title: 增减, difference: [↓x, y, x]}]"),
  .form("rows of no classification", "form-syntax", "“codes”不能是“fuction”", rows: "rows: [{codes: ↓fuction}]"),
  .form(
    "a total of open rows", "form-syntax", "由数据决定的行不能写“adds”",
    rows: "rows: [{id: x, title: 甲}, {free: lines, ↓adds: x}]"),
  .form("a fixed row from data", "form-syntax", "固定的行不能写“from”", rows: "rows: [{title: 甲, ↓from: data}]"),
  .form(
    "a level in a missing column", "form-unknown-column", "没有“unit”这一列",
    rows: "rows: [{levels: [{of: unit, in: ↓unit}]}]"),
  .form(
    "a level of nothing", "form-syntax", "“of”不能是“units”", rows: "rows: [{levels: [{of: ↓units, in: item}]}]"),
  .form(
    "lines of no fragment", "form-syntax", "没有名为“two-year”的片段",
    rows: "rows: [{levels: [{of: unit, in: item}], lines: ↓two-year, lines-in: item}]"),
  .form(
    "rows that hold themselves", "form-syntax", "行的层次过深，或片段引用了自己",
    head: "fragments: {loop: [↓{repeat: loop}, {repeat: loop}, {repeat: loop}]}",
    rows: "rows: [{repeat: loop}]"),
  .form(
    "tags of row and column that contradict each other", "form-tags-conflict",
    "“乙”行说的是支出性质“项目”，“金额”列说的是“基本”，两者互不包含",
    columns: "columns: [{title: 项目}, {title: 金额, type: amount, states: {nature: 基本}}]",
    rows: "rows: [{title: 甲}, ↓{title: 乙, states: {nature: 项目}}]"),
  .form("strips beyond the paper", "form-syntax", "strips 应当在 1 到 4 之间，这里是 9", head: "strips: ↓9"),
  Mistake(
    name: "no rows", text: "↓id: a\ntitle: 甲表\nunit: 万元\ncolumns: [{title: 项目}]\n", id: "form-syntax",
    message: "没有声明行"),
  Mistake(
    name: "a set that is no mapping", text: "↓- id: s\n", id: "form-set-syntax",
    message: "表套应当是“键: 值”的映射，这里是列表", file: "s/set.yaml"),
  Mistake(
    name: "columns beside panels",
    text:
      "↓id: a\ntitle: 甲表\nunit: 万元\ncolumns: []\npanels: [{id: p, title: 甲, columns: [{title: 项目}], rows: [{free: x}]}]\n",
    id: "form-syntax", message: "有 panels 时，columns 和 rows 写在各个分栏里"),
  Mistake(
    name: "an aligned row that does not exist",
    text:
      "id: a\ntitle: 甲表\nunit: 万元\npanels: [{id: p, title: 甲, columns: [{title: 项目}], rows: [{title: 合计}]}]\nalign: [[p.合计, ↓q.合计]]\n",
    id: "form-unknown-row", message: "没有“q.合计”这一行"),
]

private let sheetMistakes: [Mistake] = [
  .sheet(
    "an unknown key of a field", "form-syntax", "栏目没有“require”这个键",
    "  - fields: [[{title: 部门名称, ↓require: true}]]"),
  .sheet("a field without a title", "form-syntax", "栏目缺少“title”", "  - fields: [[↓{id: name}]]"),
  .sheet(
    "a flag of a field that is none", "form-syntax", "“personal”应当是 true 或 false，这里是“是”",
    "  - fields: [[{title: 填表人, personal: ↓是}]]"),
  .sheet(
    "two fields of one name", "form-duplicate-id", "有两个栏目都叫“部门名称”",
    "  - fields: [[部门名称]]\n  - fields: [[↓部门名称]]"),
  .sheet(
    "an amount in persons", "form-syntax", "“人”不是金额单位", "  - fields: [[{title: 编制, type: amount, unit: ↓人}]]"),
  .sheet("a part of no kind", "form-syntax", "看不出这一部分是什么", "  - ↓{title: 资金}"),
  .sheet(
    "a part of two kinds", "form-syntax", "一个部分只能是一种，这里同时写了 texts、score",
    "  - texts: {title: 目标}\n    ↓score: {title: 总分}"),
  .sheet(
    "an unknown key of a part", "form-syntax", "表样的部分没有“field”这个键", "  - {↓field: [], texts: {title: 目标}}"),
  .sheet("long texts without a title", "form-syntax", "长文本缺少“title”", "  - texts: ↓{id: goals}"),
  .sheet(
    "an indicator role of a missing column", "form-syntax", "指标表没有“指标值”这一列",
    "  - indicators: {title: 指标, columns: [三级指标, 目标值], target: ↓指标值}"),
  .sheet(
    "a grade that is no band", "form-syntax", "等级“优”的分数段应写作", "  - score: {title: 总分, grades: {优: ↓90分以上}}"),
  .sheet("points that are no number", "form-syntax", "“一百”不是数字", "  - score: {title: 总分, points: ↓一百}"),
  .sheet(
    "an id beside a table", "form-syntax", "“id”只用在写 fields 的部分",
    "  - {table: funds, ↓id: money, columns: [项目], rows: [合计]}"),
  .sheet(
    "groups deeper than the levels", "form-syntax", "分组比 levels 的层次多",
    "  - indicators: {title: 指标, columns: [一级, 二级], levels: [一级, 二级], groups: [{title: 甲, ↓groups: [乙]}]}"),
  .sheet(
    "points of a group that are no number", "form-syntax", "“多”",
    "  - indicators: {title: 指标, columns: [一级, 二级], levels: [一级, 二级], groups: [{title: 甲, points: ↓多}]}"),
  .sheet(
    "an execution score that stands nowhere", "form-unknown-name", "“funds.total.score”不是这张表的栏目、行或列",
    "  - score: {title: 总分, execution: ↓funds.total.score}"),
  .sheet(
    "an unknown tag of a part", "form-syntax", "没有“flo”这个事实维度",
    "  - table: funds\n    states: {↓flo: 支出}\n    columns: [{title: 项目}]\n    rows: [{title: 合计}]"),
]

private let setMistakes: [Mistake] = [
  .set(
    "an unknown key of a set", "表套没有“year”这个键",
    "id: s\ntitle: 套\nkind: budget\n↓year: 2022\nforms: [{form: a}]"),
  .set(
    "years that are no range", "年度“2022-2024”应写作 2022、2022..2024、2022.. 或 ..2024",
    "id: s\ntitle: 套\nkind: budget\nyears: ↓2022-2024\nforms: [{form: a}]"),
  .set(
    "years in the wrong order", "年度“2024..2022”应写作",
    "id: s\ntitle: 套\nkind: budget\nyears: ↓2024..2022\nforms: [{form: a}]"),
  .set("a missing form", "没有表样“s/b”", "id: s\ntitle: 套\nkind: budget\nforms: [{form: a}, {form: ↓b}]"),
  .set("a form twice", "表样“a”在这套里列了两次", "id: s\ntitle: 套\nkind: budget\nforms: [{form: a}, {form: ↓a}]"),
  .set("a form that is no mapping", "表套里的表应当是“键: 值”的映射，这里是“a”", "id: s\ntitle: 套\nkind: budget\nforms: [↓a]"),
  .set(
    "a kind that does not exist", "没有“budgets”这个公开类别", "id: s\ntitle: 套\nkind: ↓budgets\nforms: [{form: a}]"),
  .set("no kind", "表套缺少“kind”", "↓id: s\ntitle: 套\nforms: [{form: a}]"),
  .set(
    "a numbering that does not exist", "“numbering”不能是“roman”",
    "id: s\ntitle: 套\nkind: budget\nnumbering: ↓roman\nforms: [{form: a}]"),
  .set(
    "a law that does not exist", "没有“balanced”这条定律",
    "id: s\ntitle: 套\nkind: budget\nforms: [{form: a}]\nlaws: {off: [↓balanced]}"),
  .set(
    "a key figure without a formula", "关键数字缺少“formula”",
    "id: s\ntitle: 套\nkind: budget\nforms: [{form: a}]\nkey-figures: [↓{title: 收入}]"),
  .set(
    "a key figure that cannot be read", "方括号没有闭合",
    "id: s\ntitle: 套\nkind: budget\nforms: [{form: a}]\nkey-figures: [{title: 收入, formula: \"甲表↓[合计\"}]"),
]

private let dataMistakes: [Mistake] = [
  Mistake(
    name: "a law over an unknown dimension",
    text:
      "dimensions: [{id: flow, title: 收支, open: true}]\nlaws: [{id: x, title: 例, whole: {flow: 甲}, parts: [{↓flo: 乙}]}]\n",
    id: "facts-syntax", message: "没有“flo”这个事实维度", file: "facts.yaml"),
  Mistake(
    name: "fragments that are no list", text: "fragments: {x: ↓乙}\n", id: "form-syntax",
    message: "片段“x”应当是列表", file: "fragments.yaml"),
  Mistake(
    name: "a kind without a title", text: "kinds: [↓{id: x}]\n", id: "form-set-syntax",
    message: "公开类别缺少“title”", file: "kinds.yaml"),
]

@Suite struct MistakeTests {
  @Test(
    arguments: formMistakes + codeMistakes + gridMistakes + sheetMistakes + setMistakes + dataMistakes
      + valueMistakes + columnMistakes + rowMistakes + partMistakes + furtherSetMistakes + furtherDataMistakes
      + tellingMistakes
  )
  func `each mistake is one finding at its place`(_ mistake: Mistake) throws {
    let marked = try #require(mistake.marked)
    let all = mistake.findings()
    let shown = all.map { "\($0.place.file):\($0.place.line):\($0.place.column) \($0.id) \($0.message)" }
    // Own facts replace those of the catalogue, whose forms then speak of what is unknown.
    let mine = all.filter { $0.place.file.hasPrefix("content/forms/" + mistake.file) }
    #expect(mine.count == 1, "\(shown)")
    let finding = try #require(mine.first)
    #expect(finding.id == mistake.id)
    #expect("\(finding.place.line):\(finding.place.column)" == marked, "\(shown)")
    #expect(finding.message.contains(mistake.message), "\(shown)")
    #expect(finding.severity == .error)
  }

  @Test(
    arguments: (formMistakes + codeMistakes + gridMistakes + sheetMistakes + valueMistakes + columnMistakes
      + rowMistakes + partMistakes + tellingMistakes).filter { ["a.yaml", "s/a.yaml"].contains($0.file) }
  )
  func `a mistake in a form that a set lists is one finding`(_ mistake: Mistake) {
    let all = mistake.findingsInSet()
    let shown = all.map { "\($0.place.file):\($0.place.line):\($0.place.column) \($0.id) \($0.message)" }
    #expect(all.map(\.id) == [mistake.id], "\(shown)")
  }

  @Test func `files that are no forms are pointed out`() throws {
    let library = FormLibrary(own: [SourceText(file: "content/forms/说明.txt", text: "x")])
    let finding = try #require(library.findings.first)
    #expect(finding.id == "unused-file" && finding.severity == .warning)
  }

  @Test func `one full name in two files is pointed out`() {
    let text = "id: a\ntitle: 甲表\ncolumns: [{title: 项目}]\nrows: [{free: lines}]\n"
    let set = "id: s\ntitle: 套\nkind: budget\nforms: [{form: a}]\n"
    let library = FormLibrary(own: [
      SourceText(file: "content/forms/s/a.yaml", text: text),
      SourceText(file: "content/forms/s/b.yaml", text: text),
      SourceText(file: "content/forms/s/set.yaml", text: set),
      SourceText(file: "content/forms/t/set.yaml", text: set),
    ])
    #expect(library.findings.map(\.id) == ["form-duplicate-id", "form-duplicate-id"])
    #expect(library.findings.map(\.place.file) == ["content/forms/s/b.yaml", "content/forms/t/set.yaml"])
  }
}
