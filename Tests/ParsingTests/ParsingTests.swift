import Diagnostics
import Testing

@testable import Parsing

private func table(_ text: String) -> (CSVTable?, [[String]]) {
  var findings: [Finding] = []
  let table = parseCSV(SourceText(file: "表.csv", text: text), findings: &findings)
  return (table, findings.map { ["\($0.place.line):\($0.place.column)", $0.id] })
}

@Suite struct CSVTests {
  @Test func `cells keep their text and place`() throws {
    let (csv, findings) = table("项目,金额\r\n  基本支出,\"1,273.52\"\n\n说明,\"两\n行\"\"引\"\"\"\n,\n")
    let rows = try #require(csv).rows
    #expect(findings.isEmpty)
    #expect(rows.map { $0.map(\.text) } == [["  基本支出", "1,273.52"], ["说明", "两\n行\"引\""]])
    #expect([rows[0][1].line, rows[0][1].column, rows[0][1].length] == [2, 9, 8])
    #expect(rows[1][0].line == 4)
  }

  @Test(arguments: [
    ("甲,乙\n1,2,3\n", ["2:5", "csv-ragged-row"]), ("甲,乙\n1\n", ["2:1", "csv-ragged-row"]),
    ("甲,\"乙\n1,2\n", ["1:3", "csv-unclosed-quote"]), ("甲,乙\na\"b,2\n", ["2:2", "csv-stray-quote"]),
    ("甲,乙\n\"a\"b,2\n", ["2:4", "csv-text-after-quote"]), ("甲\t乙\n1\t2\n", ["1:1", "csv-separator"]),
    ("", ["0:0", "csv-empty"]), ("甲,乙\n1,\"\n", ["2:3", "csv-unclosed-quote"]),
  ])
  func `a malformed file is named at its place`(_ text: String, _ finding: [String]) {
    let (csv, findings) = table(text)
    #expect(csv == nil)
    #expect(findings == [finding])
  }

  @Test func `a last empty cell is a cell`() throws {
    let (csv, findings) = table("甲,乙\n1,")
    #expect(findings.isEmpty)
    #expect(try #require(csv).rows.map { $0.map(\.text) } == [["1", ""]])
  }
}

@Suite struct EncodingTests {
  @Test func `a byte order mark is accepted`() {
    var findings: [Finding] = []
    #expect(SourceText.decode([0xEF, 0xBB, 0xBF, 0x41], file: "a", findings: &findings)?.text == "A")
    #expect(findings.isEmpty)
  }

  @Test func `GB18030 is recognised and the finding says how to save it anew`() {
    var findings: [Finding] = []
    // 项目,金额 in GBK
    let bytes: [UInt8] = [0xCF, 0xEE, 0xC4, 0xBF, 0x2C, 0xBD, 0xF0, 0xB6, 0xEE]
    #expect(SourceText.decode(bytes, file: "a.csv", findings: &findings) == nil)
    #expect(findings.map(\.id) == ["encoding-not-utf8"])
    #expect(findings.first?.message.contains("项目") == true)
  }

  @Test func `broken UTF-8 and NUL are named with their place`() {
    var findings: [Finding] = []
    #expect(SourceText.decode([0x41, 0x0A, 0x41, 0xFF], file: "a", findings: &findings) == nil)
    #expect(SourceText.decode([0x41, 0x0A, 0x00], file: "a", findings: &findings) == nil)
    #expect(
      findings.map { "\($0.place.line):\($0.place.column) \($0.id)" } == [
        "2:2 encoding-not-utf8", "2:1 encoding-nul-byte",
      ])
  }
}

@Suite struct YAMLTests {
  private func read(_ text: String) -> (YAML?, [[String]]) {
    var findings: [Finding] = []
    let value = parseYAML(SourceText(file: "a.yaml", text: text), findings: &findings)
    return (value, findings.map { ["\($0.place.line):\($0.place.column)", $0.id] })
  }

  @Test func `scalars stay as they are written`() throws {
    let (value, findings) = read("a: 0100\nb: no\nc: 2022-01-02\nd: \"x\"\ne:\n")
    #expect(findings.isEmpty)
    guard case .map(let pairs, _)? = value else { return #expect(Bool(false)) }
    #expect(pairs.compactMap { $0.value.scalar?.text } == ["0100", "no", "2022-01-02", "x"])
    #expect(
      pairs.map { [$0.value.place.line, $0.value.place.column] }.prefix(4) == [
        [1, 4], [2, 4], [3, 4], [4, 5],
      ])
  }

  @Test func `a block scalar knows where its content stands`() throws {
    let (value, _) = read("表: |\n\n    甲,乙\n    1,2\n")
    guard case .map(let pairs, _)? = value, let scalar = pairs[0].value.scalar else {
      return #expect(Bool(false))
    }
    #expect([scalar.content.line, scalar.content.column] == [3, 5])
  }

  @Test(arguments: [
    ("a: [1\n", "yaml-syntax"), ("a: 1\na: 2\n", "yaml-duplicate-key"), ("a: \"x\n", "yaml-syntax"),
    ("\ta: 1\n", "yaml-syntax"),
  ])
  func `broken YAML is a finding`(_ text: String, _ id: String) {
    let (value, findings) = read(text)
    #expect(value == nil)
    #expect(findings.map { $0[1] } == [id])
  }

  @Test func `an alias bomb is refused`() {
    var text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    for level in 1...8 {
      text +=
        "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",")
        + "]\n"
    }
    #expect(read(text).1.map { $0[1] } == ["yaml-too-large"])
  }

  @Test func `unknown keys are findings that name the nearest key`() throws {
    let (value, _) = read("titel: x\nunit: [1]\n")
    var reader = MapReader(try #require(value), "表样", keys: ["title", "unit"], id: "form-syntax")
    _ = reader.text("title", required: true)
    _ = reader.text("unit")
    #expect(reader.findings.map(\.message) == ["表样没有“titel”这个键", "“unit”应当是一个值，这里是列表"])
    #expect(reader.findings.first?.hint == "是否想写 title？")
  }
}
