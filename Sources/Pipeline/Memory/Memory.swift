import Diagnostics
import Files
import Forms
import Site

/// What builds remember between runs, in `.gongkai/`: never trusted over content, safe to delete at any time.
///
/// What was found out of a unit (`checked/`) holds for every output; which files its pages were written to
/// (`written/`) is kept for each output by itself.
struct Memory: Sendable {
  private let checked: RecordFolder
  private let written: RecordFolder?
  /// What the file system takes for the moment at which this run began to read.
  let start: FileStamp

  /// nil where nothing can be kept.
  ///
  /// - Parameter output: The real path of the output; nil where nothing is written.
  init?(in folder: String, output: String?) {
    checked = RecordFolder(Path.join(folder, "checked"))
    if let output {
      guard let digest = try? sha256(Array(output.utf8)) else { return nil }
      written = RecordFolder(Path.join(folder, "written", String(digest.prefix(16))))
    } else {
      written = nil
    }
    guard let start = checked.present() else { return nil }
    self.start = start
  }

  func unit(_ slug: String, kinds: [Kind]) -> UnitRecord? {
    UnitRecord(checked.load(slug), of: slug, kinds: kinds)
  }

  /// What an earlier build found out of a unit, read and nothing more.
  static func unit(_ slug: String, in folder: String?, kinds: [Kind]) -> UnitRecord? {
    guard let folder else { return nil }
    return UnitRecord(RecordFolder(Path.join(folder, "checked")).load(slug), of: slug, kinds: kinds)
  }

  func save(_ record: UnitRecord, of slug: String) { checked.save(record.bytes(of: slug), as: slug) }

  func writtenPages(_ slug: String) -> [WrittenPages] { WrittenRecord.pages(written?.load(slug), of: slug) }

  func save(_ pages: [WrittenPages], of slug: String) {
    written?.save(WrittenRecord.bytes(pages, of: slug), as: slug)
  }

  /// Forgets units that are gone.
  func keepOnly(_ slugs: [String]) {
    let names = Set(slugs + [Self.site])
    checked.keepOnly(names)
    written?.keepOnly(names)
  }

  /// The name of the record of what belongs to no unit; no unit's folder can be called so.
  static let site = "+site"
}

/// The digest of several parts, each told from its neighbours.
func digestKey(_ parts: [String]) -> String? {
  var writer = RecordWriter()
  for part in parts { writer.write(part) }
  return try? sha256(writer.bytes)
}
