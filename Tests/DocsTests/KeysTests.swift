import Fiscal
import Parsing
import Testing

@testable import Content
@testable import Forms

/// A list of keys in the code, and the section that explains them.
struct DocumentedKeys: Sendable, CustomTestStringConvertible {
  var page: String
  var section: String
  var keys: [String]

  var testDescription: String { "\(page) \(section)" }

  static let all: [DocumentedKeys] = forms + content

  private static let forms = [
    ("表样的键", FormReader.keys), ("列的键", ColumnReader.keys), ("列的类型", ColumnType.allCases.map(\.rawValue)),
    ("行的键", RowReader.keys), ("层级的键", RowReader.levelKeys), ("分栏的键", GridReader.panelKeys),
    ("行次栏次的键", GridReader.numberKeys), ("部分的键", SheetReader.blockKeys), ("栏目的键", SheetReader.fieldKeys),
    ("长文本的键", SheetReader.textKeys), ("指标表的键", SheetReader.indicatorKeys), ("指标分组的键", SheetReader.groupKeys),
    ("总分的键", SheetReader.scoreKeys),
    ("维度", FormLibrary(own: []).facts.dimensions.map(\.id)), ("表套的键", FormSet.keys),
    ("表套里的表的键", FormSet.entryKeys),
    ("关键数字的键", FormSet.keyFigureKeys), ("定律的键", FormSet.lawKeys), ("facts.yaml 的键", FactModel.keys),
    ("维度的键", FactModel.dimensionKeys), ("定律文件的键", FactModel.lawKeys), ("增加的键", FormVariant.addKeys),
    ("kinds.yaml", FormLibrary.kindKeys), ("词语文件的键", Wording.keys), ("词语的键", Wording.wordKeys),
    ("年份前后文的键", Wording.frameKeys),
  ].map { DocumentedKeys(page: "forms-language.md", section: $0.0, keys: $0.1) }

  private static let content = [
    ("网站设置的键", SiteSettings.keys), ("单位的键", Unit.keys), ("文档的键", DisclosureKeys.disclosure),
    ("项目的键", DisclosureKeys.project), ("补充数据的键", DisclosureKeys.figure), ("表注的键", DisclosureKeys.table),
    ("涉密剔除的键", DisclosureKeys.withheld), ("豁免的键", Waiver.keys),
  ].map { DocumentedKeys(page: "content.md", section: $0.0, keys: $0.1) }
}

@Suite struct KeysTests {
  @Test(arguments: DocumentedKeys.all)
  func `every key that is read is explained, and every key explained is read`(_ expected: DocumentedKeys)
    throws
  {
    let page = try Page(expected.page)
    let documented = try #require(
      page.keys[expected.section], "\(expected.page) has no section “\(expected.section)” with a table")
    let known = Set(expected.keys)
    #expect(Set(documented).count == documented.count, "a key is explained twice")
    #expect(known.subtracting(documented).isEmpty, "not explained: \(known.subtracting(documented).sorted())")
    #expect(
      Set(documented).subtracting(known).isEmpty, "not read: \(Set(documented).subtracting(known).sorted())")
  }

  @Test func `no two sections bear one heading`() throws {
    for name in ["forms-language.md", "content.md"] {
      let page = try Page(name)
      #expect(Set(page.headings).count == page.headings.count)
    }
  }

  @Test func `money units, kinds and fragments are named as they are`() throws {
    let text = try Page("forms-language.md")
    for unit in MoneyUnit.allCases { #expect(text.explains(unit.rawValue), "\(unit.rawValue)") }
    for blank in BlankMeaning.allCases { #expect(text.explains(blank.rawValue), "\(blank.rawValue)") }
    let library = FormLibrary(own: [])
    for kind in library.kinds { #expect(text.explains(kind.id), "\(kind.id)") }
    for law in library.facts.laws { #expect(text.explains(law.id), "\(law.id)") }
  }
}
