/// Further mistakes, found by going through every place of the readers that reports one.
let valueMistakes: [Mistake] = [
  Mistake(
    name: "an id without a value", text: "↓id:\ntitle: 甲表\n", id: "form-syntax", message: "“id”没有填写"),
  Mistake(
    name: "a title without a value",
    text: "id: a\n↓title:\ncolumns: [{title: 项目}]\nrows: [{free: lines}]\n", id: "form-syntax",
    message: "“title”没有填写"),
  .form("a mapping among names", "form-syntax", "“aliases”的每一项应当是一个值，这里是映射", head: "aliases: [乙表, ↓{a: b}]"),
  .form("tags that are a list", "form-syntax", "“states”应当是“键: 值”的映射，这里是列表", head: "states: ↓[支出]"),
  .form("a list as a tag", "form-syntax", "“flow”应当是一个值，这里是列表", head: "states: {flow: ↓[支出, 收入]}"),
  .form("fragments that are a list", "form-syntax", "“fragments”应当是“键: 值”的映射", head: "fragments: ↓[a]"),
  .form("two equal signs in a relation", "form-syntax", "这里不能写“=”", head: "relations: [金额 = 项目 ↓= 金额]"),
  .form("changes without a base", "form-syntax", "没有 extends 的表样不能写“drop”", head: "↓drop: [金额]"),
  .form("numbers of no rows or columns", "form-syntax", "行次栏次没有“lines”这个键", head: "numbers: {↓lines: 行次}"),
  .form("numbers that are a text", "form-syntax", "行次栏次应当是“键: 值”的映射", head: "numbers: ↓行次"),
  .form("an alignment that is no list", "form-syntax", "align 的每一项应当是列表，这里是“total”", head: "align: [↓total]"),
  Mistake(
    name: "a form without panels", text: "id: a\ntitle: 甲表\npanels: ↓[]\n", id: "form-syntax",
    message: "“panels”里没有分栏"),
  Mistake(
    name: "a sheet without parts", text: "id: a\ntitle: 甲表\nsheet: ↓[]\n", id: "form-syntax",
    message: "“sheet”里没有任何部分"),
  Mistake(
    name: "a tabulator as indentation", text: "id: a\ntitle: 甲表\ncolumns:\n↓\t- 项目\n", id: "yaml-syntax",
    message: "YAML 写法有误"),
  Mistake(
    name: "two documents in one file", text: "id: a\ntitle: 甲表\n↓---\nid: b\n", id: "yaml-syntax",
    message: "一个文件里有两份文档"),
  Mistake(
    name: "an anchor that is not there", text: "id: a\ntitle: ↓*name\n", id: "yaml-syntax",
    message: "没有定义的锚点"),
]

let columnMistakes: [Mistake] = [
  .form("a form without any column", "form-syntax", "“columns”里没有列", columns: "columns: ↓[]"),
  .form(
    "columns that are a mapping", "form-syntax", "应当是列的列表，或一个片段的名称，这里是映射", columns: "columns: ↓{title: 项目}"),
  .form("a column that is a list", "form-syntax", "列应当是“键: 值”的映射，这里是列表", columns: "columns: [项目, ↓[金额]]"),
  .form(
    "decimals of a column that are too fine", "form-syntax", "decimals 应当在 0 到 10 之间，这里是 -1",
    columns: "columns: [项目, {title: 金额, type: amount, decimals: ↓-1}]"),
  .form(
    "growth over three columns", "form-syntax", "“growth”要写两列：[被减或被除的列, 基数列]，这里有 3 列",
    columns:
      "columns: [项目, {id: x, title: 甲, type: amount}, {id: y, title: 乙, type: amount}, {title: 增减, growth: ↓[x, y, x]}]"
  ),
  .form(
    "a share of an unknown column", "form-unknown-column", "没有“all”这一列",
    columns: "columns: [项目, {id: x, title: 甲, type: amount}, {title: 占比, share: [x, ↓all]}]"),
  .form(
    "a rate that is no list", "form-syntax", "“rate”要写两列",
    columns: "columns: [项目, {id: x, title: 甲, type: amount}, {title: 执行率, rate: ↓x}]"),
  .form(
    "a list as a formula", "form-syntax", "“equals”应当是一个值，这里是列表",
    columns: "columns: [项目, {title: 得分, type: score, equals: ↓[1, 2]}]"),
  .form(
    "a repetition of no fragment", "form-syntax", "没有名为“two-year”的片段",
    columns: "columns: [项目, {repeat: ↓two-year, columns: [{title: 金额, type: amount}]}]"),
  .form(
    "a split by no fragment", "form-syntax", "没有名为“halfs”的片段",
    columns: "columns: [项目, {title: 金额, type: amount, split: ↓halfs}]"),
  .form(
    "a flag of a column that is none", "form-syntax", "“merge”应当是 true 或 false，这里是“1”",
    columns: "columns: [{title: 项目, merge: ↓1}, {title: 金额, type: amount}]"),
  .form(
    "an unknown tag of a column", "form-syntax", "支出性质没有“基本的”这个值",
    columns: "columns: [项目, {title: 金额, type: amount, states: {nature: ↓基本的}}]"),
  .form(
    "a year of a column too far away", "form-syntax", "“{year+5}年”里的年度不能这样写",
    columns: "columns: [项目, {title: \"↓{year+5}年\", type: amount}]"),
  .form(
    "an unknown key of a repetition", "form-syntax", "按科目重复没有“code”这个键",
    columns: "columns: [项目, {title: 金额, repeat: {codes: economic, ↓code: x}}]"),
]

let rowMistakes: [Mistake] = [
  .form("a row without a title", "form-syntax", "行缺少“title”", rows: "rows: [↓{id: total}]"),
  .form("a row that is a list", "form-syntax", "行应当是“键: 值”的映射，这里是列表", rows: "rows: [↓[合计]]"),
  .form(
    "a row of two kinds", "form-syntax", "一项只能是 codes、levels、free 中的一种",
    rows: "rows: [{codes: function, ↓free: lines}]"),
  .form(
    "lines of rows without levels", "form-syntax", "不按 levels 的行不能写“lines”",
    rows: "rows: [{free: rows, ↓lines: two-years}]"),
  .form(
    "a dimension of rows by code", "form-syntax", "不是 free 的行不能写“of”",
    rows: "rows: [{codes: function, ↓of: project}]"),
  .form(
    "free rows of no dimension", "form-syntax", "“of”不能是“projects”",
    rows: "rows: [{free: lines, of: ↓projects}]"),
  .form(
    "free rows in a missing column", "form-unknown-column", "没有“name”这一列",
    rows: "rows: [{free: lines, in: ↓name}]"),
  .form("levels without a level", "form-syntax", "“levels”里没有层级", rows: "rows: [{levels: ↓[]}]"),
  .form(
    "a level that is a word", "form-syntax", "层级应当是“键: 值”的映射，这里是“unit”", rows: "rows: [{levels: [↓unit]}]"),
  .form(
    "an unknown key of a level", "form-syntax", "层级没有“column”这个键",
    rows: "rows: [{levels: [{of: unit, ↓column: item}]}]"),
  .form(
    "lines without their column", "form-syntax", "写了 lines，没有写 lines-in",
    rows: "rows: [{levels: [{of: unit, in: item}], ↓lines: two-years}]"),
  .form(
    "lines in a missing column", "form-unknown-column", "没有“year”这一列",
    rows: "rows: [{levels: [{of: unit, in: item}], lines: two-years, lines-in: ↓year}]"),
  .form(
    "a line that follows from none", "form-syntax", "片段里没有 id 为“now”的一行",
    head: "fragments: {two: [{id: x, title: 甲}, {id: y, title: 乙, difference: [x, ↓now]}]}",
    rows: "rows: [{levels: [{of: unit, in: item}], lines: two, lines-in: item}]"),
  .form("rows of no fragment", "form-syntax", "没有名为“both-years”的片段", rows: "rows: [{repeat: ↓both-years}]"),
  .form(
    "a word where total should be", "form-syntax", "“total”不能是“bottom”",
    rows: "rows: [{title: 合计, total: ↓bottom, rows: [甲]}]"),
  .form(
    "a difference over a missing row", "form-unknown-row", "没有“x”这一行",
    rows: "rows: [{title: 甲}, {title: 增减, difference: [甲, ↓x]}]"),
  .form(
    "parts that are no list", "form-syntax", "“of-which”应当是列表",
    rows: "rows: [{title: 甲, of-which: ↓{title: 乙}}]"),
  Mistake(
    name: "an unknown key of a panel",
    text:
      "id: a\ntitle: 甲表\nunit: 万元\npanels: [{id: p, title: 甲, ↓column: [], columns: [{title: 项目}], rows: [{title: 合计}]}]\n",
    id: "form-syntax", message: "分栏没有“column”这个键"),
  Mistake(
    name: "a panel without rows",
    text: "id: a\ntitle: 甲表\nunit: 万元\npanels: [↓{id: p, title: 甲, columns: [{title: 项目}]}]\n",
    id: "form-syntax", message: "没有声明行"),
]

let partMistakes: [Mistake] = [
  Mistake(
    name: "a sheet that is a word", text: "id: a\ntitle: 甲表\nsheet: ↓fields\n", id: "form-syntax",
    message: "“sheet”应当是列表"),
  Mistake(
    name: "an amount of a field without a unit",
    text: "id: a\ntitle: 甲表\nsheet:\n  - fields: [[↓{title: 预算, type: amount}]]\n", id: "form-syntax",
    message: "金额“预算”没有单位"),
  .sheet(
    "a type of a field that does not exist", "form-syntax", "“type”不能是“money”",
    "  - fields: [[{title: 预算, type: ↓money}]]"),
  .sheet("fields that are a word", "form-syntax", "“fields”应当是列表", "  - fields: ↓部门名称"),
  .sheet("a table without columns", "form-syntax", "表样没有列", "  - ↓table: funds\n    rows: [合计]"),
  .sheet("texts that are a word", "form-syntax", "长文本应当是“键: 值”的映射", "  - texts: ↓目标"),
  .sheet(
    "an unknown key of texts", "form-syntax", "长文本没有“column”这个键", "  - texts: {title: 目标, ↓column: [甲]}"),
  .sheet("indicators without a title", "form-syntax", "指标表缺少“title”", "  - indicators: ↓{columns: [三级指标]}"),
  .sheet(
    "an unknown key of indicators", "form-syntax", "指标表没有“point”这个键",
    "  - indicators: {title: 指标, columns: [三级指标], ↓point: 分值}"),
  .sheet(
    "a merged column that is missing", "form-syntax", "指标表没有“一级指标”这一列",
    "  - indicators: {title: 指标, columns: [三级指标], merge: [↓一级指标]}"),
  .sheet(
    "indicators repeated for codes", "form-syntax", "指标表的列不能按科目重复",
    "  - indicators: {title: 指标, columns: [三级指标, {title: 金额, repeat: ↓{codes: economic}}]}"),
  .sheet("a score without a title", "form-syntax", "总分缺少“title”", "  - score: ↓{points: 100}"),
  .sheet("an unknown key of a score", "form-syntax", "总分没有“point”这个键", "  - score: {title: 总分, ↓point: 100}"),
  .sheet(
    "grades that are a list", "form-syntax", "“grades”应当是“键: 值”的映射", "  - score: {title: 总分, grades: ↓[优]}"),
  .sheet(
    "an execution score that cannot be read", "form-syntax", "公式没有写完",
    "  - score: {title: 总分, execution: \"funds ↓+\"}"),
]

let furtherSetMistakes: [Mistake] = [
  .set("no title", "表套缺少“title”", "↓id: s\nkind: budget\nforms: [{form: a}]"),
  .set("forms that are a word", "“forms”应当是列表，这里是“a”", "id: s\ntitle: 套\nkind: budget\nforms: ↓a"),
  .set(
    "an entry without a form", "表套里的表缺少“form”",
    "id: s\ntitle: 套\nkind: budget\nforms: [{form: a}, ↓{number: 表2}]"),
  .set(
    "an unknown key of an entry", "表套里的表没有“no”这个键",
    "id: s\ntitle: 套\nkind: budget\nforms: [{form: a, ↓no: 表1}]"),
  .set(
    "a flag of an entry that is none", "“required”应当是 true 或 false",
    "id: s\ntitle: 套\nkind: budget\nforms: [{form: a, required: ↓否}]"),
  .set(
    "laws that are a list", "定律应当是“键: 值”的映射",
    "id: s\ntitle: 套\nkind: budget\nforms: [{form: a}]\nlaws: ↓[balance]"),
  .set(
    "an unknown key of a key figure", "关键数字没有“name”这个键",
    "id: s\ntitle: 套\nkind: budget\nforms: [{form: a}]\nkey-figures: [{title: 甲, ↓name: x, formula: \"甲表[合计]\"}]"
  ),
  .set(
    "changes without a base", "没有 extends 的表套不能写“drop”",
    "id: s\ntitle: 套\nkind: budget\nforms: [{form: a}]\n↓drop: [a]"),
  .set("a year that is a word", "年度“今年”应写作", "id: s\ntitle: 套\nkind: budget\nyears: ↓今年\nforms: [{form: a}]"),
]

let furtherDataMistakes: [Mistake] = [
  Mistake(
    name: "an unknown key of a kind", text: "kinds: [{id: x, title: 甲, ↓names: [乙]}]\n",
    id: "form-set-syntax", message: "公开类别没有“names”这个键", file: "kinds.yaml"),
  Mistake(
    name: "kinds that are a word", text: "kinds: ↓甲\n", id: "form-set-syntax", message: "“kinds”应当是列表",
    file: "kinds.yaml"),
  Mistake(
    name: "a file of fragments with another key", text: "↓fragment: {}\n", id: "form-syntax",
    message: "片段文件没有“fragment”这个键", file: "fragments.yaml"),
  Mistake(
    name: "a law whose part is a word",
    text:
      "dimensions: [{id: flow, title: 收支, open: true}]\nlaws: [{id: x, title: 例, whole: {flow: 甲}, parts: [↓乙]}]\n",
    id: "facts-syntax", message: "定律的各部分应写作 {维度: 值}", file: "facts.yaml"),
  Mistake(
    name: "an exception of a law for no dimension",
    text:
      "dimensions: [{id: flow, title: 收支, open: true}]\nlaws: [{id: x, title: 例, whole: {flow: 甲}, parts: [{flow: 乙}], without: [↓fund]}]\n",
    id: "facts-syntax", message: "没有“fund”这个事实维度", file: "facts.yaml"),
  Mistake(
    name: "a dimension without a title", text: "dimensions: [↓{id: flow, open: true}]\n", id: "facts-syntax",
    message: "缺少“title”", file: "facts.yaml"),
]
