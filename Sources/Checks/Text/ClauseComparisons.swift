import Fiscal

/// What a number is compared with: 比上年, 与 2021 年度相比, 由 10 万元减少到.
extension ClauseReader {
  /// 与 2021 年度相比，收入总计减少……: the comparison of the clause before.
  func baselineBefore(_ near: Range<Int>, after last: Int) -> TextBaseline? {
    guard near.lowerBound > last, passage.scalars[near.lowerBound - 1] == "，" else { return nil }
    let end = near.lowerBound - 1
    var start = end
    while start > last, !isClauseEnd(passage.scalars[start - 1]) { start -= 1 }
    guard start < end, find(["相", "比"], in: start..<end) != nil || find(["比", "较"], in: start..<end) != nil,
      let found = baseline(in: start..<end), found.range.lowerBound - start <= 2, found.yearOffset != nil
    else { return nil }
    return found
  }

  /// 由 10 万元减少到: what something was before.
  func isStartOfChange(_ number: TextNumber, _ near: Range<Int>) -> Bool {
    guard find(["由"], in: near) != nil || find(["从"], in: near) != nil else { return false }
    let end = number.range.upperBound
    let behind = passage.text(end..<min(passage.scalars.count, end + 4))
    guard let first = behind.first, "增减降升提调上下压变".contains(first) else { return false }
    return behind.contains("到") || behind.contains("至") || behind.contains("为")
  }

  /// Where 比上年, 较 2019 年的 or 与上年 begins; 占比, 比例 and the 与 within a name begin no comparison.
  func baseStart(in near: Range<Int>) -> Int? {
    near.first { place in
      let next: Unicode.Scalar? = place + 1 < near.upperBound ? passage.scalars[place + 1] : nil
      let last: Unicode.Scalar? = place > 0 ? passage.scalars[place - 1] : nil
      switch passage.scalars[place] {
      case "比", "较":
        if let last, "占同相对环百".unicodeScalars.contains(last) { return false }
        return next.map { !"例重率值大为好多少高低".unicodeScalars.contains($0) } ?? false
      case "与":
        return ["上年", "去年", "年初", "预算"].contains { passage.has(Array($0.unicodeScalars), at: place + 1) }
          || years.contains { $0.range.lowerBound == place + 1 }
      default: return false
      }
    }
  }

  /// Whether 与 compares, rather than joining two words of a name (文化旅游体育与传媒支出).
  private func isComparing(_ place: Int, in near: Range<Int>) -> Bool {
    if years.contains(where: { $0.range.lowerBound == place + 1 }) { return true }
    if ["上", "去", "年初", "预算", "决算", "同期", "往年"].contains(where: {
      passage.has(Array($0.unicodeScalars), at: place + 1)
    }) {
      return true
    }
    let behind = passage.text(place..<near.upperBound)
    return ["相比", "比较", "持平", "相同", "一致", "对比"].contains { behind.contains($0) }
  }

  /// 比上年, 与 2023 年预算相比, 较年初预算, 大于预算数.
  func baseline(in near: Range<Int>) -> TextBaseline? {
    var start: Int?
    for words in baselineStarts {
      guard let place = find(words, in: near) else { continue }
      let before: Unicode.Scalar = place.lowerBound > 0 ? passage.scalars[place.lowerBound - 1] : "。"
      // 与上年相比 begins with 与.
      if words == ["比"] || words == ["较"], "相对比".unicodeScalars.contains(before) { continue }
      if words != ["与"] || isComparing(place.lowerBound, in: near) {
        start = max(start ?? -1, place.lowerBound)
      }
    }
    guard let start else { return nil }
    let range = start..<near.upperBound
    var end = range.upperBound
    for (words, _) in directionWords {
      if let place = find(words, in: range), place.lowerBound > start { end = min(end, place.lowerBound) }
    }
    return TextBaseline(range: start..<max(end, start + 1), yearOffset: yearOffset(in: range, without: nil))
  }
}

private let baselineStarts: [[Unicode.Scalar]] = ["比", "较", "与", "同比"].map { Array($0.unicodeScalars) }
