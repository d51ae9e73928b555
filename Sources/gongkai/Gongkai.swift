import ArgumentParser

/// The command line: one file per command.
@main
struct Gongkai: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gongkai",
    abstract: "把预算、决算和绩效数据做成经过核对的公开网页。", usage: "gongkai <命令> [选项]",
    discussion: """
      在有 content/ 的文件夹里运行 gongkai build，网页写到 public/。
      退出码：0 没有错误；1 有错误（--strict 时警告也算）；64 用法不对；74 磁盘或网络故障。
      """,
    version: program,
    subcommands: [
      InitCommand.self, NewCommand.self, BuildCommand.self, CheckCommand.self, ServeCommand.self,
      ArchiveCommand.self, VerifyCommand.self,
      PublishCommand.self, ExplainCommand.self, FormsCommand.self,
    ])

  /// Name and version.
  static let program = "gongkai 0.1.0"

  static func main() async {
    await runReportingUsageInChinese()
  }
}
