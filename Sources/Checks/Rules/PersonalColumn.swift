import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 个人信息的列和栏
  static let personalColumn = Check(
    "personal-column", .warning, "一列或一栏是个人信息，没有标为不公开",
    why: "受助人的姓名、证件号、住址、账号和填表人的签字、电话逐个公开，会伤害本人；公开合计和人数即可。没有豁免时，网页上以●代替。",
    references: ["PRV-02", "PRV-03"],
    examples: [
      .passes(exampleStaff, ("人员.csv", "单位,编制人数,在职人数\n县局,3,3\n合计,3,3\n")),
      .fails(exampleRelief, ("救助.csv", "姓名,事由,金额\n↓张三,大病,1.00\n")),
      .passes(exampleRelief, ("救助.csv", "姓名,事由,金额\n无,—,0\n")),
    ]
  ) { context in
    let titles = Set(context.disclosure.wording.words(.personalColumns).map { normalizedName($0) })
    guard !titles.isEmpty else { return [] }
    func isPersonal(_ title: String) -> Bool {
      let name = normalizedName(title)
      return titles.contains(name) || name.hasSuffix("身份证号") || name.hasSuffix("身份证号码")
    }
    var findings: [Finding] = []
    for table in context.disclosure.tables {
      func report(_ title: String, _ places: [Place], _ hint: String) {
        guard let first = places.first else { return }
        var finding = Finding(
          "personal-column", .warning, at: first, "“\(title)”是个人信息，会印出 \(places.count) 格",
          hint: hint, subject: context.subject(table, column: title))
        finding.secrets = places
        findings.append(finding)
      }
      for filled in table.panels {
        for leaf in filled.printedLeaves where isPersonal(leaf.title) {
          let cells = filled.rows.compactMap { row -> Place? in
            let cell = row.cells[leaf.index]
            return cell.line > 0 && cell.state == .value && !cell.text.isEmpty && cell.text != "无"
              ? cell.place(in: row.file) : nil
          }
          report(leaf.title, cells, "在表样里给这一列写 personal: true，或删去这一列")
        }
      }
      for filled in table.fields
      where !filled.field.isPersonal && isPersonal(filled.field.title) && filled.cell.state == .value
        && filled.cell.text != "无"
      {
        report(filled.field.title, [filled.cell.place(in: table.file)], "在表样里给这一栏写 personal: true，或删去内容")
      }
    }
    return findings
  }
}

private let exampleRelief = (
  name: "forms/relief.yaml",
  text: """
  id: relief
  title: 救助
  unit: 万元
  columns: [{id: name, title: 姓名}, {id: reason, title: 事由}, {id: amount, title: 金额, type: amount}]
  rows: [{free: lines}]
  empty: 本表无发生额。
  """
)
