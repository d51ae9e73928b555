import Diagnostics
import Files
import Pipeline

/// The check report of a bag: every finding that stood on the day of archiving, and why it was waived.
struct ArchiveReport {
  let text: String
  let json: String

  /// - Parameter lines: The disk on which the findings' files lie.
  init(_ findings: [Finding], lines disk: Disk) {
    json = JSONReport().render(findings)
    let open = findings.filter { $0.waived == nil }
    let waived = findings.filter { $0.waived != nil }
    let source = SourceLines(disk)
    let printer = TextReport()
    let lines = TextReport.masking({ source.line($0, $1) }, findings)
    var text = "核对报告\n\n"
    text += Severity.allCases.reversed().map { severity in
      "\(severity.chinese) \(open.count { $0.severity == severity }) 个"
    }.joined(separator: "，")
    text += "，已豁免 \(waived.count) 个。\n"
    for (title, list) in [("已豁免", waived), ("其他", open)] where !list.isEmpty {
      text += "\n== \(title) ==\n\n" + printer.render(list, lines: lines)
    }
    self.text = text
  }
}
