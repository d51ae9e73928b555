import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 正文里的科目代码与表不符
  static let codeNameDiffers = Check(
    "code-name-differs", "正文里科目的编码与名称，和表里不同",
    why: "正文写“2012901 行政运行”，编码和名称要与表里的一致；编码抄错一位，就是另一个科目。只看表里有的编码。", references: ["COD-07"],
    examples: [
      .passes(
        exampleFunctions, exampleFunctionsTable,
        ("narrative.md", "# 概况\n\n群众团体事务（20129）10.00 万元，20129 群众团体事务，是20129款下的支出。\n")),
      .fails(
        exampleFunctions, exampleFunctionsTable, ("narrative.md", "# 概况\n\n↓20129 社会保障 10.00 万元。\n")),
    ]
  ) { context in
    let scan = context.text
    guard context.disclosure.narrative != nil else { return [] }
    var names: [String: Set<String>] = [:]
    for table in context.disclosure.tables where !table.form.isAsWritten {
      for filled in table.panels where filled.panel.leaves.contains(where: { $0.type == .code }) {
        for row in filled.rows {
          guard let code = row.code, code.utf8.count >= 5 else { continue }
          names[code, default: []].insert(normalizedName(row.title))
        }
      }
    }
    guard !names.isEmpty else { return [] }
    return scan.text.passages.filter(\.isProse).flatMap { passage -> [Finding] in
      scan.codes(in: passage).compactMap { range -> Finding? in
        guard let known = names[scan.text.text(range)], let name = scan.name(behind: range, in: passage)
        else {
          return nil
        }
        guard !known.contains(where: { name.hasPrefix($0) || $0.hasPrefix(name) }) else { return nil }
        return context.notice(
          "code-name-differs", .error, range,
          "科目 \(scan.text.text(range)) 后面写的是“\(name)”，表里是“\(known.sorted().joined(separator: "、"))”",
          hint: "核对编码和名称")
      }
    }
  }
}

extension TextScan {
  /// Numbers of five or seven digits that stand alone.
  fileprivate func codes(in passage: Passage) -> [Range<Int>] {
    let scalars = text.scalars
    var codes: [Range<Int>] = []
    var index = passage.range.lowerBound
    while index < passage.range.upperBound {
      guard (0x30...0x39).contains(scalars[index]) else {
        index += 1
        continue
      }
      let start = index
      while index < passage.range.upperBound, (0x30...0x39).contains(scalars[index]) { index += 1 }
      guard index - start == 5 || index - start == 7 else { continue }
      let before = start > passage.range.lowerBound ? scalars[start - 1] : 0
      guard !isLatin(before), before != 0x2E, before != 0x2D, before != 0x2C else { continue }
      codes.append(start..<index)
    }
    return codes
  }

  /// The name of an item right behind a code: four Chinese characters and more.
  fileprivate func name(behind code: Range<Int>, in passage: Passage) -> String? {
    let scalars = text.scalars
    var start = code.upperBound
    while start < passage.range.upperBound, isBlank(scalars[start]) { start += 1 }
    var end = start
    while end < passage.range.upperBound, isHan(scalars[end]) { end += 1 }
    // 20129 人 counts people; the next word may follow the name without a mark.
    guard end - start >= 4 else { return nil }
    let name = text.text(start..<end)
    let units = [
      "元", "万", "亿", "人", "户", "个", "次", "平方", "名", "项", "家", "台", "辆", "件", "份", "公里", "亩", "吨", "册", "页",
    ]
    // 20701款下的支出 tells the level of the code, not its name.
    let levels = ["类", "款", "项", "科目", "下", "等", "和", "与", "及", "的", "至", "为", "对应"]
    return (units + levels).contains { name.hasPrefix($0) } ? nil : name
  }
}

private let exampleFunctionsTable = (
  name: "支出表.csv", text: "编码,名称,支出\n201,一般公共服务支出,10.00\n20129,群众团体事务,10.00\n,合计,10.00\n"
)
