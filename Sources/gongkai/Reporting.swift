import ArgumentParser
import Checks
import Diagnostics
import Files
import Pipeline

enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  /// What code hosts and editors read.
  case sarif
}

/// How findings are printed.
struct ReportOptions: ParsableArguments {
  @Option(help: "问题的格式。")
  var format: ReportFormat = .text

  @Flag(
    name: .shortAndLong,
    help: "连提示（如尾差）和重复的问题也逐条列出，并列出每一步的用时；check 还列出正文里的数各对应哪一格。")
  var verbose = false

  @Flag(name: .shortAndLong, help: "只列出错误和警告：没有进度、豁免清单和总结。")
  var quiet = false

  @Flag(help: "警告也算错误。")
  var strict = false

  func validate() throws {
    if quiet, verbose { throw ValidationError("“--quiet”和“--verbose”只能写一个") }
  }
}

/// The report as the command prints it: findings, waived ones with their reasons, and the counts.
struct Reporting {
  let options: ReportOptions
  let disk: Disk

  /// How many findings of one rule are told in each disclosure.
  private static let told = 3

  /// - Parameter descriptor: Where the text goes: colours are for terminals only.
  func text(of report: BuildReport, on descriptor: Int32) -> String {
    let source = SourceLines(disk)
    let lines = TextReport.masking({ source.line($0, $1) }, report.findings)
    let printer = TextReport(colored: Terminal.isColored(descriptor))
    let open = report.findings.filter { $0.waived == nil && ($0.severity > .info || options.verbose) }
    let waived = report.findings.filter { $0.waived != nil }.inReadingOrder()
    var text = printer.render(
      open.grouped(under: report.covered), limit: options.verbose ? nil : Self.told, lines: lines)
    if !waived.isEmpty, !options.quiet {
      if !text.isEmpty { text += "\n" }
      text += "已豁免的问题 \(waived.count) 个（照原文公开）：\n"
      text += waived.map { finding in
        let place =
          finding.place.line > 0 ? "\(finding.place.file):\(finding.place.line)" : finding.place.file
        return "  \(place): \(finding.message) [\(finding.id)]\n    理由：\(finding.waived ?? "")\n"
      }.joined()
    }
    return text
  }

  /// Findings one after another, without source lines.
  static func lines(of findings: [Finding], on descriptor: Int32) -> String {
    let printer = TextReport(colored: Terminal.isColored(descriptor))
    return findings.map { printer.render($0) { _, _ in nil } }.joined()
  }

  /// The findings for programs, where they were asked for.
  func data(of report: BuildReport) -> String? { Self.data(of: report.findings, as: options.format) }

  /// Findings for programs; nil where they are to be told in words.
  static func data(of findings: [Finding], as format: ReportFormat) -> String? {
    let findings = findings.inReadingOrder()
    switch format {
    case .text: return nil
    case .json: return JSONReport().render(findings)
    case .sarif: return SARIFReport(program: Gongkai.program, rules: RuleBook.rules).render(findings)
    }
  }

  /// Which number of the narratives went to which cell, one a line, and how many went to one.
  func ties(of report: BuildReport) -> String {
    guard !report.ties.isEmpty else { return "" }
    var text = "正文里的数与表里的格：\n"
    for tie in report.ties {
      text += "  \(tie.place.file):\(tie.place.line):\(tie.place.column) “\(tie.text)” → "
      if let target = tie.target {
        text += target
        if let place = tie.targetPlace, place.line > 0 {
          text += " \(place.file):\(place.line):\(place.column)"
        }
      } else {
        text += tie.isRightInText ? "与正文前面的金额相符" : "未对应"
      }
      text += "\n"
    }
    let held = report.ties.filter { $0.isMoney && $0.isHeld }
    return text + "正文里打字的数 \(report.ties.count) 个，对应 \(report.ties.count { $0.target != nil }) 个；"
      + "其中表里有这个数的金额 \(held.count) 个，对应 \(held.count { $0.target != nil }) 个。\n"
  }

  /// 错误 1 个、警告 2 个、尾差等提示 3 个、已豁免 4 个.
  func counts(of report: BuildReport) -> String {
    var parts = ["错误 \(report.count(.error)) 个", "警告 \(report.count(.warning)) 个"]
    if report.count(.info) > 0 { parts.append("提示 \(report.count(.info)) 个（如尾差；-v 列出）") }
    if report.waived > 0 { parts.append("已豁免 \(report.waived) 个") }
    return parts.joined(separator: "，")
  }

  /// 用时 0.52 秒（各步在各处理器上合计：读 0.03、解析 0.10 …）；新生成 3 处网页，其余沿用。
  func times(of report: BuildReport, whole: Duration) -> String {
    let steps = report.times.map { "\($0.step.chinese) \(seconds($0.time))" }.joined(separator: "、")
    return "用时 \(seconds(whole)) 秒（各步在各处理器上合计：\(steps)）；新生成 \(report.made) 组网页，其余沿用。\n"
  }

  /// Thousandths of a second, in whole numbers: `0.093`.
  private func seconds(_ time: Duration) -> String {
    let thousandths = time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000
    let rest = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }

  func exitCode(of report: BuildReport) -> ExitCode {
    let isBad = report.count(.error) > 0 || (options.strict && report.count(.warning) > 0)
    return isBad ? ExitCode(Exit.findings) : .success
  }
}
