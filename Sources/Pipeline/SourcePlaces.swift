import Checks
import Content
import Diagnostics
import Parsing

/// Moves places of findings about words into their lines.
///
/// A word within a folded or quoted text is counted from where the text begins; the file may hold the text otherwise.
func placedInLines(_ findings: [Finding], of files: UnitFiles) -> [Finding] {
  let ofWords = Set(Check.ofWords.map(\.id))
  var known: [String: [Int]] = [:]
  return findings.map { finding in
    guard ofWords.contains(finding.id), finding.place.line > 0 else { return finding }
    let lengths: [Int]
    if let lines = known[finding.place.file] {
      lengths = lines
    } else {
      lengths = lineLengths(of: finding.place.file, in: files)
      known[finding.place.file] = lengths
    }
    guard !lengths.isEmpty else { return finding }
    var finding = finding
    finding.place.line = min(finding.place.line, lengths.count)
    let length = lengths[finding.place.line - 1]
    finding.place.column = max(1, min(finding.place.column, length))
    finding.place.length = max(1, min(finding.place.length, length - finding.place.column + 1))
    return finding
  }
}

/// How many scalars the lines of a file have.
private func lineLengths(of path: String, in files: UnitFiles) -> [Int] {
  guard let file = files.files.first(where: { files.folder + "/" + $0.path == path }) else { return [] }
  var unused: [Finding] = []
  guard let source = SourceText.decode(file.bytes, file: path, findings: &unused) else { return [] }
  return source.lines.map(\.unicodeScalars.count)
}
