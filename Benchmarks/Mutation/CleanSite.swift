import Content
import Diagnostics
import Files
import Forms
import Parsing

/// A unit of a clean site: its files by path below its folder, and the forms they are read by.
struct CleanUnit: Sendable {
  var site: String
  var slug: String
  var library: FormLibrary
  /// What the site prints as contacts.
  var contacts: [String]
  var files: [String: [UInt8]]

  var folder: String { "content/" + slug }

  func bound(_ findings: inout [Finding]) -> BoundUnit? {
    let files = files.sorted { $0.key < $1.key }.map {
      UnitFiles.File(path: $0.key, bytes: $0.value, size: $0.value.count)
    }
    return bind(
      parse(UnitFiles(slug: slug, folder: folder, files: files), findings: &findings), to: library,
      findings: &findings)
  }

  func setting(_ path: String, to bytes: [UInt8]?) -> CleanUnit {
    var unit = self
    unit.files[path] = bytes
    return unit
  }

  /// The lines of one of its files.
  func lines(of path: String) -> [[Unicode.Scalar]] {
    String(decoding: files[path] ?? [], as: UTF8.self).unicodeScalars.split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(Array.init)
  }

  /// The units of the site in a folder that holds `content/`.
  static func units(ofSite folder: String) throws -> [CleanUnit] {
    let site = folder.split(separator: "/").last.map(String.init) ?? folder
    var files: [String: [UInt8]] = [:]
    for file in Disk.real.fileTree(at: folder).files where file.path.hasPrefix("content/") {
      files[file.path] = try Disk.real.read(Path.join(folder, file.path))
    }
    let own = files.filter { $0.key.hasPrefix("content/forms/") }.map {
      SourceText(file: $0.key, text: String(decoding: $0.value, as: UTF8.self))
    }
    let library = FormLibrary(own: own.sorted { $0.file < $1.file })
    let contacts = contacts(
      in: SourceText(
        file: "content/site.yaml", text: String(decoding: files["content/site.yaml"] ?? [], as: UTF8.self)))
    let slugs = files.keys.compactMap { path -> String? in
      let parts = path.split(separator: "/")
      return parts.count == 3 && parts[2] == "unit.yaml" ? String(parts[1]) : nil
    }
    return slugs.sorted().map { slug in
      let folder = "content/" + slug + "/"
      let mine = files.filter { $0.key.hasPrefix(folder) }.map {
        (String($0.key.dropFirst(folder.count)), $0.value)
      }
      return CleanUnit(
        site: site, slug: slug, library: library, contacts: contacts,
        files: Dictionary(uniqueKeysWithValues: mine))
    }
  }

  private static func contacts(in settings: SourceText) -> [String] {
    var findings: [Finding] = []
    guard case .map(let pairs, _)? = parseYAML(settings, findings: &findings),
      case .map(let contacts, _)? = pairs.first(where: { $0.key.text == "contact" })?.value
    else { return [] }
    return contacts.compactMap { $0.value.scalar?.text }
  }
}
