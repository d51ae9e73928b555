import Content
import Diagnostics
import Files
import Forms
import Site

/// Pages that are made together, such as a disclosure's page with its tables as CSV.
struct PageRecord: Sendable {
  /// Which pages: `2024/budget`, or the slug of a unit page.
  var name: String
  /// The digest of everything that the pages depend on; nil where that could not be told.
  var key: String?
  /// What inspection said of them.
  var findings: [Finding]
  /// How many pages for readers there are.
  var count: Int
  /// Where they lie in the site.
  var paths: [String]
}

/// What is remembered of a unit that was worked through: enough to do nothing while nothing has changed.
struct UnitRecord: Sendable {
  /// A file of the unit's folder; without a stamp where it might have changed unnoticed.
  struct Source: Sendable {
    var path: String
    var stamp: FileStamp?
  }

  /// The digest of what concerns every unit: program, settings, forms, theme, bags.
  var siteKey: String
  /// Empty where a part of the sources cannot be told by stamps.
  var sources: [Source]
  var summary: UnitSummary?
  /// But for those of inspection.
  var findings: [Finding]
  var pages: [PageRecord]

  /// Whether nothing that the unit's outcome depends on has changed since.
  func isCurrent(_ siteKey: String, _ tree: FileTree) -> Bool {
    guard siteKey == self.siteKey, tree.problems.isEmpty, !tree.hasTextNamedFolder, !sources.isEmpty,
      tree.files.count == sources.count
    else { return false }
    return zip(tree.files, sources).allSatisfy { file, source in
      guard let stamp = source.stamp, file.stamp == stamp else { return false }
      return Path.sameBytes(file.path, source.path)
    }
  }

  func page(_ name: String) -> PageRecord? { pages.first { $0.name == name } }
}

extension FileTree {
  /// A folder where a text file should be is a fault of its own.
  var hasTextNamedFolder: Bool { folders.contains { Reader.isText($0) } }
}

/// The files that pages were written to, by the key under which they were made.
struct WrittenPages: Sendable {
  var name: String
  var key: String
  var files: [OutputFile]
}

// MARK: Coding

/// The order of fields in all records; a record of another form is no record.
private let recordForm = "gongkai-record-1"

extension PageRecord {
  fileprivate func write(to writer: inout RecordWriter) {
    writer.write(name)
    writer.write(key)
    writer.write(findings)
    writer.write(count)
    writer.write(paths) { $0.write($1) }
  }

  fileprivate init(from reader: inout RecordReader) throws(RecordReader.Mismatch) {
    name = try reader.text()
    key = try reader.optionalText()
    findings = try reader.findings()
    count = try reader.integer()
    paths = try reader.list { reader throws(RecordReader.Mismatch) in try reader.text() }
  }
}

extension UnitRecord {
  func bytes(of slug: String) -> [UInt8] {
    var writer = RecordWriter()
    writer.write(recordForm)
    writer.write(slug)
    writer.write(siteKey)
    writer.write(sources) { writer, source in
      writer.write(source.path)
      writer.write(source.stamp) { $0.write($1) }
    }
    writer.write(summary) { $0.write($1) }
    writer.write(findings)
    writer.write(pages) { $1.write(to: &$0) }
    return writer.bytes
  }

  init?(_ bytes: [UInt8]?, of slug: String, kinds: [Kind]) {
    guard let bytes else { return nil }
    var reader = RecordReader(bytes)
    do throws(RecordReader.Mismatch) {
      guard try reader.text() == recordForm, try reader.text() == slug else { return nil }
      siteKey = try reader.text()
      sources = try reader.list { reader throws(RecordReader.Mismatch) in
        Source(
          path: try reader.text(),
          stamp: try reader.optional { reader throws(RecordReader.Mismatch) in try reader.stamp() })
      }
      summary = try reader.optional { reader throws(RecordReader.Mismatch) in try reader.summary(kinds) }
      findings = try reader.findings()
      pages = try reader.list { reader throws(RecordReader.Mismatch) in try PageRecord(from: &reader) }
      guard reader.isAtEnd else { return nil }
    } catch {
      return nil
    }
  }
}

/// All pages written of one unit, or of the site as a whole.
enum WrittenRecord {
  static func bytes(_ pages: [WrittenPages], of slug: String) -> [UInt8] {
    var writer = RecordWriter()
    writer.write(recordForm)
    writer.write(slug)
    writer.write(pages) { writer, pages in
      writer.write(pages.name)
      writer.write(pages.key)
      writer.write(pages.files) { $0.write($1) }
    }
    return writer.bytes
  }

  static func pages(_ bytes: [UInt8]?, of slug: String) -> [WrittenPages] {
    guard let bytes else { return [] }
    var reader = RecordReader(bytes)
    do throws(RecordReader.Mismatch) {
      guard try reader.text() == recordForm, try reader.text() == slug else { return [] }
      let pages = try reader.list { reader throws(RecordReader.Mismatch) in
        WrittenPages(
          name: try reader.text(), key: try reader.text(),
          files: try reader.list { reader throws(RecordReader.Mismatch) in try reader.outputFile() })
      }
      return reader.isAtEnd ? pages : []
    } catch {
      return []
    }
  }
}
