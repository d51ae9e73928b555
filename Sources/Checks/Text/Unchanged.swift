import Content
import Diagnostics
import Fiscal

/// 持平, 与上年相同: what is said not to have changed.
extension TextReading {
  /// What is said to be 持平 while the tables have two figures.
  func levelFaults() -> [Finding] {
    passages.indices.flatMap { passage in
      sentences[passage].flatMap { sentence -> [Finding] in
        levelPlaces(in: sentence, of: passage).compactMap { levelFault($0, in: sentence, of: passage) }
      }
    }
  }

  private func levelPlaces(in sentence: Range<Int>, of passage: Int) -> [Range<Int>] {
    guard !passages[passage].isHeading else { return [] }
    var found: [Range<Int>] = []
    for words in [Array("持平".unicodeScalars), Array("与上年相同".unicodeScalars), Array("与上年一致".unicodeScalars)] {
      var place = sentence.lowerBound
      while place + words.count <= sentence.upperBound {
        let range = place..<place + words.count
        if passages[passage].has(words, at: place), !passages[passage].isComputed(range),
          !isApproximate(place, passage)
        {
          found.append(range)
        }
        place += 1
      }
    }
    return found
  }

  /// 基本持平: nearly as much.
  private func isApproximate(_ place: Int, _ passage: Int) -> Bool {
    let before = passages[passage].text(max(0, place - 4)..<place)
    return ["基本", "大体", "大致", "总体", "接近", "略", "几乎", "大约"].contains { before.contains($0) }
  }

  private func levelFault(_ words: Range<Int>, in sentence: Range<Int>, of passage: Int) -> Finding? {
    settle(passage)
    let before = tiesOfPassage[passage].last { ties[$0].clause.number.range.upperBound <= words.lowerBound }
    guard let before, sentence.contains(ties[before].clause.number.range.lowerBound) else { return nil }
    let between = ties[before].clause.number.range.upperBound..<words.lowerBound
    guard self.words[passage].content(in: between).isEmpty,
      !passages[passage].scalars[between].contains("；"), case .level = ties[before].clause.role,
      !ties[before].clause.isBase, ties[before].clause.yearOffset ?? sentenceYear(of: before) == 0,
      let cell = ties[before].cell
    else { return nil }
    let offset = readers[passage].yearOffset(in: between.lowerBound..<words.upperBound, without: nil) ?? -1
    let bases = bases(
      of: cell, TextBaseline(range: between.lowerBound..<words.upperBound, yearOffset: offset), in: passage)
    guard let base = bases.first(where: { !$0.isOpen }),
      !bases.contains(where: { $0.cell.value == cell.value })
    else { return nil }
    return Finding(
      "text-change-differs", base.isOfLastYear ? .warning : .error,
      at: passages[passage].place(words, in: file),
      "正文写“\(passages[passage].text(words))”，而表里由 \(shown(base.cell)) 变为 \(shown(cell))",
      hint: "写明增减额，或核对两年的数",
      notes: [note(cell), note(base)], subject: subject(cell))
  }
}
