import Testing

@testable import Content

@Suite struct UnitRowTests {
  private let form = """
    states: {flow: 支出}
    columns: [{id: unit, title: 单位, type: text}, {id: total, title: 支出, type: amount}]
    rows: [{levels: [{of: department, in: unit}, {of: unit, in: unit}]}]
    """

  @Test(arguments: [
    // A department and its units, also where nothing is indented.
    ("单位,支出\n局,3.00\n  局本级,1.00\n  二所,2.00\n", [0, 1, 1]), ("单位,支出\n局,3.00\n局本级,1.00\n二所,2.00\n", [0, 1, 1]),
    // Units only: all names indented alike, as below a department that is not printed.
    ("单位,支出\n  局本级,1.00\n  二所,2.00\n", [1, 1]), ("单位,支出\n  局,1.00\n", [1]),
    ("单位,支出\n局,1.00\n", [0]),
  ])
  func `a list of units without their department is told by its indentation`(_ csv: String, _ levels: [Int])
    throws
  {
    let table = try BoundTable(form, csv)
    #expect(table.rows.map(\.level) == levels)
    #expect(table.rows.map { $0.parent != nil } == levels.map { $0 == 1 && levels.contains(0) })
  }
}
