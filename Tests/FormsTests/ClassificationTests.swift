import Diagnostics
import Parsing
import Testing

@testable import Forms

@Suite struct ClassificationTests {
  let library = FormLibrary(own: [])

  @Test func `a code bears the name of its year`() {
    let (before, after) = (
      library.classification("function", year: 2023), library.classification("function", year: 2024)
    )
    #expect(before.name(of: "2013804") == "市场主体管理")
    #expect(after.name(of: "2013804") == "经营主体管理")
    #expect(before.code(named: "经营主体管理", under: "20138") == "2013804")
    #expect(after.verdict(on: "市场主体管理", of: "2013804") == .agrees)
  }

  @Test func `a list is made of the codes of its year`() {
    let lists = [2020, 2023].map { library.classification("economic", year: $0).codes(under: ["399"]) }
    #expect(lists[0].contains("39906") && !lists[0].contains("39909"))
    #expect(!lists[1].contains("39906") && lists[1].contains("39909"))
    #expect(library.classification("function", year: 2024).lastYear(ofFormer: "2089901") == 2019)
    #expect(library.classification("function", year: 2019).lastYear(ofFormer: "2089901") == nil)
  }

  @Test(arguments: [
    ("一般公共服务", "201"), ("行政运行（局本级）", "2012901"), ("其中：行政运行", "2012901"), ("养老保险缴费", "2080505"),
    ("其他支出", "30199"), ("2080505机关事业单位基本养老保险缴费", "2080505"),
  ])
  func `ways to say a name agree`(_ name: String, _ code: String) {
    let list = library.classification(code.hasPrefix("3") ? "economic" : "function", year: 2025)
    #expect(list.verdict(on: name, of: code) == .agrees)
  }

  @Test func `a name that is another's, or nobody's, is told apart`() {
    let list = library.classification("function", year: 2025)
    #expect(list.verdict(on: "事业单位离退休", of: "2080501") == .belongs(to: ["2080502"]))
    #expect(list.verdict(on: "群众团体事务", of: "20126") == .belongs(to: ["20129"]))
    #expect(list.verdict(on: "教育支出", of: "20599") == .differs)
    #expect(list.verdict(on: "行政运行", of: "2999901") == .unknown)
    #expect(list.verdict(on: "随便什么", of: "201290101") == .agrees)
  }

  @Test func `names of a site are further names of known codes`() {
    let own = FormLibrary(own: [
      SourceText(
        file: "content/forms/classifications/function.csv",
        text: "编码,名称,别名,起始年度,终止年度\n2012901,工会机关运行,,,\n20777,本地的款,旧款；老款,2020,2022\n")
    ])
    #expect(own.findings.isEmpty)
    let list = own.classification("function", year: 2024)
    #expect(list.name(of: "2012901") == "行政运行")
    #expect(list.verdict(on: "工会机关运行", of: "2012901") == .agrees)
    #expect(list.lastYear(ofFormer: "20777") == 2022)
    #expect(list.code(named: "老款", under: "207") == "20777")
  }

  @Test func `mistakes in a site's codes are reported where they stand`() {
    let own = FormLibrary(own: [
      SourceText(
        file: "content/forms/classifications/function.csv",
        text: "编码,名称,起始年度,终止,说明\n2077,四位,,,\n20777,,,,\n20778,好,前年,,\n"),
      SourceText(file: "content/forms/classifications/funktion.csv", text: "编码,名称\n20777,甲\n"),
    ])
    #expect(
      own.findings.map { "\($0.id) \($0.place.line):\($0.place.column)" } == [
        "form-syntax 1:12", "form-syntax 1:15", "form-syntax 2:1", "form-syntax 3:1", "form-syntax 4:9",
        "unused-file 0:0",
      ])
  }

  @Test func `the catalogue's codes are well formed`() {
    for id in library.facts.classifications {
      for code in library.classification(id, year: 2025).codes(under: []) {
        #expect(code.utf8.count % 2 == 1)
      }
      var reader = ClassificationReader()
      for file in FormLibrary.embeddedFiles where file.file.hasSuffix("classifications/\(id).csv") {
        #expect(!reader.read(file).isEmpty)
      }
      #expect(reader.findings.isEmpty)
    }
  }

  @Test func `an alias is no other column's name`() {
    let own = FormLibrary(own: [
      SourceText(
        file: "content/forms/a.yaml",
        text:
          "id: a\ntitle: 甲表\nunit: 万元\ncolumns: [{title: 甲, aliases: [乙]}, {title: 乙}, {title: 数, type: amount}]\nrows: [{free: lines}]\n"
      )
    ])
    #expect(own.findings.map(\.id) == ["form-duplicate-id"])
  }
}
