import Content
import Diagnostics
import Files
import Forms
import Parsing
import Site

/// The sources of a year's disclosures, as a site of their own: nothing else is needed to make their pages.
public struct YearSources: Sendable {
  /// `content/…`, `Themes/…` and the catalogue of forms.
  public var files: [ShownFile] = []
  /// The disclosures, as `unit/year/kind`.
  public var disclosures: Set<String> = []

  /// Where a site that consists of these sources finds its parts.
  public static var folders: SiteFolders {
    var folders = SiteFolders(content: "content")
    folders.catalogue = catalogue
    return folders
  }

  static let catalogue = "catalogue"
}

/// Gathers the sources of a year's disclosures: their folders, those whose figures they read, the unit's and the
/// site's settings, all forms and the theme.
///
/// - Parameter known: Disclosures to leave out, as `unit/year/kind`.
/// - Throws: `BuildTrouble` where a file cannot be read any more.
public func gatherSources(
  of year: Int, without known: Set<String>, _ folders: SiteFolders, on disk: Disk
) throws -> YearSources {
  var findings: [Finding] = []
  var sources = YearSources()
  let reader = Reader(disk: disk, folders: folders)
  guard let frame = reader.readFrame(BuildOptions(), findings: &findings) else { return sources }
  for slug in frame.units {
    let files = reader.read(unit: slug, findings: &findings)
    guard let unit = bind(parse(files, findings: &findings), to: frame.library, findings: &findings) else {
      continue
    }
    let wanted = unit.disclosures.filter { $0.year == year && !known.contains("\(slug)/\($0.key)") }
    guard !wanted.isEmpty else { continue }
    sources.disclosures.formUnion(wanted.map { "\(slug)/\($0.key)" })
    let keys = Set(wanted.map(\.key)).union(wanted.flatMap(\.reads))
    for file in files.files
    where file.path == "unit.yaml" || keys.contains(where: { file.path.hasPrefix($0 + "/") }) {
      let path = Path.join(files.folder, file.path)
      sources.files.append(ShownFile("content/\(slug)/\(file.path)", size: file.size, from: path))
    }
  }
  sources.files.append(shown("site.yaml", in: folders, on: disk))
  sources.files += reader.formFiles()
  sources.files += FormLibrary.embeddedFiles.map {
    ShownFile(Path.join(YearSources.catalogue, $0.file), Array($0.text.utf8))
  }
  var taken: Set<String> = []
  for file in (reader.readThemeLayers(frame.settings, &findings) ?? []).joined()
  where taken.insert(file.path).inserted {
    sources.files.append(ShownFile("Themes/\(frame.settings.theme)/\(file.path)", file.bytes))
  }
  return sources
}

private func shown(_ name: String, in folders: SiteFolders, on disk: Disk) -> ShownFile {
  let path = Path.join(folders.content, name)
  let size = (try? disk.list(folders.content))?.first { $0.name == name }?.size ?? 0
  return ShownFile("content/" + name, size: size, from: path)
}

extension Reader {
  /// The site's own forms.
  fileprivate func formFiles() -> [ShownFile] {
    let folder = Path.join(folders.content, "forms")
    return disk.fileTree(at: folder).files.map {
      ShownFile("content/forms/" + $0.path, size: $0.size, from: Path.join(folder, $0.path))
    }
  }
}
