import Content
import Diagnostics
import Forms

extension Check {
  /// 车牌和坐标
  static let vehicleOrPosition = Check(
    "vehicle-or-position", .warning, "印出了车牌号或精确坐标",
    why: "车牌号指向具体的车和人，精确坐标指向具体的房屋；公开数量、用途就够了。没有豁免时，网页上以●代替。", references: ["PRV-06"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# 概况\n\n有公务用车 1 辆，湘江新区在东经 112 度附近，执行新GB3095标准。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n公务用车 1 辆（↓湘A·12345）。\n")),
      .fails(
        exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n监测点位于↓东经112.93881度。\n")),
    ]
  ) { context in
    let scan = context.text
    let positions = scan.hits(.coordinateWords).compactMap { hit -> Finding? in
      guard let range = precisePosition(behind: hit, in: scan) else { return nil }
      return context.secretFinding(
        "vehicle-or-position", .warning, range, "这里有精确的坐标", hint: "写到乡镇、街道；确需公开的写豁免")
    }
    let plates = plates(in: scan).map { range in
      context.secretFinding(
        "vehicle-or-position", .warning, range, "这里有车牌号 \(context.masked(range))", hint: "写车辆数和用途，不写车牌号")
    }
    return positions + plates
  }
}

private func precisePosition(behind hit: WordFinder.Hit, in scan: TextScan) -> Range<Int>? {
  let passage = scan.passage(of: hit.range)
  let scalars = scan.text.scalars
  var index = hit.range.upperBound
  var decimals: Int?
  var hasSeconds = false
  while index < passage.range.upperBound, index - hit.range.upperBound < 24 {
    let scalar = scalars[index]
    if digit(scalar) != nil {
      decimals = decimals.map { $0 + 1 }
    } else if scalar == 0x2E {
      decimals = 0
    } else if scalar == 0x2033 || scalar == 0x22 || scalar == 0x79D2 {
      hasSeconds = true
    } else if !(isBlank(scalar) || [0xB0, 0x2032, 0x27, 0x5EA6, 0x5206, 0xFF1A, 0x3A].contains(scalar)) {
      break
    }
    index += 1
  }
  return hasSeconds || decimals.map { $0 >= 3 } == true ? hit.range.lowerBound..<index : nil
}

/// `湘A·12345`: the short name of a province, a letter, and five or six letters and digits with a digit among them.
private func plates(in scan: TextScan) -> [Range<Int>] {
  let heads = Set(scan.wording.words(.plateHeads).compactMap { $0.unicodeScalars.first?.value })
  guard !heads.isEmpty else { return [] }
  let scalars = scan.text.scalars
  func isCapital(_ scalar: UInt32) -> Bool { (0x41...0x5A).contains(scalar) }
  var plates: [Range<Int>] = []
  for passage in scan.text.passages where passage.range.count >= 7 {
    for start in passage.range.lowerBound..<(passage.range.upperBound - 6)
    where isCapital(scalars[start + 1]) && heads.contains(scalars[start]) {
      var index = start + 2
      let isDotted = [0xB7, 0x2022, 0x30FB, 0x2D].contains(scalars[index])
      if isDotted { index += 1 }
      let body = index
      while index < passage.range.upperBound, index - body < 7,
        isCapital(scalars[index]) || (0x30...0x39).contains(scalars[index])
      {
        index += 1
      }
      let digits = scalars[body..<index].count { (0x30...0x39).contains($0) }
      // 新GB3095标准: two letters of a standard (GB, DB, HJ …) and its number look like one.
      let isStandard = !isDotted && isCapital(scalars[body])
      if (5...6).contains(index - body), digits >= 3, !isStandard { plates.append(start..<index) }
    }
  }
  return plates
}
