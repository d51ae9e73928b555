import Fiscal
import Forms
import Parsing

/// The columns of one of two classifications whose codes stand side by side.
struct DraftPair {
  var code: Int
  /// The column of its names, where it has one of its own.
  var name: Int?
  var classification: String
}

/// Where a table has its codes: in one column, in one for each level, before the names, or in pairs.
extension DraftPanel {
  /// The lengths of codes: 类, 款, 项, and what localities divide further.
  private static let lengths: Set = [3, 5, 7, 9, 11]

  // MARK: Codes before names

  /// Finds codes that stand before names in one cell: `[2010101]行政运行`, `2010101 行政运行`, `2010101-行政运行`.
  ///
  /// - Returns: Whether that cell is the column of codes, with names beside it as well.
  mutating func findLeadingCodes(_ guesses: [GuessedColumn], in csv: CSVTable, _ library: FormLibrary) -> Bool
  {
    guard let label, guesses[label].contents == .words else { return false }
    let texts = csv.rows.map { $0[columns[label].index].text.trimmingBlanks }
      .filter { !$0.isEmpty && !titleSaysTotal($0) }
    var best: (count: Int, list: Classification, leading: [LeadingCode])?
    for id in library.facts.classifications {
      let list = library.classification(id)
      let leading = texts.compactMap { LeadingCode($0, in: [list]) }
      if leading.count > best?.count ?? 0 { best = (leading.count, list, leading) }
    }
    // A total may have another name, and a few lines be without a code.
    guard let best, best.count * 4 >= texts.count * 3 else { return false }
    led = best.list
    let next = label + 1
    let isTitled = ["编码", "代码", "编号"].contains { columns[label].title.contains($0) }
    guard isTitled || best.leading.contains(where: \.name.isEmpty), columns.indices.contains(next),
      columns[next].type == .text, guesses[next].contents == .words, guesses[next].isFilled
    else { return false }
    codeColumns = [label]
    self.label = next
    return true
  }

  // MARK: Columns of codes

  /// The columns of codes before the names: one, or one for each level.
  func codes(among guesses: [GuessedColumn]) -> [Int] {
    let first = guesses.indices.filter { index in
      index < (label ?? 0)
        && (guesses[index].contents == .codes
          // 类、款、项 are printed even where nothing is as deep.
          || !guesses[index].isFilled && ["款", "项"].contains(normalizedName(columns[index].title)))
    }
    let sizes = first.map { index in
      Set(records.map { $0.cells[index].text }.filter { $0.utf8.allSatisfy(\.isDigit) }.map(\.utf8.count))
        .subtracting([0])
    }
    guard let start = sizes.firstIndex(where: { !$0.isEmpty && $0.isSubset(of: Self.lengths) }) else {
      return []
    }
    guard sizes[start] == [3] else { return [first[start]] }
    var end = start
    for (level, size) in sizes[(start + 1)...].prefix(3).enumerated() {
      let isNext = first[start + level + 1] == first[end] + 1
      // The last part of a code, or the whole of it.
      guard isNext, size.isSubset(of: [1, 2]) || size == [5 + 2 * level] else { break }
      end = start + level + 1
    }
    guard sizes[start...end].dropFirst().contains(where: { !$0.isEmpty }) else { return [first[start]] }
    return Array(first[start...end])
  }

  mutating func joinCodes() {
    guard let last = codeColumns.indices.last else {
      guard let led, let label else { return }
      for index in records.indices {
        records[index].code = LeadingCode(records[index].cells[label].text, in: [led])?.code
      }
      return
    }
    var above = codeColumns.map { _ in "" }
    for index in records.indices {
      let parts = codeColumns.map { records[index].cells[$0].text }
      if let led, last == 0 {
        records[index].code = LeadingCode(parts[0], in: [led])?.code
        continue
      }
      guard let deepest = parts.lastIndex(where: { !$0.isEmpty }),
        parts.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) })
      else { continue }
      if deepest > 0, parts[deepest].utf8.count == 3 + 2 * deepest {
        let whole = parts[deepest]
        for level in 0...last {
          above[level] =
            level > deepest
            ? "" : String(level == 0 ? whole.prefix(3) : whole.dropFirst(1 + 2 * level).prefix(2))
        }
      } else {
        for level in 0...last {
          if level > deepest {
            above[level] = ""
          } else if !parts[level].isEmpty {
            above[level] = parts[level].utf8.count == 1 ? "0" + parts[level] : parts[level]
          }
        }
      }
      let code = above.joined()
      if !code.isEmpty { records[index].code = code }
    }
  }

  /// The classification that most codes are of, also those that a locality divides further.
  func classification(of codes: [String], _ library: FormLibrary, _ ids: [String]) -> String? {
    let known = ids.map { id in
      let list = library.classification(id)
      return (id, codes.count { list.name(of: $0) != nil || list.isLocalDetail($0) })
    }
    guard let best = known.max(by: { $0.1 < $1.1 }), best.1 > 0, best.1 * 2 >= codes.count else { return nil }
    return best.0
  }

  // MARK: Pairs of codes

  /// The columns of two classifications whose codes stand side by side; empty where there are no two.
  func pairs(among guesses: [GuessedColumn], _ library: FormLibrary) -> [DraftPair] {
    guard !isSpread, !isLed else { return [] }
    var found: [DraftPair] = []
    for index in guesses.indices where guesses[index].contents == .codes {
      let codes = records.map { $0.cells[index].text }.filter { !$0.isEmpty && $0.utf8.allSatisfy(\.isDigit) }
      guard !codes.isEmpty, codes.allSatisfy({ Self.lengths.contains($0.utf8.count) }),
        let id = classification(of: codes, library, library.facts.classifications)
      else { continue }
      let next = index + 1
      let isNamed =
        columns.indices.contains(next) && columns[next].type == .text && guesses[next].contents == .words
      found.append(DraftPair(code: index, name: isNamed ? next : nil, classification: id))
    }
    return found.count == 2 && found[0].classification != found[1].classification ? found : []
  }

  mutating func joinPairs() {
    guard !pairs.isEmpty else { return }
    for index in records.indices {
      let codes = pairs.map { records[index].cells[$0.code].text }
        .map { $0.utf8.allSatisfy(\.isDigit) ? $0 : "" }
      let pair = RowBinder.CodePair(codes: codes)
      records[index].pair = pair.text == nil ? nil : pair
    }
  }

  /// The lines of the rows of pairs that lie below no other.
  var outermostPairs: Set<Int> {
    var open: [RowBinder.CodePair] = []
    var lines: Set<Int> = []
    for record in records {
      guard let pair = record.pair else { continue }
      while let last = open.last, !pair.lies(below: last) { open.removeLast() }
      if open.isEmpty { lines.insert(record.line) }
      open.append(pair)
    }
    return lines
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (48...57).contains(self) }
}
