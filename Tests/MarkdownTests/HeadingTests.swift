import Testing

@testable import Markdown

@Test func `headings are numbered as parts`() {
  let text = "# 概况\n## 职责\n## 机构\n### 内设\n#### 处室\n##### 细目\n###### 更细\n# 表格\n## 收支"
  let numbers = Reading(text, numbering: .parts).document.headings.map { $0.number ?? "-" }
  #expect(numbers == ["第一部分", "一、", "二、", "（一）", "1.", "（1）", "-", "第二部分", "一、"])
}

@Test func `numbering begins at the document's own top level`() {
  let reading = Reading("## 概况\n### 职责\n## 表格", numbering: .plain)
  #expect(reading.document.headings.map(\.number) == ["一、", "（一）", "二、"])
  #expect(reading.document.headings.map(\.depth) == [1, 2, 1])
  #expect(reading.table == [])
}

@Test func `headings without numbering stay as they were typed`() {
  #expect(Reading("# 一、概况").html == "<h2 id=\"一-概况\">一、概况</h2>")
}

@Test(arguments: [
  ("# 第一部分 概况\n## 一、职责\n### （一）主要\n#### 1．甲\n##### (1) 乙", [[String]]()),
  ("# 第1部分：概况\n## 一. 职责\n### ㈠主要\n#### ⒈甲\n##### ⑴乙", []),
  ("# 第二部分 概况", [["1:3", "markdown-heading-number"]]),
  ("# 甲\n## 二、职责\n## **三、**机构", [["2:4", "markdown-heading-number"], ["3:6", "markdown-heading-number"]]),
  ("# 甲\n## 1. 职责", [["2:4", "markdown-heading-number"]]),
])
func `a typed number gives way to the automatic one, and is warned of when it differs`(
  _ text: String, _ table: [[String]]
) {
  let reading = Reading(text, numbering: .parts)
  #expect(reading.table == table)
  #expect(reading.document.headings.allSatisfy { TypedNumber(at: $0.text) == nil })
}

@Test func `the warning names both numbers`() {
  let finding = Reading("# 三、甲", numbering: .plain).findings.first
  #expect(finding?.message == "标题手写编号“三、”，自动编号为“一、”")
  #expect(finding?.severity == .warning)
}

@Test(arguments: ["2025年预算", "1.5倍增长", "2025. 概况", "三公经费", "一、二级项目", "（附件）", "十", "百分比"])
func `figures and words at the head of a heading are not its number`(_ text: String) {
  #expect(Reading("# \(text)", numbering: .plain).document.headings.map(\.text) == [text])
}

@Test func `a jump of level is warned of`() {
  let reading = Reading("# 甲\n### 乙\n# 丙\n## 丁\n\n> #### 戊")
  #expect(reading.table == [["2:1", "markdown-heading-jump"]])
  #expect(Reading("## 甲\n# 乙").table == [["1:1", "markdown-heading-jump"]])
}

@Test func `an empty heading is an error`() {
  #expect(Reading("#").table == [["1:1", "markdown-heading-empty"]])
  #expect(Reading("# 一、", numbering: .plain).table == [["1:1", "markdown-heading-empty"]])
}

@Test func `anchors come from the words, without blanks, and are unique`() {
  let reading = Reading("# 收入 情况\n# 收入 情况\n# “三公”经费\n# !!\n# 收入-情况-2\n# **收入** `情况`")
  #expect(
    reading.document.headings.map(\.id) == ["收入-情况", "收入-情况-2", "三公-经费", "section", "收入-情况-2-2", "收入-情况-3"])
}

@Test(arguments: [
  (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (100, "一百"), (105, "一百零五"),
  (110, "一百一十"), (111, "一百一十一"), (1001, "一千零一"), (1010, "一千零一十"), (9999, "九千九百九十九"),
])
func `Chinese numerals are written and read`(_ value: Int, _ numeral: String) {
  #expect(chineseNumeral(value) == numeral)
  #expect(chineseValue(numeral.unicodeScalars) == value)
}
