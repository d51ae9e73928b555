import ArgumentParser
import Drafting
import Files
import Forms
import Pipeline

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "起草一份公开文档：照单位上一份同类文档，没有就按表套从头建。",
    usage: "gongkai new <unit> <year> <kind> [选项]",
    discussion: """
      表的行、项目、正文的公式照搬，上年数按上一年的文档填好；要填的格标“【待填】”，要核对的字标“【待核】”，没有处理完 check 不放行。
      已经有的文档不覆盖，退出码 64。
      """)

  @Argument(help: "单位（content/ 下的文件夹名）。")
  var unit: String

  @Argument(help: "年度，如 2026。")
  var year: Int

  @Argument(help: "公开类别，如 budget。")
  var kind: String

  @Option(help: "指定表套，代替按地区、年度选的。")
  var formSet: String?

  @Option(help: ArgumentHelp("内容文件夹（默认为 content）。", valueName: "dir"))
  var content: String?

  @Option(name: .customShort("C"), help: ArgumentHelp("先进入这个文件夹。", valueName: "dir"))
  var directory: String?

  func validate() throws { try requireYear(year) }

  func run() throws {
    let content = PlaceOptions.resolve(content ?? "content", in: directory)
    let library = forms(of: SiteFolders(content: content), on: .real).library
    guard let kind = library.kinds.first(where: { $0.names.contains(kind) }) else {
      throw refusal(unknownKind(kind, library))
    }
    let draft: DisclosureDraft
    let unit: ReadUnit
    do throws(DraftTrouble) {
      unit = try ReadUnit(self.unit, in: content, library: library, on: .real)
      draft = try draftDisclosure(of: unit, year: year, kind: kind, formSet: formSet, library: library)
    } catch {
      throw refusal("\(error.message)；\(error.hint)")
    }
    try write(draft.files, below: unit.folder)
    Terminal.out("已起草 \(unit.folder)/\(year)/\(kind.id)/：\n")
    for line in draft.notes { Terminal.out("  \(line)\n") }
    Terminal.out("gongkai check --unit \(self.unit) 列出这些地方（同类的折叠，加 -v 逐处列出）；全部处理完才能公开。\n")
  }
}
