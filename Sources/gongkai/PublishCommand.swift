import ArgumentParser
import Diagnostics
import Files
import Glibc
import Pipeline
import Release

struct PublishCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish", abstract: "核对、生成并把网站一步放到公开的文件夹，保留以前的版本，可以退回。",
    usage: "gongkai publish <target> [<content>] [选项]",
    discussion: """
      放上去之前先列出哪些网页和数字会变，再问是否继续；有错误就停下。访问者看到的不是旧网站就是新网站。
      以前的版本保留在旁边的隐藏文件夹 .名字.gongkai-releases/；--rollback 退回上一版，--list 列出各版。
      """)

  @Argument(help: "公开到哪个文件夹（目前只能是本机的）。")
  var target: String

  @OptionGroup var place: PlaceOptions
  @OptionGroup var report: ReportOptions

  @Flag(name: .shortAndLong, help: "不问，直接继续（不在终端里运行时必须写明）。")
  var yes = false

  @Flag(help: "只列出会有什么变化，什么也不改。")
  var dryRun = false

  @Flag(help: "列出现在公开的和保留着的各版。")
  var list = false

  @Flag(help: "退回现在这一版公开之前的那一版。")
  var rollback = false

  @Option(help: "与 --rollback 同用：退回（或再换上）第几版。")
  var to: Int?

  @Option(help: "保留多少个以前的版本（默认 5）。")
  var keep: Int?

  @OptionGroup var making: MakingOptions

  @Flag(help: "有错误的文档不公开，列为空缺，其余照常公开（退出码仍为 1）。")
  var hold = false

  func validate() throws {
    if let keep, keep < 1 { throw ValidationError("“--keep”至少是 1，这里是 \(keep)") }
    if to != nil, !rollback { throw ValidationError("“--to”要与 --rollback 同用") }
    if list, rollback { throw ValidationError("“--list”和“--rollback”不能同用") }
  }

  func run() async throws {
    let site: String
    do throws(PublishTargetError) {
      switch try PublishTarget(target) {
      case .folder(let folder): site = place.resolve(folder)
      }
    } catch {
      Terminal.error("gongkai: \(error.message)\n")
      throw ExitCode(Exit.usage)
    }
    do {
      if list {
        try showReleases(of: site)
      } else if rollback {
        try goBack(site)
      } else {
        try await publish(to: site)
      }
    } catch let trouble as BuildTrouble {
      throw stop(trouble)
    } catch let error as StagingError {
      throw stop(BuildTrouble(error.message))
    } catch let error as NoSuchRelease {
      Terminal.error("gongkai: \(error.message)\n")
      throw ExitCode(Exit.findings)
    }
  }

  // MARK: Publishing

  private var kept: Int { keep ?? 5 }

  private func publish(to site: String) async throws {
    let folders = making.folders(place, output: site)
    let options = making.build(hold: hold, strict: report.strict)
    let progress = Progress(quiet: report.quiet)
    let prepared: PreparedPublication
    do {
      prepared = try await preparePublication(folders, options) { progress.show($0) }
    } catch {
      progress.clear()
      throw error
    }
    progress.clear()

    let reporting = Reporting(options: report, disk: .real)
    let result = prepared.report
    if let data = reporting.data(of: result) {
      Terminal.out(data)
    } else {
      Terminal.error(reporting.text(of: result, on: STDERR_FILENO))
    }
    guard let changes = prepared.changes else {
      _ = prepared.refuse()
      let strictly = result.count(.error) == 0 ? "（--strict：警告也算错误）" : ""
      say("没有公开：\(reporting.counts(of: result))\(strictly)。\(site)/ 保持原样。\n")
      throw ExitCode(Exit.findings)
    }
    // What is held back is an error all the same.
    let code =
      result.held.isEmpty ? reporting.exitCode(of: result) : ExitCode(Exit.findings)
    say("核对结果：\(reporting.counts(of: result))。\n")
    if !result.held.isEmpty { say("有错误而暂不公开：\(result.held.joined(separator: "、"))。\n") }
    if changes.isEmpty {
      _ = prepared.refuse()
      say("没有变化：\(site)/ 与要公开的网站完全相同。\n")
      if code != .success { throw code }
      return
    }
    let others = prepared.others
    if others > 0 { say("\(site)/ 里现有 \(others) 个文件不是 gongkai 生成的；它们会原样保留为上一版，可以退回。\n") }
    do {
      try confirm("公开到 \(site)/ 将有这些变化：\n" + changes.text(limit: report.verbose ? nil : 20))
    } catch {
      _ = prepared.refuse()
      throw error
    }
    if dryRun {
      _ = prepared.refuse()
      if code != .success { throw code }
      return
    }
    let (_, done) = try prepared.publish(dated: Clock.now(), keeping: kept)
    say(sentence(of: done, at: site))
    if let trouble = done.trouble { throw stop(BuildTrouble("新网站已经公开，但善后没有做完：\(trouble.message)；下次运行会补上")) }
    if code != .success { throw code }
  }

  private func sentence(of done: Publication, at site: String) -> String {
    var text = "已公开第 \(done.release.number) 版：\(words(done.release))，在 \(site)/。\n"
    if let previous = done.previous {
      text += "原来的网站保留为第 \(previous.number) 版；退回：gongkai publish \(target) --rollback\n"
    }
    if !done.deleted.isEmpty {
      text += "删去较早的\(done.deleted.map { "第 \($0) 版" }.joined(separator: "、"))（保留 \(kept) 版）。\n"
    }
    return text
  }

  // MARK: Releases

  private func goBack(_ site: String) throws {
    let prepared = try prepareRollback(of: site, to: to)
    let number = prepared.release.number
    let verb = prepared.present.map { $0.number < number } ?? false ? "换上" : "退回"
    let left = prepared.present.map { "第 \($0.number) 版" } ?? "现在的网站"
    if prepared.changes.isEmpty { return say("没有变化：第 \(number) 版与现在的网站完全相同。\n") }
    try confirm(
      "由\(left)\(verb)第 \(number) 版（\(words(prepared.release))）将有这些变化：\n"
        + prepared.changes.text(limit: report.verbose ? nil : 20))
    if dryRun { return }
    let old = try prepared.restore()
    say("现在公开的是第 \(number) 版，在 \(site)/。\n")
    if let old {
      say("刚才的网站保留为第 \(old.number) 版；再换回来：gongkai publish \(target) --rollback --to \(old.number)\n")
    }
  }

  private func showReleases(of site: String) throws {
    let releases = try Releases.look(at: site)
    if let present = releases.inPlace {
      say("现在公开的：第 \(present.number) 版，\(words(present))\n")
    } else {
      say(releases.hasSite ? "现在的 \(site)/ 不是用 publish 公开的。\n" : "\(site)/ 里还没有网站。\n")
    }
    guard !releases.kept.isEmpty else { return say("没有保留以前的版本。\n") }
    say("保留着的（gongkai publish \(target) --rollback --to 第几版）：\n")
    for release in releases.kept { say("  第 \(release.number) 版，\(words(release))\n") }
  }

  private func words(_ release: SiteRelease) -> String {
    (release.date.map { "\($0) 公开，" } ?? "公开时间不详，") + "\(release.pages) 个网页，共 \(release.files) 个文件"
  }

  // MARK: Asking

  /// Shows what will change and asks; returns if it may go on.
  private func confirm(_ changes: String) throws {
    say(changes)
    if dryRun { return say("只是查看（--dry-run），什么也没有改。\n") }
    if yes { return }
    guard Terminal.canAsk else {
      Terminal.error("gongkai: 这里不是终端，不能问是否继续；看过上面的变化后，加上 --yes 再运行\n")
      throw ExitCode(Exit.usage)
    }
    guard Terminal.agrees(to: "继续？[y/N] ") else {
      say("没有继续，网站保持原样。\n")
      throw ExitCode(Exit.findings)
    }
  }

  /// With findings for programs on standard output, words go beside it.
  private func say(_ text: String) {
    if report.format != .text { Terminal.error(text) } else { Terminal.out(text) }
  }
}
