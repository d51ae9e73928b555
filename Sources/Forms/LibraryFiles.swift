import Diagnostics
import Fiscal
import Parsing

/// The files of a library by what they hold; those of the catalogue are parsed only where they must be.
struct LibraryFiles {
  var parsed: [(source: SourceText, root: YAML, isOwn: Bool)] = []
  /// Forms of the catalogue by full name.
  var sources: [String: FormSources.Source] = [:]
  var setFiles = FormSetFiles()
  /// The files of each classification of the catalogue, and what the site's own files add.
  var classificationFiles: [String: SourceText] = [:]
  var ownCodes: [String: [Classification.Entry]] = [:]
  var ownCodeFiles: [(id: String, file: String)] = []
  /// The paths of the site's own forms that cannot be read.
  var unreadable: [[String]] = []

  /// - Parameter heads: Of set files that need not be parsed yet, by path: their keys that take one line each.
  init(
    embedded: [SourceText], own: [SourceText], heads: [String: [String: String]], findings: inout [Finding]
  ) {
    for source in embedded { add(source, isOwn: false, heads: heads, findings: &findings) }
    for source in own { add(source, isOwn: true, heads: heads, findings: &findings) }
  }

  private mutating func add(
    _ source: SourceText, isOwn: Bool, heads: [String: [String: String]], findings: inout [Finding]
  ) {
    let path = source.file.split(separator: "/").map(String.init)
    let name = path.last ?? ""
    if name.hasSuffix(".csv"), path.dropLast().last == "classifications" {
      let id = String(name.dropLast(4))
      guard isOwn else {
        classificationFiles[id] = source
        return
      }
      var reader = ClassificationReader()
      ownCodes[id, default: []] += reader.read(source)
      findings += reader.findings
      ownCodeFiles.append((id, source.file))
      return
    }
    guard name.hasSuffix(".yaml") else {
      if isOwn {
        findings.append(
          Finding(
            "unused-file", .warning, at: Place(file: source.file),
            "forms 里只放表样（.yaml）和 classifications/ 里的科目（.csv），这个文件没有用处"))
      }
      return
    }
    // Forms of the catalogue are parsed when they are used.
    let isData = (FormLibrary.dataFiles + ["set.yaml"]).contains(name)
    if !isOwn, !isData, let set = path.dropLast().last {
      sources["\(set)/\(name.dropLast(5))"] = FormSources.Source(text: source, set: set, isOwn: false)
    } else if !isOwn, name == "set.yaml", let head = heads[path.dropFirst().joined(separator: "/")] {
      setFiles.add(source, head: head)
    } else if let root = parseYAML(source, findings: &findings) {
      parsed.append((source, root, isOwn))
    } else if isOwn, !isData {
      unreadable.append(path)
    }
  }
}
