import Content
import Diagnostics
import Forms
import Parsing
import Testing

@testable import Site

/// A small site in memory: one form set with two list forms and a sheet, and one unit that fills them in.
enum SmallSite {
  static let formFiles = [
    "forms/small/set.yaml": """
    id: small
    title: 小表套
    kind: budget
    years: 2020..
    forms:
      - {form: overview, number: 表1}
      - {form: detail, number: 表2}
      - {form: goals, required: false}
    numbering: parts
    key-figures:
      - {title: 收入总计, formula: "收支总表[收入总计]", format: 万元}
    """,
    "forms/small/overview.yaml": """
    id: overview
    set: small
    title: "{year}年收支总表"
    unit: 万元
    decimals: 2
    panels:
      - id: income
        title: 收入
        columns:
          - {id: item, title: 项目, type: name}
          - {id: current, title: 预算数, type: amount}
        rows:
          - {id: fiscal, title: 财政拨款}
          - {id: other, title: 其他收入}
          - {id: total, title: 收入总计, adds: [fiscal, other]}
      - id: expenditure
        title: 支出
        columns:
          - {id: item, title: 项目, type: name}
          - {id: current, title: 预算数, type: amount}
        rows:
          - {id: basic, title: 基本支出}
          - {id: total, title: 支出总计, adds: [basic]}
    align: [[income.total, expenditure.total]]
    """,
    "forms/small/detail.yaml": """
    id: detail
    set: small
    title: 支出明细表
    unit: 万元
    decimals: 2
    empty: 本表无数据，特此说明。
    columns:
      - {id: code, title: 科目编码, type: code}
      - {id: item, title: 科目名称, type: name}
      - id: expenditure
        title: 支出
        columns:
          - {id: total, title: 合计, type: amount}
          - {id: share, title: 占比, type: percent}
      - {id: person, title: 经办人, type: text, personal: true}
    rows:
      - {free: items}
    """,
    "forms/small/goals.yaml": """
    id: goals
    set: small
    title: 绩效目标表
    unit: 万元
    decimals: 2
    sheet:
      - fields:
          - [{id: name, title: 名称}, {id: staff, title: 人数, type: count, unit: 人}]
          - [{id: filler, title: 填表人, personal: true}]
      - texts: {id: goal, title: 总体目标}
      - indicators:
          id: indicators
          title: 绩效指标
          columns:
            - {id: first, title: 一级指标, type: text}
            - {id: second, title: 二级指标, type: text}
            - {id: third, title: 三级指标, type: text}
            - {id: target, title: 指标值, type: indicator}
          merge: [一级指标, 二级指标]
          levels: [一级指标, 二级指标, 三级指标]
          target: 指标值
    """,
  ]

  static let unitFiles = [
    "unit.yaml": "name: 某某区教育局\nshort-name: 教育局\nregion: 某省/某市\n",
    "2022/budget/disclosure.yaml": """
    form-set: small
    title: 某某区教育局2022年部门预算
    published: 2022-02-18 09:00
    index-number: "X/2022-1"
    description: 预算
    """,
    "2022/budget/narrative.md": """
    # 概况

    收入为{{ 收支总表[收入总计] }}。

    {{ 表 收支总表 }}

    ## 细节

    见[概况](#概况)。
    """,
    "2022/budget/收支总表.csv": """
    收入/项目,收入/预算数,支出/项目,支出/预算数
    财政拨款,"1,200.5",基本支出,1273.50
    其他收入,73,,
    收入总计,1273.50,支出总计,1273.50

    """,
    "2022/budget/支出明细表.csv": """
    科目编码,科目名称,支出/合计,支出/占比,经办人
    2050101,行政运行,1000.00,78.5%,张三
    2050102,<script>alert(1)</script>,0,－,李四
    2050103,其他,,无,

    """,
    "2022/budget/goals.yaml": """
    名称: 教育"工程"
    人数: 12
    填表人: 王五
    总体目标: |
      第一段。
      第二段。
    绩效指标: |
      一级指标,二级指标,三级指标,指标值
      产出指标,数量指标,培训人数,≥100人
      ,,培训次数,3次
      ,质量指标,合格率,95%
    """,
  ]

  static var settings: SiteSettings {
    get throws {
      var findings: [Finding] = []
      let text = """
        name: 某某区预决算公开
        domain: www.example.gov.cn
        site-code: "4403000001"
        organiser: 某某区财政局
        contact: {联系电话: 0755-12345678}
        icp: 粤ICP备00000000号
        base-path: /czj/yjs/
        banner: 示例数据
        """
      let root = try #require(parseYAML(SourceText(file: "site.yaml", text: text), findings: &findings))
      return try #require(SiteSettings.read(root, findings: &findings))
    }
  }

  static func library(_ files: [String: String] = formFiles) -> FormLibrary {
    FormLibrary(own: files.sorted { $0.key < $1.key }.map { SourceText(file: $0.key, text: $0.value) })
  }

  /// The unit, with some of its files replaced or added.
  static func unit(_ changes: [String: String] = [:]) throws -> (unit: BoundUnit, findings: [Finding]) {
    let files = unitFiles.merging(changes) { _, new in new }
    var findings: [Finding] = []
    let parsed = parse(
      UnitFiles(
        slug: "jyj", folder: "content/jyj",
        files: files.sorted { $0.key < $1.key }.map {
          UnitFiles.File(path: $0.key, bytes: Array($0.value.utf8), size: $0.value.utf8.count)
        }),
      findings: &findings)
    let library = library()
    findings += library.findings
    return (try #require(bind(parsed, to: library, findings: &findings)), findings)
  }

  static func renderer(_ layers: [[ThemeFile]] = []) throws -> SiteRenderer {
    var findings: [Finding] = []
    let theme = Theme.load(layers, findings: &findings)
    #expect(findings.isEmpty)
    return SiteRenderer(settings: try settings, theme: try #require(theme), kinds: library().kinds)
  }
}

extension Page {
  var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension [Page] {
  func page(_ path: String) throws -> Page { try #require(first { $0.path == path }) }
}
