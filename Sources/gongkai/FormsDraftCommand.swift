import ArgumentParser
import Diagnostics
import Files
import Forms
import Glibc
import Pipeline

struct FormsDraftCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft", abstract: "从一个 CSV 文件起草一张表样。", usage: "gongkai forms draft <file> [选项]",
    discussion: """
      印出的表样照原样就能用：存到 content/forms/ 里，这个 CSV 就按它公开、核对。各列的类型、单位，数据里成立的合计、差额、百分比，
      科目和缩进的层级都已写好，旁边注明几行相符；猜的地方有注释，要逐项核对。

        gongkai forms draft content/jyj/2025/budget/债务表.csv > content/forms/debt.yaml
      """)

  @Argument(help: "CSV 文件。")
  var file: String

  @Option(help: "表里的“本年”是哪一年；不写取文件所在的年度文件夹，或表头里最近的一年。")
  var year: Int?

  @OptionGroup var place: FormsPlaceOptions

  func run() throws {
    let path = PlaceOptions.resolve(file, in: place.directory)
    let (text, findings) = draftForm(of: path, year: year, library: place.library().library, on: .real)
    if !findings.isEmpty {
      let lines = SourceLines(.real)
      let printer = TextReport(colored: Terminal.isColored(STDERR_FILENO))
      Terminal.error(findings.map { printer.render($0) { lines.line($0, $1) } }.joined(separator: "\n"))
    }
    guard let text else { throw ExitCode(Exit.findings) }
    Terminal.out(text)
  }
}
