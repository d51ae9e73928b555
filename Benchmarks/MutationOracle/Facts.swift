import Content
import Forms

/// What the cells of a disclosure state, by their tags as they are written.
struct Facts: Sendable {
  let key: String
  let year: Int
  let kind: String
  /// The figures printed of each fact, in the order of the disclosure.
  private(set) var stated: [[String: String]: [Printed]] = [:]

  init(_ disclosure: Disclosure) {
    key = disclosure.key
    year = disclosure.year
    kind = disclosure.kind.id
    let hidesRows = !disclosure.withheld.isEmpty
    for table in disclosure.tables where !table.form.isAsWritten { take(table, hidesRows: hidesRows) }
    for figure in disclosure.figures {
      guard let tags = figure.tags else { continue }
      if let amount = figure.cell.amount, case .money(let unit)? = figure.figure?.dimension {
        note(tags, .money(amount, in: unit, decimals: figure.cell.decimals))
      } else {
        note(tags, figure.cell.number.flatMap { .plain($0, isRounded: false) })
      }
    }
  }

  private mutating func take(_ table: Table, hidesRows: Bool) {
    var ground = table.form.states
    if let dimension = table.form.instances {
      guard let subject = table.subject else { return }
      ground[dimension] = subject
    }
    for block in table.blocks {
      switch block {
      case .grid(let grid):
        for filled in grid.panels {
          take(filled, ground.overlaid(by: filled.panel.states), table.form.blank, hidesRows: hidesRows)
        }
      case .fields(_, let rows):
        for filled in rows.joined() where filled.field.type.isNumeric {
          guard filled.field.type == .amount || filled.field.isTagged else { continue }
          let tags = ground.overlaid(by: filled.field.states)
          let printed = filled.cell.printed(
            filled.field.type == .amount ? .amount : .count, filled.field.unit,
            decimals: filled.field.decimals)
          note(tags.settled, printed)
        }
      case .indicators, .texts, .score: break
      }
    }
  }

  private mutating func take(_ filled: FilledPanel, _ ground: Tags, _ blank: BlankMeaning, hidesRows: Bool) {
    let leaves = filled.panel.speakingLeaves
    for row in filled.rows.indices where filled.rows[row].speaks {
      if hidesRows, filled.rows[row].isLeftOut { continue }
      for leaf in leaves where filled.applies(leaf, to: row) {
        let meeting = Tags.meeting(ground: ground, column: leaf.states, row: filled.rows[row].tags)
        guard meeting.conflict == nil else { continue }
        if let printed = filled.printed(row, leaf.index) {
          note(meeting.tags, printed)
        } else if filled.rows[row].cells[leaf.index].state == .blank, blank == .zero {
          let half = Printed.money(.init(fen: 0), in: leaf.unit ?? .tenThousandYuan, decimals: leaf.decimals)
          note(meeting.tags, half)
        }
      }
    }
  }

  private mutating func note(_ tags: Tags, _ printed: Printed?) {
    guard let printed else { return }
    var values = tags.settled.values
    if let year = values["year"], Int(year) == 0 { values["year"] = nil }
    guard values["flow"] != nil || values["measure"] != nil else { return }
    stated[values, default: []].append(printed)
  }

  func figure(_ tags: [String: String]) -> Printed? { stated[tags]?.first }

  /// The facts that are not stated in just the same way as before; all where nothing was known.
  func changed(from before: Facts?) -> [[String: String]] {
    guard let before else { return Array(stated.keys) }
    let gone = before.stated.keys.filter { stated[$0] == nil }
    return stated.keys.filter { before.stated[$0] != stated[$0] } + gone
  }
}
