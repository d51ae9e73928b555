import Content

/// A narrative with its formulas typed out: what each formula gave is then right beyond doubt.
struct TypedNarrative {
  /// What a formula gave; columns count from 0.
  struct Span {
    var line: Int
    var columns: Range<Int>
    var formula: String

    /// Whether it is a difference of two figures, which in its last place may be off by their rounding.
    var isDifference: Bool { formula.hasPrefix("增减") || formula.contains(" - ") }

    /// What only extra figures say no table holds against the text.
    var proof: Mutant.Proof {
      let reads = formula.split(separator: "[").dropLast()
      return !reads.isEmpty && reads.allSatisfy { $0.hasSuffix("数据") } ? .unknown : .certain
    }
  }

  var text: String
  var spans: [Span] = []

  init?(_ source: String, _ narrative: Narrative) {
    var rest = Array(source.unicodeScalars)[...]
    var written: [Unicode.Scalar] = []
    var (line, lineStart, index) = (0, 0, 0)
    func isPair(_ at: Int, _ scalar: Unicode.Scalar) -> Bool {
      at + 1 < rest.endIndex && rest[at] == scalar && rest[at + 1] == scalar
    }
    while let scalar = rest.first {
      guard isPair(rest.startIndex, "{"), let end = rest.indices.first(where: { isPair($0, "}") }) else {
        written.append(scalar)
        if scalar == "\n" {
          line += 1
          lineStart = written.count
        }
        rest.removeFirst()
        continue
      }
      let whole = rest[rest.startIndex...(end + 1)]
      rest = rest[(end + 2)...]
      defer { index += 1 }
      guard narrative.insertions.indices.contains(index), case .text(let text) = narrative.insertions[index]
      else {
        written.append(contentsOf: whole)
        continue
      }
      let start = written.count - lineStart
      written.append(contentsOf: text.unicodeScalars)
      spans.append(
        Span(
          line: line, columns: start..<(written.count - lineStart),
          formula: narrative.document.placeholders.indices.contains(index)
            ? narrative.document.placeholders[index].text : ""))
    }
    guard index == narrative.insertions.count else { return nil }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: written)
    self.text = String(view)
  }
}

extension TypedNarrative {
  private var lines: [[Unicode.Scalar]] {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
  }

  /// Every change of its words and numbers.
  func mutants(in path: String, year: Int) -> [Mutant] {
    let lines = lines
    return spans.flatMap { numbers(in: $0, lines, path) + directions(in: $0, lines, path) }
      + years(lines, path, year) + telephones(lines, path)
  }

  private func mutant(
    _ kind: Mutant.Kind, _ path: String, _ line: Int, _ columns: Range<Int>, _ text: String, _ words: String,
    _ proof: Mutant.Proof = .certain
  ) -> Mutant {
    Mutant(
      kind: kind, path: path,
      edit: .replace(line: line, column: columns.lowerBound, length: columns.count, with: text), proof: proof,
      line: line + 1, words: words)
  }

  private func numbers(in span: Span, _ lines: [[Unicode.Scalar]], _ path: String) -> [Mutant] {
    let line = lines[span.line]
    var found: [Mutant] = []
    var start = span.columns.lowerBound
    func isDigit(_ at: Int) -> Bool { ("0"..."9").contains(line[at]) }
    while start < span.columns.upperBound {
      guard isDigit(start) else {
        start += 1
        continue
      }
      var end = start
      while end < span.columns.upperBound, isDigit(end) || line[end] == "." || line[end] == "," { end += 1 }
      while end > start, !isDigit(end - 1) { end -= 1 }
      let old = Array(line[start..<end])
      // A formula may also print the year that it compares with.
      if end < line.count, line[end] == "年" {
        start = end
        continue
      }
      let isPercentage = end < line.count && line[end] == "%"
      func note(_ kind: Mutant.Kind, at place: Int, _ digit: UInt32) {
        guard let scalar = Unicode.Scalar(0x30 + digit) else { return }
        let text = String(String.UnicodeScalarView([scalar]))
        found.append(
          mutant(
            kind, path, span.line, (start + place)..<(start + place + 1), text,
            "\(path):\(span.line + 1) \(String(String.UnicodeScalarView(old))) 的第 \(place + 1) 字改为 \(text)（\(span.formula)）",
            kind == .textLastPlace && span.isDifference ? .unknown : span.proof))
      }
      if let first = old.firstIndex(where: { ("1"..."9").contains($0) }) {
        note(isPercentage ? .textPercentage : .textNumber, at: first, (old[first].value - 0x30) % 9 + 1)
      }
      if !isPercentage, let last = old.indices.last {
        note(.textLastPlace, at: last, (old[last].value - 0x30 + 1) % 10)
      }
      start = end
    }
    return found
  }

  private static let opposites = ["增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"]

  private func directions(in span: Span, _ lines: [[Unicode.Scalar]], _ path: String) -> [Mutant] {
    let line = lines[span.line]
    return span.columns.dropLast().compactMap { column in
      guard column + 2 <= line.count else { return nil }
      let word = String(String.UnicodeScalarView(line[column..<(column + 2)]))
      return Self.opposites[word].map {
        mutant(
          .direction, path, span.line, column..<(column + 2), $0, "\(path):\(span.line + 1) \(word) → \($0)",
          span.proof)
      }
    }
  }

  /// This year and last year, wherever they stand outside of what formulas gave.
  private func years(_ lines: [[Unicode.Scalar]], _ path: String, _ year: Int) -> [Mutant] {
    var found: [Mutant] = []
    for (number, line) in lines.enumerated() {
      for column in line.indices.dropLast(4) where line[column] == "2" {
        let digits = line[column..<(column + 4)]
        guard let stated = Int(String(String.UnicodeScalarView(digits))), (year - 1...year).contains(stated),
          line[column + 4] == "年" || line[column + 4] == " " && line.dropFirst(column + 5).first == "年",
          column == 0 || !("0"..."9").contains(line[column - 1]),
          !spans.contains(where: { $0.line == number && $0.columns.contains(column) }),
          // Within a formula that stays one, a year is no text.
          !isInFormula(column, line)
        else { continue }
        func note(_ kind: Mutant.Kind, _ new: Int, _ proof: Mutant.Proof) {
          found.append(
            mutant(
              kind, path, number, column..<(column + 4), "\(new)",
              "\(path):\(number + 1) \(stated)年 → \(new)年", proof))
        }
        let end = line[column...].firstIndex { "，。；：,;".unicodeScalars.contains($0) } ?? line.endIndex
        let saysFigure = spans.contains {
          $0.line == number && (column..<end).contains($0.columns.lowerBound)
        }
        let proof: Mutant.Proof = saysFigure || line.first == "#" ? .certain : .unknown
        note(.year, stated - 10, proof)
        note(.nearYear, stated == year ? year - 1 : year, proof)
      }
    }
    return found
  }

  private func isInFormula(_ column: Int, _ line: [Unicode.Scalar]) -> Bool {
    let before = line[..<column]
    return before.count { $0 == "{" } > before.count { $0 == "}" }
  }

  /// A number behind every paragraph.
  private func telephones(_ lines: [[Unicode.Scalar]], _ path: String) -> [Mutant] {
    lines.indices.compactMap { number in
      let line = lines[number]
      guard let first = line.first, !"#|{-*>".unicodeScalars.contains(first), line.last == "。" else {
        return nil
      }
      let text = "联系人电话13800138" + "00\(number % 10)。"
      return mutant(.telephone, path, number, line.count..<line.count, text, "\(path):\(number + 1) 加了手机号")
    }
  }
}
