import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 同一编码写了两行
  static let codeRepeated = Check(
    "code-repeated", "同一科目在一处写了两行",
    why: "同一张表、同一上级之下，一个科目只有一行；写了两行，不是抄重了，就是有一行的编码写错，合计会多算或归错。不同单位、不同资金、名称不同的明细不算。",
    references: ["COD-04"],
    examples: [
      .passes(
        exampleFunctions,
        ("支出表.csv", "编码,名称,支出\n20129,群众团体事务,10.00\n2012901,行政运行,4.00\n2012999,其他群众团体事务支出,6.00\n,合计,10.00\n")),
      .passes(
        exampleDetails, ("明细.csv", "编码,名称,单位,支出\n2012901,行政运行,甲,4.00\n2012901,行政运行,乙,6.00\n,合计,,10.00\n")),
      .fails(exampleFunctions, ("支出表.csv", "编码,名称,支出\n2012901,行政运行,4.00\n↓2012901,行政运行,6.00\n,合计,10.00\n")),
    ]
  ) { context in
    context.panels.flatMap { panel -> [Finding] in
      var seen: [CodePlace: Int] = [:]
      var seenWords: [WordedPlace: Int] = [:]
      let codes = panel.panel.codeLeaves.map(\.index)
      let nameColumn = panel.panel.leaves.first { $0.type == .name }?.index
      let wordColumns = panel.panel.leaves.filter { leaf in
        !leaf.type.isNumeric && leaf.index != nameColumn && !codes.contains(leaf.index)
      }.map(\.index)
      // What else a row says in words tells it apart.
      func words(_ index: Int) -> [String] { wordColumns.map { panel.filled.filledDown(index, $0) } }
      return panel.rows.indices.compactMap { index -> Finding? in
        guard let code = panel.rows[index].code, !panel.rows[index].isLeftOut,
          let spec = panel.rows[index].spec,
          panel.panel.rows[spec].classification(level: panel.rows[index].level, of: context.model) != nil
        else { return nil }
        let row = panel.rows[index]
        let place = CodePlace(spec: spec, parent: row.parent ?? -1, line: row.line ?? 0, code: code)
        guard let alike = seen[place] else {
          seen[place] = index
          return nil
        }
        let other = WordedPlace(place: place, words: words(alike))
        if seenWords[other] == nil { seenWords[other] = alike }
        let own = WordedPlace(place: place, words: words(index))
        guard let first = seenWords[own] else {
          seenWords[own] = index
          return nil
        }
        let name = normalizedName(row.title)
        guard normalizedName(panel.rows[first].title) == name else { return nil }
        return Finding(
          "code-repeated", at: row.place, "\(code)“\(row.title)”已经有一行", hint: "删去抄重的一行，或改正其中一行的编码",
          notes: [.init("另一行", at: panel.rows[first].place)], subject: panel.subject(index, nil))
      }
    }
  }

  /// 缺少上级科目的行
  static let codeParentMissing = Check(
    "code-parent-missing", .warning, "缺少上级科目的行",
    why: "表里其他科目都列出了上级，只有这一个没有：多半是跨页、复制时漏了一行，上级的合计也就没有了。",
    references: ["COD-01", "FRM-06"],
    examples: [
      .passes(
        exampleFunctions, ("支出表.csv", "编码,名称,支出\n2012901,行政运行,4.00\n2080501,行政单位离退休,6.00\n,合计,10.00\n")),
      .fails(
        exampleFunctions,
        (
          "支出表.csv",
          "编码,名称,支出\n201,一般公共服务支出,4.00\n20129,群众团体事务,4.00\n2012901,行政运行,4.00\n"
            + "208,社会保障和就业支出,6.00\n20805,行政事业单位养老支出,6.00\n2080501,行政单位离退休,6.00\n"
            + "210,卫生健康支出,1.00\n↓2101101,行政单位医疗,1.00\n,合计,11.00\n"
        )),
    ]
  ) { context in
    context.panels.flatMap { $0.missingParents(of: context.model) }
  }
}

extension Check {
  /// 缺少下级科目的行
  static let codeChildMissing = Check(
    "code-child-missing", .warning, "缺少下级科目的行",
    why: "表里同级的科目都列到了下一级，只有这一个没有：多半是漏了它唯一的下级，合计仍然相等，看不出来。列到哪一级由各表自己定，因此只在同级的另有三个以上、"
      + "都列了下级，而且另一张表列了它的下级时才提醒。",
    references: ["FRM-05", "FRM-06"],
    examples: [
      .passes(
        exampleFunctions,
        (
          "支出表.csv",
          "编码,名称,支出\n201,一般公共服务支出,4.00\n20129,群众团体事务,4.00\n208,社会保障和就业支出,6.00\n"
            + "20805,行政事业单位养老支出,6.00\n210,卫生健康支出,1.00\n,合计,11.00\n"
        )),
      .passes(exampleFunctions, exampleUndivided),
      .fails(
        exampleFunctions, exampleDetails,
        (exampleUndivided.name, exampleUndivided.text.replacing("22102", with: "↓22102")),
        ("明细.csv", "编码,名称,单位,支出\n221,住房保障支出,甲,2.00\n22102,住房改革支出,甲,2.00\n2210201,住房公积金,甲,2.00\n,合计,,2.00\n")),
    ]
  ) { context in
    context.panels.flatMap { $0.missingChildren(of: context) }
  }
}

/// Where a row with a code stands among the others.
private struct CodePlace: Hashable {
  var spec: Int
  var parent: Int
  var line: Int
  var code: String
}

/// The same with what else the row says in words.
private struct WordedPlace: Hashable {
  var place: CodePlace
  var words: [String]
}

extension PanelContext {
  /// Codes whose parent is left out, though every other code of their length has its own, and at least two have.
  fileprivate func missingParents(of model: FactModel) -> [Finding] {
    var groups: [String: [Int]] = [:]
    for index in rows.indices where rows[index].code != nil {
      let row = rows[index]
      guard let code = row.code, code.utf8.count > 3, let spec = row.spec, row.line ?? 0 == 0,
        panel.rows[spec].classification(level: row.level, of: model) != nil
      else { continue }
      groups["\(spec) \(code.utf8.count)", default: []].append(index)
    }
    return groups.sorted { $0.key < $1.key }.flatMap { _, members -> [Finding] in
      let orphans = members.filter { member in
        guard let code = rows[member].code else { return false }
        return rows[member].parent.flatMap { rows[$0].code } != Classification.parent(of: code)
      }
      let parents = Set(members.filter { !orphans.contains($0) }.compactMap { rows[$0].parent })
      let missing = Set(orphans.compactMap { rows[$0].code.map { Classification.parent(of: $0) } })
      guard missing.count == 1, parents.count >= 2, let first = orphans.first, let parent = missing.first,
        !context.isWithheld(rows[first], in: table)
      else { return [] }
      let name = context.classificationName(of: parent, for: rows[first], in: self)
      return [
        Finding(
          "code-parent-missing", .warning, at: rows[first].place,
          "“\(rows[first].title)”的上级 \(parent)\(name)没有列出，而其他科目的上级都有", hint: "补上 \(parent)\(name)这一行",
          subject: subject(first, nil))
      ]
    }
  }
}

extension PanelContext {
  /// The one code that has nothing below it, though at least three others of its length have, and none is without.
  fileprivate func missingChildren(of context: CheckContext) -> [Finding] {
    var withChildren: [String: Int] = [:]
    var without: [String: [Int]] = [:]
    let parents = Set(rows.compactMap(\.parent))
    for index in rows.indices where rows[index].code != nil {
      let row = rows[index]
      // Forms list every 类, with or without anything below.
      guard let code = row.code, code.utf8.count >= 5, let spec = row.spec, row.line ?? 0 == 0,
        !row.isLeftOut,
        let id = panel.rows[spec].classification(level: row.level, of: context.model),
        context.disclosure.classifications[id]?.divides(code) ?? false
      else { continue }
      let group = "\(spec) \(code.utf8.count)"
      if parents.contains(index) {
        withChildren[group, default: 0] += 1
      } else {
        without[group, default: []].append(index)
      }
    }
    return without.sorted { $0.key < $1.key }.compactMap { group, members -> Finding? in
      guard members.count == 1, let index = members.first, withChildren[group] ?? 0 >= 3,
        context.isDividedElsewhere(rows[index].code ?? "", than: self),
        !context.isWithheld(rows[index], in: table),
        rows[index].cells.contains(where: { $0.amount.map { $0.fen != 0 } ?? false })
      else { return nil }
      let code = rows[index].code ?? ""
      return Finding(
        "code-child-missing", .warning, at: rows[index].place,
        "\(code)“\(rows[index].title)”没有列出下级科目，而同级的其他科目都列了",
        hint: "补上它下级的行；确实不分下级的，用 waivers 说明", subject: subject(index, nil))
    }
  }
}

extension CheckContext {
  /// Whether another list of the disclosure has rows below a code.
  fileprivate func isDividedElsewhere(_ code: String, than panel: PanelContext) -> Bool {
    disclosure.tables.indices.contains { table in
      disclosure.tables[table].panels.indices.contains { other in
        (table != panel.tableIndex || other != panel.panelIndex)
          && disclosure.tables[table].panels[other].rows.contains { row in
            row.code.map { $0.hasPrefix(code) && $0.utf8.count > code.utf8.count } ?? false
          }
      }
    }
  }

  fileprivate func classificationName(of code: String, for row: Row, in panel: PanelContext) -> String {
    let id = row.spec.flatMap { panel.panel.rows[$0].classification(level: row.level, of: model) }
    let name = id.flatMap { disclosure.classifications[$0]?.name(of: code) }
    return name.map { "“\($0)”" } ?? ""
  }
}

private let exampleUndivided = (
  name: "支出表.csv",
  text: "编码,名称,支出\n201,一般公共服务支出,4.00\n20129,群众团体事务,4.00\n2012901,行政运行,4.00\n"
    + "208,社会保障和就业支出,6.00\n20805,行政事业单位养老支出,6.00\n2080501,行政单位离退休,6.00\n"
    + "210,卫生健康支出,1.00\n21011,行政事业单位医疗,1.00\n2101101,行政单位医疗,1.00\n"
    + "221,住房保障支出,2.00\n22102,住房改革支出,2.00\n,合计,13.00\n"
)

private let exampleDetails = (
  name: "forms/details.yaml",
  text: """
  id: details
  title: 明细
  unit: 万元
  columns: [{id: code, title: 编码, type: code, of: function}, {id: name, title: 名称, type: name, of: function}, {id: unit, title: 单位}, {id: amount, title: 支出, type: amount}]
  rows: [{id: lines, codes: function}, {id: total, title: 合计, adds: lines}]
  """
)
