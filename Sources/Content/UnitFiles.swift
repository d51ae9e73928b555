import Diagnostics
import Fiscal
import Forms
import Formulas
import Markdown
import Parsing

/// The files of one unit, as they were read.
public struct UnitFiles: Sendable {
  public struct File: Sendable {
    /// Path below the unit's folder: `2022/budget/收支总表.csv`.
    public var path: String
    public var bytes: [UInt8]
    /// For pictures and attachments, which are not read: their size.
    public var size: Int

    public init(path: String, bytes: [UInt8], size: Int) {
      self.path = path
      self.bytes = bytes
      self.size = size
    }
  }

  public var slug: String
  /// The unit's folder, as findings print it: `content/jyj`.
  public var folder: String
  public var files: [File]
  /// What could not be read, by its path; findings tell why.
  public var unreadable: Set<String>

  public init(slug: String, folder: String, files: [File], unreadable: Set<String> = []) {
    self.slug = slug
    self.folder = folder
    self.files = files
    self.unreadable = unreadable
  }
}

/// The files of one unit, parsed: raw tables with their places.
public struct ParsedUnit: Sendable {
  var slug: String
  var folder: String
  var yaml: [String: YAML] = [:]
  var csv: [String: CSVTable] = [:]
  var markdown: [String: SourceText] = [:]
  /// Files that are neither: pictures and attachments, by path.
  var others: [String: Int] = [:]
  /// Marks that something is still to be written, by path.
  var marks: [String: [PlacedMark]] = [:]
  /// Files that could not be parsed.
  var broken: Set<String> = []
}

/// Parses the files of a unit by their endings.
public func parse(_ files: UnitFiles, findings: inout [Finding]) -> ParsedUnit {
  var parsed = ParsedUnit(slug: files.slug, folder: files.folder, broken: files.unreadable)
  for file in files.files {
    let shown = files.folder + "/" + file.path
    let isText = [".yaml", ".csv", ".md"].contains { file.path.hasSuffix($0) }
    guard isText else {
      parsed.others[file.path] = file.size
      continue
    }
    guard let source = SourceText.decode(file.bytes, file: shown, findings: &findings) else {
      parsed.broken.insert(file.path)
      continue
    }
    let marks = Mark.find(in: source)
    if !marks.isEmpty { parsed.marks[file.path] = marks }
    if file.path.hasSuffix(".yaml") {
      if let root = parseYAML(source, findings: &findings) {
        parsed.yaml[file.path] = root
      } else {
        parsed.broken.insert(file.path)
      }
    } else if file.path.hasSuffix(".csv") {
      if let table = parseCSV(source, findings: &findings) {
        parsed.csv[file.path] = table
      } else {
        parsed.broken.insert(file.path)
      }
    } else {
      parsed.markdown[file.path] = source
    }
  }
  return parsed
}
