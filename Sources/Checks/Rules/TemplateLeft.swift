import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 模板残留
  static let templateLeft = Check(
    "template-left", "还有模板里的提示或没有填的空",
    why: "“XX单位”“请根据实际填写”“增加  万元”都是模板没有填完：读者看到的不是本单位的情况。", references: ["NAR-15", "FRM-10"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# 概况\n\n以万元为单位，支出（万元）按表列示，百万元以上项目 1 个，增加数万元，收入万元户 3 户。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n↓XX单位负责管理。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n甲（↓请根据实际情况填写）。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n比上年↓增加 万元，主要是办公。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n甲↓（ ）乙。\n")),
    ]
  ) { context in
    let scan = context.text
    let followers = scan.wording.words(.blankFollowers)
    var findings: [Finding] = []
    var end = -1
    func report(_ range: Range<Int>, _ message: String, _ hint: String) {
      guard range.lowerBound >= end else { return }
      end = range.upperBound
      findings.append(context.notice("template-left", .error, range, message, hint: hint))
    }
    for hit in scan.hits(.hints) where scan.passage(of: hit.range).role != .code {
      report(hit.range, "“\(hit.word.text)”是模板里的提示", "写上本单位的情况，删去提示")
    }
    end = -1
    for hit in scan.hits(.blanks) {
      let passage = scan.passage(of: hit.range)
      guard passage.role != .code else { continue }
      // Part of a longer word, such as XXL, or of a rule of stars, is none.
      let before =
        hit.range.lowerBound > passage.range.lowerBound ? scan.text.scalars[hit.range.lowerBound - 1] : 0
      // 二〇〇〇年 is a year in Chinese numerals.
      guard !isLatin(before), digit(before) == nil, !isChineseNumeral(before) else { continue }
      let behind = scan.behind(hit.range.upperBound, in: passage, 12).drop {
        $0 == " " || $0 == "*" || $0 == "_"
      }
      guard let word = followers.first(where: { behind.hasPrefix($0) }) else { continue }
      report(hit.range, "“\(hit.word.text)\(word)”没有填写", "换成名称或数")
    }
    for (range, words) in scan.emptyFigures { report(range, "“\(words)”漏了数", "补上数，最好用 {{ … }} 引用表里的数") }
    end = -1
    for range in scan.emptyBrackets { report(range, "括号里是空的", "填上内容，或删去括号") }
    return findings
  }
}

extension TextScan {
  /// 增加 万元，: a unit without a number between a word that calls for one and the end of the clause.
  fileprivate var emptyFigures: [(Range<Int>, String)] {
    let words = wording.words(.figureWords).map { Array($0.unicodeScalars.map(\.value)) }
    let units = wording.words(.figureUnits).map { Array($0.unicodeScalars.map(\.value)) }
    // A handful: an array is quicker asked than a set.
    let heads = Array(Set(units.compactMap(\.first)))
    let ends = Set("，。；、,;".unicodeScalars.map(\.value))
    let scalars = text.scalars
    var found: [(Range<Int>, String)] = []
    for passage in text.passages where passage.isProse {
      let (lower, upper) = (passage.range.lowerBound, passage.range.upperBound)
      for index in passage.range where heads.contains(scalars[index]) {
        guard let unit = units.first(where: { stands($0, at: index, until: upper) }) else { continue }
        var stop = index + unit.count
        while stop < upper, isBlank(scalars[stop]) { stop += 1 }
        guard stop == upper || ends.contains(scalars[stop]) else { continue }
        var start = index
        while start > lower, isBlank(scalars[start - 1]) { start -= 1 }
        // With no blank at all 收入万元 may be a heading of a column; a lone 元 needs one, too.
        guard
          let word = words.first(where: {
            start - $0.count >= lower && stands($0, at: start - $0.count, until: start)
          })
        else { continue }
        // Before the unit there is nothing, and the clause has no other number that it could mean.
        let range = (start - word.count)..<(index + unit.count)
        guard start < index || unit.count > 1 else { continue }
        found.append((range, text.text(range)))
      }
    }
    return found
  }

  /// （ ） and “” with nothing between, but blanks.
  fileprivate var emptyBrackets: [Range<Int>] {
    let partners: [UInt32: UInt32] = [0xFF08: 0xFF09, 0x300A: 0x300B, 0x201C: 0x201D, 0x3014: 0x3015]
    let scalars = text.scalars
    var found: [Range<Int>] = []
    for passage in text.passages where passage.isProse || passage.isNarrative {
      for index in passage.range where !isHan(scalars[index]) {
        guard let closer = partners[scalars[index]] else { continue }
        var end = index + 1
        while end < passage.range.upperBound, isBlank(scalars[end]) || scalars[end] == 0x5F { end += 1 }
        if end < passage.range.upperBound, scalars[end] == closer { found.append(index..<end + 1) }
      }
    }
    return found
  }

  private func stands(_ word: [UInt32], at start: Int, until end: Int) -> Bool {
    start + word.count <= end && text.scalars[start..<start + word.count].elementsEqual(word)
  }
}

/// Whether a character is a numeral that years are written with: 二〇二四.
private func isChineseNumeral(_ scalar: UInt32) -> Bool {
  "〇零一二三四五六七八九十".unicodeScalars.contains { $0.value == scalar }
}
