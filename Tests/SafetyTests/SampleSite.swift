import Diagnostics
import Files
import Pipeline

/// The sample content with a form, a set and a theme of its own, as files in memory.
struct SampleSite {
  /// By path; `content/…` and `Themes/own/…`.
  var files: [String: [UInt8]]

  /// - Parameter units: the units of the sample content to take in.
  init(units: [String]) throws {
    files = [:]
    files["content/site.yaml"] = try Disk.real.read(Self.root + "/content/site.yaml")
    for unit in units {
      let folder = Self.root + "/content/" + unit
      for file in Disk.real.fileTree(at: folder).files {
        files["content/\(unit)/\(file.path)"] = try Disk.real.read(Path.join(folder, file.path))
      }
    }
    self["content/forms/own/set.yaml"] = Self.set
    self["content/forms/own/list.yaml"] = Self.list
    self["content/forms/own/sheet.yaml"] = Self.sheet
    self["content/small/unit.yaml"] = "name: 示例县总工会\nregion: 示例省/示例县\n"
    self["content/small/2023/budget/disclosure.yaml"] = Self.disclosure
    self["content/small/2023/budget/narrative.md"] = Self.narrative
    self["content/small/2023/budget/收支表.csv"] = Self.csv
    self["content/small/2023/budget/sheet.yaml"] = Self.sheetData
    self["content/small/2023/budget/说明.txt"] = "附件"
    self["content/site.yaml"] = self["content/site.yaml"].replacing("theme: standard", with: "theme: own")
    self["Themes/own/404.mustache"] = Self.template
    self["Themes/own/assets/own.css"] = "body { color: #000 }\n"
  }

  subscript(path: String) -> String {
    get { String(decoding: files[path] ?? [], as: UTF8.self) }
    set { files[path] = Array(newValue.utf8) }
  }

  /// Checks the site, or one unit of it.
  func check(unit: String? = nil) async throws -> [Finding] {
    let options = BuildOptions(jobs: 1, unit: unit)
    return try await Pipeline.check(SiteFolders(content: "content"), options, on: .inMemory(files: files))
      .findings
  }

  /// `content/` as it is in the repository.
  static let root = Path.folder(of: Path.folder(of: Path.folder(of: #filePath)))

  private static let set = """
    id: own
    title: 自有表套
    kind: budget
    region: 示例省/示例县
    years: 2020..
    forms: [{form: list, number: 表1}, {form: sheet, number: 表2}]
    key-figures: [{title: 收入, formula: "收支表[合计, 合计]", format: 万元}]

    """

  private static let list = """
    id: list
    title: "{year}年收支表"
    aliases: [收支]
    unit: 万元
    decimals: 2
    states: {flow: 收入}
    columns:
      - {id: item, title: 项目}
      - title: 预算
        columns: months
      - {id: total, title: 合计, type: amount, adds: [first, second]}
      - {id: growth, title: 增减, growth: [total, total-old], optional: true}
      - {id: total-old, title: 上年, type: amount, states: {year: "-1"}}
    rows:
      - {id: total, title: 合计, adds: [lines]}
      - {id: lines, free: lines, of: project}
    fragments:
      months: [{id: first, title: 上半年, type: amount}, {id: second, title: 下半年, type: amount}]
    relations: ["list.total.total >= 0"]
    empty: 本表无发生额。
    notes: [单位：万元]

    """

  private static let sheet = """
    id: sheet
    title: 绩效表
    unit: 万元
    sheet:
      - fields: [[{id: name, title: 名称, required: true}, {id: money, title: 金额, type: amount}]]
      - table: funds
        columns: [{id: item, title: 项目}, {id: amount, title: 预算数, type: amount}]
        rows: [{id: total, title: 合计}]
      - texts: {id: goal, title: 目标}
      - indicators:
          title: 指标
          columns: [一级指标, 三级指标, {title: 指标值, type: indicator}, {title: 分值, type: score}]
          merge: [一级指标]
          levels: [一级指标, 三级指标]
          target: 指标值
          points: 分值

    """

  private static let disclosure = """
    title: 示例县总工会2023年部门预算
    published: 2023-02-20 09:00
    index-number: A-1
    projects:
      - {id: a, name: 帮扶, other-names: [困难帮扶]}
    figures:
      - {id: old, title: 上年数, value: 1.50, unit: 万元, source: 上年公开}
      - {id: more, title: 增加数, value: 1.00, unit: 万元, source: 计算, adds: [old]}
    tables:
      收支表: {notes: [数据为示例。]}
    withheld: [{below: 某项, reason: 依法不予公开}]
    waivers:
      - {check: extra-figures-differ, table: 数据, row: more, reason: 示例}

    """

  private static let narrative = """
    # 一、总体情况

    收入合计 {{ 收支表[合计, 合计] | 万元 }}，{{ 增减(收支表[合计, 合计], 数据[old]) }}。见[说明](说明.txt)。

    {{ 表 收支表 }}

    ## （一）说明

    - **重点**：{{ 绩效表[金额] | 元 }}
    - 占 {{ 收支表[合计, 上半年] / 收支表[合计, 合计] | 百分比(1) }}

    > 引用的话，`代码`，[链接](https://www.gov.cn/)

    """

  private static let csv = """
    项目,预算/上半年,预算/下半年,合计,增减,上年
    合计,1.00,2.00,3.00,100%,1.50
    帮扶,"1.00",2.00,3.00,—,1.50

    """

  private static let sheetData = """
    名称: 绩效
    金额: 3.00
    funds: |
      项目,预算数
      合计,3.00
    目标: 做好工作
    指标: |
      一级指标,三级指标,指标值,分值
      产出指标,人次,≥100人次,50
      ,满意度,≥90%,50

    """

  private static let template = """
    {{<layout}}{{$main}}
    <h1>{{title}}</h1>
    {{#hasContacts}}<ul>{{#contacts}}<li>{{label}}：{{value}}</li>{{/contacts}}</ul>{{/hasContacts}}
    {{/main}}{{/layout}}

    """
}
