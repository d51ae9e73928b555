import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 同一事实在单位的两份文档里是两个数
  static let factElsewhere = Check(
    "fact-differs-elsewhere", .warning, "与另一份文档里的数不符",
    why: "上年数应当就是上年公开的数，决算里的年初预算应当就是预算公开的数，绩效表的金额应当就是预算的金额。口径调整过的，写一条豁免说明。",
    references: ["XTB-06", "XTB-16", "XTB-17", "XTB-19", "XTB-20"],
    examples: [
      .passes(
        exampleYears, ("2021/budget/两年表.csv", "项目,2020年,2021年\n支出合计,8.00,10.00\n"),
        ("2022/budget/两年表.csv", "项目,2021年,2022年\n支出合计,10.00,12.00\n")),
      // Another phase is another fact.
      .passes(
        exampleYears, examplePhases, ("2021/budget/两年表.csv", "项目,2020年,2021年\n支出合计,8.00,10.00\n"),
        ("2021/final-accounts/决算表.csv", "项目,年初预算,决算\n支出合计,10.00,9.00\n")),
      .fails(
        exampleYears, ("2021/budget/两年表.csv", "项目,2020年,2021年\n支出合计,8.00,10.00\n"),
        ("2022/budget/两年表.csv", "项目,2021年,2022年\n支出合计,↓10.50,12.00\n")),
      .fails(
        exampleYears, examplePhases, ("2021/budget/两年表.csv", "项目,2020年,2021年\n支出合计,8.00,10.00\n"),
        ("2021/final-accounts/决算表.csv", "项目,年初预算,决算\n支出合计,↓11.00,9.00\n")),
    ], across: { $0.disagreements() })
}

extension UnitContext {
  fileprivate func disagreements() -> [Finding] {
    guard contexts.count > 1, let facts = absoluteFacts else { return [] }
    var findings: [Finding] = []
    for (index, context) in contexts.enumerated() {
      for fact in 0..<context.facts.count {
        guard let statement = context.facts.stated(fact), let key = facts.key(of: fact, in: index),
          let holder = facts.holder(of: key), holder.disclosure != index
        else { continue }
        let here = context.facts.statements[statement]
        let there = contexts[holder.disclosure].facts.statements[holder.statement]
        guard !agree(here, there) else { continue }
        findings.append(
          difference(
            "fact-differs-elsewhere", (index, here), (holder.disclosure, there), reason: "说的是同一件事",
            others: context.facts.statements(of: fact).dropFirst().map { context.facts.statements[$0] }))
      }
    }
    return findings
  }

  /// A figure that is not what another disclosure of the unit says.
  func difference(
    _ id: String, _ here: (disclosure: Int, statement: FactStatement),
    _ there: (disclosure: Int, statement: FactStatement), reason: String, others: [FactStatement] = []
  ) -> Finding {
    let (context, other) = (contexts[here.disclosure], contexts[there.disclosure])
    let (at, elsewhere) = (
      context.disclosure.address(of: here.statement), other.disclosure.address(of: there.statement)
    )
    let document = "\(other.disclosure.year)年\(other.disclosure.kind.title)"
    var subject = context.subject(row: at.row, column: at.column)
    subject.table = at.table
    let notes = [
      Finding.Note(
        "\(document)\(elsewhere.text)：\(shownFact(there.statement, elsewhere))", at: elsewhere.place)
    ]
    return Finding(
      id, .warning, at: at.place,
      "\(at.text)是 \(shownFact(here.statement, at))，而\(document)\(elsewhere.text)是 \(shownFact(there.statement, elsewhere))，\(reason)",
      hint: "核对两份文档，改正错的一处；口径调整过的，写一条豁免说明理由",
      notes: notes
        + others.prefix(5).map {
          let address = context.disclosure.address(of: $0)
          return Finding.Note("\(address.text)：\(shownFact($0, address))", at: address.place)
        }, subject: subject)
  }
}

/// The facts of all disclosures of a unit with the year they speak of, each with the disclosure that speaks for it.
struct AbsoluteFacts {
  struct Holder {
    var disclosure: Int
    var statement: Int
    /// Whether it is the disclosure of the year itself, not a later one that looks back.
    var isOwn: Bool
  }

  private let contexts: [CheckContext]
  private let numbering: FactNumbering
  private let year: Int
  private var table: FactTable
  private var holders: [Holder] = []
  /// By number of a value of the year's dimension, what it adds to the year of a disclosure.
  private var offsets: [Int?]
  /// Numbers for calendar years, from the first.
  private let firstYear: Int
  private let years: [UInt16]

  /// Nil where facts have no year.
  init?(_ unit: UnitContext) {
    contexts = unit.contexts
    numbering = unit.numbering
    guard let year = numbering.names.number(of: "year") else { return nil }
    self.year = year
    table = FactTable(room: 2 * (unit.contexts.map(\.facts.count).max() ?? 0))
    let stated = contexts.map(\.disclosure.year)
    guard let first = stated.min(), let last = stated.max() else { return nil }
    offsets = numbering.names.values(of: year).map { $0.isEmpty ? 0 : Int($0) }
    // As far around the disclosures as their facts look back and ahead.
    firstYear = first - Self.reach
    var years: [UInt16] = []
    for calendar in firstYear...(last + Self.reach) {
      guard let number = numbering.names.number(of: "\(calendar)年", in: year) else { return nil }
      years.append(number)
    }
    self.years = years
    for (index, context) in contexts.enumerated() {
      for fact in 0..<context.facts.count {
        guard let statement = context.facts.stated(fact), let key = key(of: fact, in: index) else { continue }
        let isOwn = context.facts.key(fact)[year] == 0
        let number = table.number(adding: key)
        if number == holders.count {
          holders.append(Holder(disclosure: index, statement: statement, isOwn: isOwn))
        } else if isOwn, !holders[number].isOwn {
          holders[number] = Holder(disclosure: index, statement: statement, isOwn: true)
        }
      }
    }
  }

  /// How many years from its own a disclosure may speak of.
  private static let reach = 10

  /// The key of a fact with its calendar year; nil where that is not a year.
  func key(of fact: Int, in index: Int, adding more: Int = 0) -> FactKey? {
    let key = contexts[index].facts.key(fact)
    let value = Int(key[year])
    guard value < offsets.count, let offset = offsets[value],
      (-Self.reach...Self.reach).contains(offset + more)
    else { return nil }
    let place = contexts[index].disclosure.year + offset + more - firstYear
    guard years.indices.contains(place) else { return nil }
    var absolute = key
    absolute[year] = years[place]
    return absolute
  }

  /// Who speaks for a fact.
  func holder(of key: FactKey) -> Holder? { table.number(of: key).map { holders[$0] } }
}
