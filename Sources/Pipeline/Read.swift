import Content
import Diagnostics
import Files
import Forms
import Parsing
import Site

/// What of a site concerns every unit: settings, forms, theme, and which units there are.
struct SiteFrame: Sendable {
  var settings: SiteSettings
  var library: FormLibrary
  var theme: Theme
  /// Slugs, in order.
  var units: [String]
  /// Whether settings and theme could be read: without them no page is made, but every unit is still looked at.
  var isWhole: Bool
}

/// The largest text file that is read; pictures and attachments may be larger.
let textLimit = 16 << 20
let attachmentLimit = 512 << 20

/// The reading end of the pipeline: the only step, with writing, that touches the disk.
struct Reader: Sendable {
  let disk: Disk
  let folders: SiteFolders

  /// Settings, forms, theme and the list of units.
  func readFrame(_ options: BuildOptions, findings: inout [Finding]) -> SiteFrame? {
    let entries: [DirectoryEntry]
    do throws(DiskError) {
      entries = try disk.list(folders.content)
    } catch {
      findings.append(
        Finding(
          "disk", at: Place(file: folders.content), "\(error.message)",
          hint: "在有 content/ 的文件夹里运行，或写明 content 的路径；gongkai build 路径/content"))
      return nil
    }
    let names = entries.filter { !$0.name.hasPrefix(".") }
    let library = readLibrary(&findings)
    findings += library.findings + library.hints
    let own = readSettings(&findings)
    findings += own?.checks.mistakes("site-settings") ?? []
    findings += library.ownSetsRead.flatMap { $0.checks.mistakes("form-set-syntax") }
    var units: [String] = []
    for entry in names where entry.name != "site.yaml" && entry.name != "forms" {
      switch entry.kind {
      case .folder:
        if isSlug(entry.name) {
          units.append(entry.name)
        } else {
          findings.append(
            Finding(
              "unknown-folder", at: Place(file: Path.join(folders.content, entry.name)),
              "单位文件夹名“\(entry.name)”只能用小写字母、数字和连字符",
              hint: "它是网址的一部分，例如 jiaoyuju；单位全称写在 unit.yaml 的 name"))
        }
      case .linkToFolder, .brokenLink, .nameNotUTF8, .other:
        findings.append(
          Finding(
            "disk", at: Place(file: Path.join(folders.content, entry.name)),
            "“\(entry.name)”不是可用的单位文件夹：\(entry.kind.fault)",
            hint: "把文件夹本身放进 content/，名称用小写字母、数字和连字符"))
      case .file, .linkToFile:
        findings.append(
          Finding(
            "unused-file", .warning, at: Place(file: Path.join(folders.content, entry.name)),
            "“\(entry.name)”没有用处", hint: "content/ 下只放 site.yaml、forms/ 和各单位的文件夹"))
      }
    }
    if let wanted = options.unit {
      if !units.contains(wanted) {
        findings.append(
          Finding(
            "unknown-folder", at: Place(file: folders.content), "没有单位“\(wanted)”",
            hint: nearest(to: wanted, among: units).map { "是否想写 \($0)？" } ?? "有这些单位："
              + units.joined(separator: "、")))
      }
      units = units.filter { $0 == wanted }
    }
    let isReadable = own != nil
    var settings = own ?? .unreadable
    if let base = options.basePath {
      settings.basePath = base.hasSuffix("/") ? base : base + "/"
      if !settings.basePath.hasPrefix("/") { settings.basePath = "/" + settings.basePath }
    }
    if let theme = readTheme(settings, &findings) {
      return SiteFrame(settings: settings, library: library, theme: theme, units: units, isWhole: isReadable)
    }
    guard let standard = Theme.load([Theme.standardFiles], findings: &findings) else { return nil }
    return SiteFrame(settings: settings, library: library, theme: standard, units: units, isWhole: false)
  }

  /// What lies in the folder of a unit.
  func list(unit slug: String) -> FileTree { disk.fileTree(at: Path.join(folders.content, slug)) }

  /// The files of one unit; texts are read, of the rest only the size.
  func read(unit slug: String, findings: inout [Finding]) -> UnitFiles {
    read(unit: slug, list(unit: slug), findings: &findings)
  }

  func read(unit slug: String, _ tree: FileTree, findings: inout [Finding]) -> UnitFiles {
    let folder = Path.join(folders.content, slug)
    findings += tree.problems.map { problem in
      Finding(
        "disk", at: Place(file: problem.path.isEmpty ? folder : Path.join(folder, problem.path)),
        problem.message,
        hint: advice(for: problem.reason))
    }
    var unreadable = Set(tree.problems.map(\.path))
    for path in tree.folders where Self.isText(path) {
      unreadable.insert(path)
      findings.append(
        Finding(
          "disk", at: Place(file: Path.join(folder, path)), "这里应是文件，却是一个文件夹", hint: "删去或改名这个文件夹，放入同名的文件"))
    }
    var files: [UnitFiles.File] = []
    for file in tree.files {
      guard Self.isText(file.path) else {
        files.append(.init(path: file.path, bytes: [], size: file.size))
        continue
      }
      if let bytes = readText(Path.join(folder, file.path), &findings) {
        files.append(.init(path: file.path, bytes: bytes, size: bytes.count))
      } else {
        unreadable.insert(file.path)
      }
    }
    return UnitFiles(slug: slug, folder: folder, files: files, unreadable: unreadable)
  }

  static func isText(_ path: String) -> Bool { [".yaml", ".csv", ".md"].contains { path.hasSuffix($0) } }

  private func advice(for reason: DiskError.Reason) -> String? {
    switch reason {
    case .notPermitted: "改正文件的权限，让运行 gongkai 的用户能读"
    case .tooLarge: "检查文件是否放错或损坏"
    case .isFolder: "删去或改名这个文件夹，放入同名的文件"
    case .symlinkLoop, .brokenLink, .linkToFolder, .linkLeavesFolder: "用文件或文件夹本身代替链接"
    case .nameNotUTF8: "用中文或英文重新命名"
    default: nil
    }
  }

  func readAttachment(_ path: String) throws(DiskError) -> [UInt8] {
    try disk.read(path, limit: attachmentLimit)
  }

  private func readText(_ path: String, _ findings: inout [Finding]) -> [UInt8]? {
    do throws(DiskError) {
      return try disk.read(path, limit: textLimit)
    } catch {
      findings.append(Finding("disk", at: Place(file: path), error.message, hint: advice(for: error.reason)))
      return nil
    }
  }

  /// The forms: the site's own over the catalogue.
  func readLibrary(_ findings: inout [Finding]) -> FormLibrary {
    let forms = Path.join(folders.content, "forms")
    let own = exists(forms) ? readTexts(below: forms, &findings).map(\.text) : []
    let catalogue = folders.catalogue.map { folder in
      readTexts(below: folder, &findings).map { SourceText(file: $0.path, text: $0.text.text) }
    }
    return FormLibrary(catalogue: catalogue, own: own)
  }

  private func exists(_ folder: String) -> Bool { (try? disk.list(folder)) != nil }

  private func readTexts(below folder: String, _ findings: inout [Finding]) -> [(
    path: String, text: SourceText
  )] {
    let tree = disk.fileTree(at: folder)
    findings += tree.problems.map { Finding("disk", at: Place(file: Path.join(folder, $0.path)), $0.message) }
    return tree.files.compactMap { file in
      let path = Path.join(folder, file.path)
      guard let bytes = readText(path, &findings) else { return nil }
      return SourceText.decode(bytes, file: path, findings: &findings).map { (file.path, $0) }
    }
  }

  private func readSettings(_ findings: inout [Finding]) -> SiteSettings? {
    let path = Path.join(folders.content, "site.yaml")
    let bytes: [UInt8]
    do throws(DiskError) {
      bytes = try disk.read(path, limit: textLimit)
    } catch {
      findings.append(
        Finding(
          "site-settings", at: Place(file: path), error.message,
          hint: advice(for: error.reason) ?? "新建 site.yaml，至少写 name、domain、site-code、organiser"))
      return nil
    }
    guard let source = SourceText.decode(bytes, file: path, findings: &findings),
      let root = parseYAML(source, findings: &findings)
    else { return nil }
    findings += Mark.find(in: source).map { $0.finding() }
    return SiteSettings.read(root, findings: &findings)
  }

  private func readTheme(_ settings: SiteSettings, _ findings: inout [Finding]) -> Theme? {
    readThemeLayers(settings, &findings).flatMap { Theme.load($0, findings: &findings) }
  }

  /// The files of the theme in layers, the first the strongest; nil where there is no such theme.
  func readThemeLayers(_ settings: SiteSettings, _ findings: inout [Finding]) -> [[ThemeFile]]? {
    var layers: [[ThemeFile]] = []
    let own = folders.beside(Path.join("Themes", settings.theme))
    let exists = exists(own)
    if settings.theme != "standard", !exists, folders.theme == nil {
      findings.append(
        Finding(
          "theme-missing", at: Place(file: own), "没有主题“\(settings.theme)”",
          hint: "新建这个文件夹，放入要改的模板；或在 site.yaml 里写 theme: standard"))
      return nil
    }
    if let theme = folders.theme, (try? disk.list(theme)) == nil {
      findings.append(
        Finding("theme-missing", at: Place(file: theme), "没有主题文件夹“\(theme)”", hint: "--theme 后面写放模板和样式的文件夹"))
      return nil
    }
    for folder in [folders.theme, exists ? own : nil].compactMap({ $0 }) {
      let tree = disk.fileTree(at: folder)
      findings += tree.problems.map {
        Finding("disk", at: Place(file: Path.join(folder, $0.path)), $0.message)
      }
      layers.append(
        tree.files.compactMap { file in
          let path = Path.join(folder, file.path)
          return readText(path, &findings).map { ThemeFile(path: file.path, bytes: $0, shownPath: path) }
        })
    }
    return layers + [Theme.standardFiles]
  }

  private func isSlug(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
      && name != "assets"
  }
}

extension DirectoryEntry.Kind {
  /// Why an entry cannot be a unit's folder.
  fileprivate var fault: String {
    switch self {
    case .linkToFolder: "符号链接指向文件夹，不予进入"
    case .brokenLink(let reason): DiskError("", reason).message
    case .nameNotUTF8: DiskError("", .nameNotUTF8).message
    case .other: DiskError("", .notRegularFile).message
    case .file, .folder, .linkToFile: "不是文件夹"
    }
  }
}
