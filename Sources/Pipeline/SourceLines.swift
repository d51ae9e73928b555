import Files

/// The source lines that findings show, read when they are needed.
public final class SourceLines {
  private var files: [String: [Substring]] = [:]
  private let disk: Disk

  public init(_ disk: Disk) { self.disk = disk }

  /// A line, counted from 1; nil where the file cannot be read or is shorter.
  public func line(_ file: String, _ number: Int) -> String? {
    let lines = files[file] ?? load(file)
    return number >= 1 && number <= lines.count ? String(lines[number - 1]) : nil
  }

  private func load(_ file: String) -> [Substring] {
    var text = (try? disk.read(file, limit: 16 << 20)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    files[file] = lines
    return lines
  }
}
