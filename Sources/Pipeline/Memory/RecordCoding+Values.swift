import Content
import Diagnostics
import Files
import Forms
import Site

/// How the values of the pipeline stand in records: field after field, in the order of their declarations.
extension RecordWriter {
  mutating func write(_ place: Place) {
    write(place.file)
    write(place.line)
    write(place.column)
    write(place.length)
  }

  mutating func write(_ subject: Subject) {
    write(subject.unit)
    write(subject.year) { $0.write($1) }
    write(subject.kind)
    write(subject.table)
    write(subject.row)
    write(subject.column)
  }

  mutating func write(_ finding: Finding) {
    write(finding.id)
    write(finding.severity.rawValue)
    write(finding.place)
    write(finding.message)
    write(finding.hint)
    write(finding.notes) { writer, note in
      writer.write(note.message)
      writer.write(note.place) { $0.write($1) }
      writer.write(note.id)
    }
    write(finding.subject)
    write(finding.waived)
    write(finding.secrets) { $0.write($1) }
  }

  mutating func write(_ findings: [Finding]) { write(findings) { $0.write($1) } }

  mutating func write(_ unit: Unit) {
    write(unit.slug)
    write(unit.name)
    write(unit.shortName)
    write(unit.region) { $0.write($1) }
    write(unit.department)
    write(unit.code)
    write(unit.contact)
    write(unit.description)
    write(unit.place)
  }

  mutating func write(_ document: UnitSummary.Document) {
    write(document.year)
    write(document.kind.id)
    write(document.title)
    write(document.path)
    write(document.published)
    write(document.approved)
    write(document.written)
    write(document.indexNumber)
    write(document.keyFacts) { writer, fact in
      writer.write(fact.title)
      writer.write(fact.text)
    }
    write(document.tables)
    write(document.figures)
    write(document.heldReason)
    write(document.place)
    write(document.archive) { writer, archive in
      writer.write(archive.name)
      writer.write(archive.listPath)
    }
  }

  mutating func write(_ summary: UnitSummary) {
    write(summary.unit)
    write(summary.documents) { $0.write($1) }
  }

  mutating func write(_ stamp: FileStamp) {
    write(UInt64(bitPattern: stamp.size))
    write(UInt64(bitPattern: stamp.modified))
    write(UInt64(bitPattern: stamp.changed))
    write(stamp.inode)
  }

  mutating func write(_ file: OutputFile) {
    write(file.path)
    write(file.stamp)
  }
}

extension RecordReader {
  mutating func place() throws(Mismatch) -> Place {
    Place(file: try text(), line: try integer(), column: try integer(), length: try integer())
  }

  mutating func subject() throws(Mismatch) -> Subject {
    Subject(
      unit: try optionalText(), year: try optional { reader throws(Mismatch) in try reader.integer() },
      kind: try optionalText(), table: try optionalText(), row: try optionalText(),
      column: try optionalText())
  }

  mutating func finding() throws(Mismatch) -> Finding {
    let id = try text()
    guard let severity = Severity(rawValue: try integer()) else { throw Mismatch() }
    let place = try place()
    let message = try text()
    let hint = try optionalText()
    let notes = try list { reader throws(Mismatch) in
      Finding.Note(
        try reader.text(), at: try reader.optional { reader throws(Mismatch) in try reader.place() },
        id: try reader.optionalText())
    }
    var finding = Finding(
      id, severity, at: place, message, hint: hint, notes: notes, subject: try subject())
    finding.waived = try optionalText()
    finding.secrets = try list { reader throws(Mismatch) in try reader.place() }
    return finding
  }

  mutating func findings() throws(Mismatch) -> [Finding] {
    try list { reader throws(Mismatch) in try reader.finding() }
  }

  mutating func unit() throws(Mismatch) -> Unit {
    Unit(
      slug: try text(), name: try text(), shortName: try text(),
      region: try list { reader throws(Mismatch) in try reader.text() }, department: try optionalText(),
      code: try optionalText(), contact: try optionalText(), description: try optionalText(),
      place: try place())
  }

  mutating func document(_ kinds: [Kind]) throws(Mismatch) -> UnitSummary.Document {
    let year = try integer()
    let id = try text()
    guard let kind = kinds.first(where: { $0.id == id }) else { throw Mismatch() }
    return UnitSummary.Document(
      year: year, kind: kind, title: try text(), path: try text(), published: try optionalText(),
      approved: try optionalText(), written: try optionalText(), indexNumber: try optionalText(),
      keyFacts: try list { reader throws(Mismatch) in
        KeyFact(title: try reader.text(), text: try reader.text())
      },
      tables: try integer(), figures: try integer(), heldReason: try optionalText(), place: try place(),
      archive: try optional { reader throws(Mismatch) in
        UnitSummary.Archive(name: try reader.text(), listPath: try reader.text())
      })
  }

  mutating func summary(_ kinds: [Kind]) throws(Mismatch) -> UnitSummary {
    UnitSummary(
      unit: try unit(), documents: try list { reader throws(Mismatch) in try reader.document(kinds) })
  }

  mutating func stamp() throws(Mismatch) -> FileStamp {
    FileStamp(
      size: Int64(bitPattern: try number()), modified: Int64(bitPattern: try number()),
      changed: Int64(bitPattern: try number()), inode: try number())
  }

  mutating func outputFile() throws(Mismatch) -> OutputFile {
    OutputFile(path: try text(), stamp: try stamp())
  }
}
