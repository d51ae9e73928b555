import ArgumentParser
import Drafting
import Files
import Forms
import Glibc

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "在空文件夹里建立第一个网站：设置、一个单位、各类别一份公开文档。",
    usage: "gongkai init [<folder>] [选项]",
    discussion: """
      在终端上逐项询问；写了选项的不问，没有终端的用默认值。表按地区、年度、类别所用的表套建好，接着就能 build；凡是例子都标着“【示例】”，check -v 逐处列出。
      文件夹里已经有东西的（. 开头的不算）不动它，退出码 64。
      """)

  @Argument(help: "文件夹（默认为当前文件夹）；没有就新建。")
  var folder: String?

  @Option(name: .customShort("C"), help: ArgumentHelp("先进入这个文件夹。", valueName: "dir"))
  var directory: String?

  @Option(help: "单位全称。")
  var name: String?

  @Option(help: "单位的文件夹名，是网址的一部分：小写字母、数字、连字符（默认为 danwei）。")
  var slug: String?

  @Option(help: "地区，从省往下用 / 分开；决定用哪套表样。")
  var region: String?

  @Option(help: "年度（默认为今年）。")
  var year: Int?

  @Option(help: "公开类别，几个用逗号分开，如 budget,final-accounts（默认为有表套的全部类别）。")
  var kinds: String?

  @Option(help: "指定表套，代替按地区选的；可以写几次，每个类别一套。")
  var formSet: [String] = []

  @Option(help: "网站名称。")
  var siteName: String?

  @Option(help: "网站域名。")
  var domain: String?

  @Option(help: "政府网站标识码。")
  var siteCode: String?

  @Option(help: "主办单位（默认为单位全称）。")
  var organiser: String?

  func validate() throws {
    if let year { try requireYear(year) }
    if let slug { try requireSlug(slug) }
    if let name { try requireName(name) }
  }

  func run() throws {
    let folder = PlaceOptions.resolve(folder ?? ".", in: directory)
    try requireEmpty(folder)
    let library = FormLibrary(own: [])
    let answers = try answers(library)
    let files = draftSite(answers, library: library).filter { file in
      // What a repository brings along stays as it is.
      file.path != ".gitignore" || (try? Disk.real.read(Path.join(folder, file.path))) == nil
    }
    try write(files, below: folder)
    let site = folder == "." ? "" : folder + "/"
    Terminal.out("已建立 \(site)content/，共 \(files.count) 个文件：\n")
    for (kind, choice) in answers.kinds {
      Terminal.out(
        "  \(answers.unit.slug)/\(answers.year)/\(kind.id)  \(choice.set.title)（\(choice.set.id)）\n")
    }
    tellLeftOut(answers, library, site: site)
    let enter = site.isEmpty ? "" : "cd \(folder) && "
    Terminal.out(
      "接着运行 \(enter)gongkai build 生成网页，gongkai check 列出要换掉的示例；怎么改写在 \(site)说明.md。\n")
  }

  /// Names the kinds that nobody asked for or against, and that have forms in other years only.
  private func tellLeftOut(_ answers: SiteAnswers, _ library: FormLibrary, site: String) {
    guard kinds == nil, formSet.isEmpty else { return }
    let (unit, year) = (answers.unit, answers.year)
    for (kind, sets) in library.kindsOfOtherYears(in: unit.region, year: year) {
      guard let nearest = sets.first else { continue }
      let known = sets.map { "\($0.id)（\($0.yearsText)）" }.joined(separator: "、")
      let place = site.isEmpty ? "" : " --content \(site)content"
      Terminal.error(
        "gongkai: 没有建\(kind.title)：\(year) 年没有表样，附带的是 \(known)；那年的表与它相同的，运行 "
          + "gongkai new \(unit.slug) \(year) \(kind.id) --form-set \(nearest.id)\(place)\n")
    }
  }

  // MARK: Answers

  private func answers(_ library: FormLibrary) throws -> SiteAnswers {
    let name = try ask(name, "单位全称", "示例单位") { name in
      try requireName(name)
      return name
    }
    let slug = try ask(slug, "文件夹名（网址的一部分，小写字母、数字、连字符）", "danwei") { slug in
      try requireSlug(slug)
      return slug
    }
    let thisYear = Clock.now().map { String($0.prefix(4)) } ?? "2026"
    let year = try ask(year.map(String.init), "年度", thisYear) { text in
      guard let year = Int(text) else { throw ValidationError("年度应当是四位数字，这里是“\(text)”") }
      try requireYear(year)
      return year
    }
    let named = try chosenSets(library)
    let proposed =
      formSet.isEmpty ? library.firstRegion(year: year) : library.set(formSet[0])?.region ?? []
    let region = try ask(region, "地区（从省往下用 / 分开）", proposed.joined(separator: "/")) { text in
      let read = ReadRegion(text, library)
      // On the terminal there is another answer to be had.
      if let words = read.doubt { Terminal.error("gongkai: \(words)\n") }
      return read.region
    }
    let kinds = try kinds(library, region: region, year: year, named: named)
    var chosen: [(kind: Kind, choice: SetChoice)] = []
    for kind in kinds {
      let choice: SetChoice
      do throws(DraftTrouble) {
        choice = try library.choose(
          kind: kind, region: region, year: year, named: named.first { $0.kind == kind.id }?.id)
      } catch {
        throw refusal("\(error.message)；\(error.hint)")
      }
      chosen.append((kind, choice))
    }
    var answers = SiteAnswers(
      unit: DraftUnit(slug: slug, name: name, region: region), year: year, kinds: chosen)
    answers.siteName = siteName
    answers.domain = domain
    answers.siteCode = siteCode
    answers.organiser = organiser
    return answers
  }

  private func chosenSets(_ library: FormLibrary) throws -> [FormSet] {
    try formSet.map { id in
      guard let set = library.set(id) else {
        throw refusal("没有“\(id)”这个表套；gongkai forms 列出全部")
      }
      return set
    }
  }

  private func kinds(_ library: FormLibrary, region: [String], year: Int, named: [FormSet]) throws -> [Kind] {
    let usable = library.kinds.filter { kind in
      named.contains { $0.kind == kind.id }
        || (named.isEmpty && library.kinds(in: region, year: year).contains(kind))
    }
    let proposed = usable.map(\.id).joined(separator: ",")
    guard !usable.isEmpty || kinds != nil else {
      let known = Set(library.sets.map(\.regionName)).sorted().joined(separator: "、")
      throw refusal(
        "没有适用于“\(region.joined(separator: "/"))”\(year)年的表套；用 --form-set 指定一套，或换一个地区；已有：\(known)")
    }
    let question = "公开类别（\(library.kinds.map { "\($0.id) \($0.title)" }.joined(separator: "、"))）"
    let chosen = try ask(kinds, question, proposed) { told in
      try told.split { ",，、 ".contains($0) }.map(String.init).map { word in
        guard let kind = library.kinds.first(where: { $0.names.contains(word) }) else {
          throw ValidationError(unknownKind(word, library))
        }
        return kind
      }
    }
    return library.kinds.filter { chosen.contains($0) }
  }

  /// What was told, else what is answered on the terminal, else what is proposed; a wrong answer is asked for again.
  private func ask<Answer>(
    _ told: String?, _ question: String, _ proposed: String, _ read: (String) throws -> Answer
  ) throws -> Answer {
    if told == nil, Terminal.canAsk {
      while let answer = Terminal.answer(to: question, proposing: proposed) {
        do {
          return try read(answer)
        } catch let error as ValidationError {
          Terminal.error("\(error.message)\n")
        }
      }
    }
    do {
      return try read(told ?? proposed)
    } catch let error as ValidationError {
      throw refusal(error.message)
    }
  }

  private func requireEmpty(_ folder: String) throws {
    let entries: [DirectoryEntry]
    do throws(DiskError) {
      entries = try Disk.real.list(folder)
    } catch {
      if error.reason == .notFound { return }
      throw stop(error)
    }
    guard let first = entries.first(where: { !$0.name.hasPrefix(".") }) else { return }
    let shown = folder == "." ? "当前文件夹" : "\(folder)/ "
    let hint =
      entries.contains { $0.name == "content" }
      ? "这里已经有 content/：加一份公开文档用 gongkai new" : "换一个空文件夹：gongkai init 文件夹"
    throw refusal("\(shown)不是空的（有 \(first.name)），没有改动；\(hint)")
  }
}

/// Refuses what cannot be a part of an address.
func requireSlug(_ slug: String) throws {
  let isSlug =
    !slug.isEmpty && slug != "assets" && slug != "forms"
    && slug.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  if !isSlug { throw ValidationError("单位的文件夹名只能用小写字母、数字和连字符，这里是“\(slug)”；例如 jiaoyuju") }
}

/// Refuses a name that would be printed as nothing.
func requireName(_ name: String) throws {
  if name.allSatisfy(\.isWhitespace) { throw ValidationError("单位全称不能是空的；写 --name 某某县教育局") }
}

func unknownKind(_ word: String, _ library: FormLibrary) -> String {
  let known = library.kinds.map { "\($0.id)（\($0.title)）" }.joined(separator: "、")
  return "没有“\(word)”这个公开类别；可用的类别：\(known)"
}

extension ParsableCommand {
  /// Ends with the code of wrong usage, with the reason and what to do instead.
  func refusal(_ message: String) -> ExitCode {
    Terminal.error("gongkai: \(message)\n")
    return ExitCode(Exit.usage)
  }

  /// Writes new files, all or none.
  func write(_ files: [NewFile], below folder: String) throws {
    do throws(DiskError) {
      try writeNewFiles(files, below: folder)
    } catch {
      throw stop(error)
    }
  }

  func stop(_ error: DiskError) -> ExitCode {
    Terminal.error("gongkai: \(error)；没有写任何文件\n")
    return ExitCode(Exit.trouble)
  }
}
