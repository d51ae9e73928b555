import Content
import Diagnostics

extension Check {
  /// 标点重复
  static let punctuationDoubled = Check(
    "punctuation-doubled", .warning, "标点连用有误",
    why: "“，。”“。。”是删改留下的；一段里只有标点，是误断的一行。", references: ["TXT-03"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# 概况\n\n办公费、印刷费……（含差旅费）。合计 1,234.50 万元。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n用于办公费↓，。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n↓（四）、加强自身建设。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n用于办公。\n\n↓。\n\n其他。\n")),
    ]
  ) { context in
    let scan = context.text
    let marks = Set("，。、；：".unicodeScalars.map(\.value))
    var findings: [Finding] = []
    for passage in scan.text.passages where passage.isProse {
      let range = passage.range
      if range.count <= 3,
        range.allSatisfy({ marks.contains(scan.text.scalars[$0]) || isBlank(scan.text.scalars[$0]) })
      {
        findings.append(
          context.notice("punctuation-doubled", .warning, range, "这一段只有标点", hint: "并入上一段，或删去"))
        continue
      }
      var index = range.lowerBound
      while index + 1 < range.upperBound {
        if isHan(scan.text.scalars[index]) {
          index += 1
          continue
        }
        if let end = scan.markedBracket(at: index, in: passage) {
          findings.append(
            context.notice(
              "punctuation-doubled", .warning, index..<end, "编号“\(scan.text.text(index..<end))”多了顿号",
              hint: "写作“（四）”"))
          index = end
          continue
        }
        guard marks.contains(scan.text.scalars[index]), marks.contains(scan.text.scalars[index + 1]) else {
          index += 1
          continue
        }
        let start = index
        while index < range.upperBound, marks.contains(scan.text.scalars[index]) { index += 1 }
        // 。。。 stands for ……, which is a habit and no fault of haste.
        let run = scan.text.text(start..<index)
        guard run.count == 2 || Set(run).count > 1 else { continue }
        findings.append(
          context.notice("punctuation-doubled", .warning, start..<index, "标点“\(run)”连在一起", hint: "只留一个"))
      }
    }
    return findings
  }

  /// 半角标点
  static let halfWidthPunctuation = Check(
    "half-width-punctuation", .info, "汉字之间用了半角标点",
    why: "汉字之间用全角的逗号、分号、冒号和句号；半角的在网页上挤在一起，也不便检索。", references: ["TXT-03"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n合计 1,234.50 万元，同比增长 3.2%。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n围绕大局↓,服务职工。\n")),
    ]
  ) { context in
    let scan = context.text
    return scan.text.passages.filter(\.isProse).compactMap { passage -> Finding? in
      let scalars = scan.text.scalars
      let found = passage.range.dropFirst().dropLast().filter { index in
        [0x2C, 0x3B, 0x3A, 0x2E].contains(scalars[index]) && isHan(scalars[index - 1])
          && isHan(scalars[index + 1])
      }
      guard let first = found.first else { return nil }
      let more = found.count > 1 ? "，这一段共 \(found.count) 处" : ""
      return context.notice(
        "half-width-punctuation", .info, first..<first + 1,
        "汉字之间有半角的“\(scan.text.text(first..<first + 1))”\(more)",
        hint: "改为全角标点")
    }
  }

  /// 词内空格
  static let blankInWord = Check(
    "blank-in-word", .info, "汉字之间有空格",
    why: "从排好版的文件里复制，常带进空格；读屏软件会把词断开。", references: ["TXT-06"],
    examples: [
      .passes(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n2022 年预算 100 万元。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n推荐工人↓ 先锋号。\n")),
    ]
  ) { context in
    let scan = context.text
    return scan.text.passages.filter { $0.role == .paragraph || $0.role == .item }.compactMap {
      passage -> Finding? in
      let scalars = scan.text.scalars
      guard
        let first = passage.range.dropFirst().dropLast().first(where: { index in
          isBlank(scalars[index]) && isHan(scalars[index - 1]) && isHan(scalars[index + 1])
        })
      else { return nil }
      return context.notice("blank-in-word", .info, first..<first + 1, "汉字之间有空格", hint: "删去空格")
    }
  }

  /// 不配对的括号和引号
  static let unpairedMarks = Check(
    "unpaired-marks", .warning, "括号或引号不成对",
    why: "少一半的括号、引号使读者分不清哪里是注、哪里是引文，多半也少了字。编号“1）”不算。", references: ["TXT-05"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# 概况\n\n“三公”经费（含公务接待费（国内）），见“一般公共预算“三公”经费表”，按《工会法》执行：1）办公；2）差旅。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n三公经费↓（含接待费，用于办公。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n“三公↓“经费用于办公。\n")),
    ]
  ) { context in
    context.text.text.passages.filter { $0.isProse || $0.isNarrative || $0.role == .note }.compactMap {
      passage -> Finding? in
      guard let (index, what) = context.text.unpairedMark(in: passage) else { return nil }
      return context.notice("unpaired-marks", .warning, index..<index + 1, what, hint: "补上另一半，或删去")
    }
  }
}

extension TextScan {
  /// The end of `（四）、` at the head of a sentence; （一）、（二）两项 lists numbers and is none.
  fileprivate func markedBracket(at start: Int, in passage: Passage) -> Int? {
    let scalars = text.scalars
    guard scalars[start] == 0xFF08,
      start == passage.range.lowerBound || [0x3002, 0x0A, 0xFF1B].contains(scalars[start - 1])
    else { return nil }
    var end = start + 1
    while end < passage.range.upperBound, end - start < 4,
      "一二三四五六七八九十".unicodeScalars.contains(where: { $0.value == scalars[end] })
    {
      end += 1
    }
    guard end > start + 1, end + 2 < passage.range.upperBound, scalars[end] == 0xFF09,
      scalars[end + 1] == 0x3001,
      scalars[end + 2] != 0xFF08
    else { return nil }
    return end + 2
  }

  /// The first mark in a passage that has no partner.
  fileprivate func unpairedMark(in passage: Passage) -> (Int, String)? {
    // Widths of brackets are mixed freely, which is another matter.
    let partners: [UInt32: UInt32] = [
      0x201C: 0x201D, 0xFF08: 0x29, 0x28: 0x29, 0x300A: 0x300B, 0x3010: 0x3011, 0x3014: 0x3015, 0x5B: 0x5D,
    ]
    let closers: Set<UInt32> = [0x201D, 0x29, 0x300B, 0x3011, 0x3015, 0x5D]
    var open: [(index: Int, closer: UInt32)] = []
    for index in passage.range where !isHan(text.scalars[index]) {
      let scalar = text.scalars[index] == 0xFF09 ? 0x29 : text.scalars[index]
      if let closer = partners[scalar] {
        // A title in quotation marks may have some of its own.
        open.append((index, closer))
      } else if closers.contains(scalar) {
        if open.last?.closer == scalar {
          open.removeLast()
        } else if scalar == 0x29, isNumbering(before: index, in: passage) {
          continue
        } else if let last = open.last {
          return (last.index, "“\(text.text(last.index..<last.index + 1))”没有配对的另一半")
        } else {
          return (index, "“\(text.text(index..<index + 1))”没有配对的另一半")
        }
      }
    }
    return open.last.map { ($0.index, "“\(text.text($0.index..<$0.index + 1))”没有配对的另一半") }
  }

  /// Whether a closing bracket belongs to `1）`, `a)` or `一）`.
  private func isNumbering(before index: Int, in passage: Passage) -> Bool {
    var start = index
    while start > passage.range.lowerBound, index - start < 3,
      digit(text.scalars[start - 1]) != nil || isLatin(text.scalars[start - 1])
        || "一二三四五六七八九十".unicodeScalars.contains(where: { $0.value == text.scalars[start - 1] })
    {
      start -= 1
    }
    return start < index
  }
}
