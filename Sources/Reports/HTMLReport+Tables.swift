import Diagnostics
import HTML

extension HTMLReport {
  /// Every unit and year, with how each kind of disclosure stands.
  func writeStates(to html: inout HTMLWriter) {
    guard !contents.units.isEmpty else { return }
    var kinds: [(id: String, title: String)] = []
    for document in contents.units.flatMap(\.documents)
    where !kinds.contains(where: { $0.id == document.kind }) {
      kinds.append((document.kind, document.kindTitle))
    }
    kinds.sort { $0.id < $1.id }
    let head =
      [Column("单位", key: "unit", kind: .name), Column("年度", key: "year", kind: .text)]
      + kinds.map { Column($0.title, key: $0.id, kind: .status) }
    let groups = Dictionary(open.map { ($0.key, $0) }) { first, _ in first }
    let rows = contents.units.flatMap { unit -> [Row] in
      let years = Set(unit.documents.map(\.year)).sorted(by: >)
      guard !years.isEmpty else {
        return [Row([.header(unit.name), .text("—")] + kinds.map { _ in HTML.Cell(.absent(.dash)) })]
      }
      return years.map { year in
        Row(
          [.header(unit.name), .text(String(year))]
            + kinds.map { kind in
              let document = unit.documents.first { $0.year == year && $0.kind == kind.id }
              return cell(unit, document, groups["\(unit.slug)/\(year)/\(kind.id)"])
            })
      }
    }
    html.raw("<section>\n")
    let table = DataTable(
      id: "states", caption: Caption(title: "各单位各类文档", headingLevel: 2), columns: head, rows: rows,
      notes: sharedFaults)
    html.raw(table.html())
    html.raw("</section>\n")
  }

  /// What the table of disclosures cannot show.
  private var sharedFaults: [String] {
    open.filter { $0.document == nil }.map { "\($0.title)：\(words(for: $0))，见下面的问题。" }
  }

  private func cell(_ unit: ReportedUnit, _ document: ReportedUnit.Document?, _ group: FindingGroup?)
    -> HTML.Cell
  {
    guard let document else { return HTML.Cell(.absent(.dash)) }
    guard let group, group.findings.contains(where: { $0.severity > .info }) else {
      return HTML.Cell(.text(document.heldReason == nil ? "没有问题" : "暂缓公开"), classes: ["good"])
    }
    let words = words(for: group) + (document.heldReason == nil ? "" : "，暂缓公开")
    let isBad = group.findings.contains { $0.severity == .error }
    return HTML.Cell(
      .link(
        text: words, href: "#" + (anchors[group.key] ?? "findings"),
        hidden: "：\(unit.name) \(document.year) 年\(document.kindTitle)"),
      classes: [isBad ? "bad" : "doubtful"])
  }

  /// 错误 2 个、警告 1 个
  private func words(for group: FindingGroup) -> String {
    Severity.allCases.reversed().compactMap { severity in
      let count = group.findings.count { $0.severity == severity }
      return count == 0 ? nil : "\(severity.chinese) \(count) 个"
    }.joined(separator: "、")
  }

  /// What was found and stays as it is, with the reason.
  func writeWaivers(to html: inout HTMLWriter) {
    guard !waived.isEmpty else { return }
    let rows = waived.flatMap { group in
      group.findings.map { finding in
        Row([
          .header(group.title),
          HTML.Cell(.lines([words(of: finding.subject), finding.message].compactMap { $0 })),
          .text(finding.waived ?? ""),
        ])
      }
    }
    html.raw("<section>\n")
    let table = DataTable(
      id: "waivers", caption: Caption(title: "已豁免的问题", headingLevel: 2),
      columns: [
        Column("文档", key: "document", kind: .name), Column("问题", key: "finding", kind: .prose),
        Column("豁免的理由", key: "reason", kind: .prose),
      ], rows: rows)
    html.raw(table.html())
    html.raw("</section>\n")
  }
}
