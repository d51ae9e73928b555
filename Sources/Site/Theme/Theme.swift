import Diagnostics
import Files
import Mustache

/// A file of a theme.
public struct ThemeFile: Sendable, Hashable {
  /// Below the theme's folder: `layout.mustache`, `assets/site.css`.
  public var path: String
  public var bytes: [UInt8]
  /// As findings print it.
  public var shownPath: String

  public init(path: String, bytes: [UInt8], shownPath: String) {
    self.path = path
    self.bytes = bytes
    self.shownPath = shownPath
  }
}

/// How pages look: compiled templates, and the files they refer to.
public struct Theme: Sendable {
  /// Under names that carry a digest of their bytes: `assets/site.3f9a….css`.
  public let assets: [Page]
  /// Paths of the assets by their variable: `asset_site_css`.
  let assetPaths: [String: String]
  private let sources: [String: String]
  private let library: MustacheLibrary

  /// The standard theme, which fills what other layers leave open.
  public static var standardFiles: [ThemeFile] {
    embeddedTheme.map {
      ThemeFile(path: $0.path, bytes: Array($0.text.utf8), shownPath: "Themes/standard/" + $0.path)
    }
  }

  /// Puts a theme together from layers, the first the strongest; the standard theme lies under all.
  ///
  /// Every name in every template is held against the contract; nil where one is wrong.
  public static func load(_ layers: [[ThemeFile]], findings: inout [Finding]) -> Theme? {
    var loader = ThemeLoader()
    for layer in layers { loader.add(layer, isStandard: false) }
    loader.add(standardFiles, isStandard: true)
    let theme = loader.load()
    findings += loader.findings
    return loader.findings.blocking.isEmpty ? theme : nil
  }

  /// The same theme compiled anew: workers that share one lose more by counting references than they gain.
  public func separateCopy() -> Theme {
    guard let library = try? Self.compile(sources) else { return self }
    return Theme(assets: assets, assetPaths: assetPaths, sources: sources, library: library)
  }

  func render(_ template: ThemeContract.Template, _ values: TemplateValues) -> [UInt8] {
    let text = library.render(values, withTemplate: template.rawValue) ?? ""
    return FragmentMark.fill(text, from: values)
  }

  /// The line in front of each template that sets how it escapes.
  private static var preamble: String { "{{% CONTENT_TYPE: \(ByteEscapedHTML.name)}}\n" }

  fileprivate static func compile(_ sources: [String: String]) throws -> MustacheLibrary {
    var templates: [String: MustacheTemplate] = [:]
    for (name, text) in sources { templates[name] = try MustacheTemplate(string: preamble + text) }
    return MustacheLibrary(templates: templates)
  }

  fileprivate static func make(
    assets: [Page], assetPaths: [String: String], sources: [String: (text: String, file: String)],
    findings: inout [Finding]
  ) -> Theme? {
    for (name, source) in sources.sorted(by: { Path.precedes($0.key, $1.key) }) {
      do {
        _ = try compile([name: source.text])
      } catch let error as MustacheTemplate.ParserError {
        // The preamble is a line of its own.
        let place = Place(
          file: source.file, line: max(1, error.context.lineNumber - 1), column: error.context.columnNumber,
          length: 1)
        findings.append(Finding("theme-syntax", at: place, "模板语法有误（\(error.error)）", hint: "核对这里的标签"))
      } catch {
        findings.append(Finding("theme-syntax", at: Place(file: source.file), "模板语法有误（\(error)）"))
      }
    }
    let texts = sources.mapValues(\.text)
    guard let library = try? compile(texts) else { return nil }
    return Theme(assets: assets, assetPaths: assetPaths, sources: texts, library: library)
  }
}

/// Gathers the files of all layers and checks them.
private struct ThemeLoader {
  var findings: [Finding] = []
  private var files: [String: (file: ThemeFile, isStandard: Bool)] = [:]

  mutating func add(_ layer: [ThemeFile], isStandard: Bool) {
    for file in layer where files[file.path] == nil { files[file.path] = (file, isStandard) }
  }

  mutating func load() -> Theme? {
    var sources: [String: (text: String, file: String)] = [:]
    var nodes: [String: [TemplateNode]] = [:]
    var assets: [Page] = []
    var assetPaths: [String: String] = [:]
    var variableFiles: [String: String] = [:]
    for (path, entry) in files.sorted(by: { Path.precedes($0.key, $1.key) }) {
      let shown = entry.file.shownPath
      if path.hasPrefix("assets/") {
        let variable = Self.variable(for: path)
        if let other = variableFiles.updateValue(shown, forKey: variable) {
          report("theme-asset", at: shown, "与“\(other)”的变量名相同：\(variable)", hint: "改一个文件名")
        }
        guard let asset = digested(path, entry.file) else { continue }
        assets.append(asset)
        assetPaths[variable] = asset.path
      } else if path.hasSuffix(".mustache") {
        let name = String(path.dropLast(".mustache".count))
        guard let text = String(validating: entry.file.bytes, as: UTF8.self) else {
          report("theme-syntax", at: shown, "不是 UTF-8 文本", hint: "另存为 UTF-8")
          continue
        }
        let unified = text.replacing("\r\n", with: "\n")
        if let scanned = TemplateScanner.scan(unified, file: shown, findings: &findings) {
          sources[name] = (unified, shown)
          nodes[name] = scanned
        }
      } else if !entry.isStandard, !path.hasSuffix(".md"), !path.hasPrefix(".") {
        findings.append(
          Finding(
            "theme-unused-file", .warning, at: Place(file: shown), "主题用不到这个文件",
            hint: "主题里只有模板（.mustache）和 assets/ 里的文件"))
      }
    }
    guard findings.blocking.isEmpty else { return nil }
    var checker = TemplateChecker(templates: nodes, assets: assetPaths.mapValues { _ in .text })
    for template in ThemeContract.Template.allCases { checker.check(template) }
    findings += checker.findings
    for (name, source) in sources.sorted(by: { Path.precedes($0.key, $1.key) }) {
      guard !checker.reached.contains(name), files[name + ".mustache"]?.isStandard == false else { continue }
      findings.append(
        Finding(
          "theme-unused-file", .warning, at: Place(file: source.file), "没有模板用到“\(name)”", hint: "删去它，或核对文件名"))
    }
    return Theme.make(assets: assets, assetPaths: assetPaths, sources: sources, findings: &findings)
  }

  private mutating func digested(_ path: String, _ file: ThemeFile) -> Page? {
    if path.hasSuffix(".css") { checkStyleSheet(file) }
    do {
      let digest = try sha256(file.bytes).prefix(12)
      let ending = Path.fileExtension(path)
      let stem = ending.isEmpty ? path[...] : path.dropLast(ending.utf8.count + 1)
      let name = ending.isEmpty ? "\(stem).\(digest)" : "\(stem).\(digest).\(ending)"
      return Page(path: name, bytes: file.bytes, kind: .asset)
    } catch {
      report("theme-asset", at: file.shownPath, error.message, hint: "检查系统的 OpenSSL")
      return nil
    }
  }

  /// Names of assets carry digests, so a style sheet cannot know them, and other hosts may not be asked.
  private mutating func checkStyleSheet(_ file: ThemeFile) {
    let text = String(decoding: file.bytes, as: UTF8.self)
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      for word in ["url(", "@import"] {
        guard let found = line.firstRange(of: word) else { continue }
        let rest = line[found.upperBound...].drop { $0 == "\"" || $0 == "'" || $0 == " " }
        if word == "url(", rest.hasPrefix("data:") || rest.hasPrefix("#") { continue }
        let column = line[..<found.lowerBound].unicodeScalars.count + 1
        findings.append(
          Finding(
            "theme-asset",
            at: Place(file: file.shownPath, line: number + 1, column: column, length: word.count),
            "样式表里不能引用别的文件或网站", hint: "图形写成 data: 网址，或在模板里用 {{asset_…}} 引用"))
      }
    }
  }

  /// `assets/police-badge.svg` → `asset_police_badge_svg`.
  private static func variable(for path: String) -> String {
    let name = path.dropFirst("assets/".count).unicodeScalars.map { scalar -> Character in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        ? Character(scalar) : "_"
    }
    return "asset_" + String(name)
  }

  private mutating func report(_ id: String, at file: String, _ message: String, hint: String) {
    findings.append(Finding(id, at: Place(file: file), message, hint: hint))
  }
}
