import ArgumentParser
import Checks

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "说明一条规则：查什么、为什么、怎样算对。", usage: "gongkai explain [<id>]")

  @Argument(help: "规则的 id，如 sum-of-columns；不写则列出全部规则。")
  var id: String?

  func run() throws {
    guard let id else {
      Terminal.out(RuleBook.list)
      return
    }
    guard let page = RuleBook.page(for: id) else {
      Terminal.error(
        "gongkai: 没有规则“\(id)”\(RuleBook.nearest(to: id).map { "；是否想看 \($0)？" } ?? "；运行 gongkai explain 列出全部规则")\n"
      )
      throw ExitCode(Exit.usage)
    }
    Terminal.out(page)
  }
}
