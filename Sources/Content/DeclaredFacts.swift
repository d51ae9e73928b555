import Forms

/// What a form says before there is any data: a fact, or a family of facts of which the data has the members.
public struct DeclaredFact: Sendable {
  /// Stands for any code, unit or project.
  public static let any = "*"

  public var tags: Tags
  /// The row and the column that state it, or a field of a sheet.
  public var row: String
  public var column: String
}

extension Form {
  /// Every fact that cells of the form state, in the order of the form.
  ///
  /// The rules are those by which the cells of a filled table state facts: only columns that speak for others of the same
  /// tags, only rows that say more than the rows they stand in.
  public func declaredFacts(_ model: FactModel) -> [DeclaredFact] {
    var ground = states
    if let instances { ground[instances] = DeclaredFact.any }
    return blocks.flatMap { block -> [DeclaredFact] in
      switch block {
      case .grid(let grid):
        grid.panels.flatMap { $0.namingRepeatedCodes.declaredFacts(model, ground.overlaid(by: $0.states)) }
      case .fields(_, let rows):
        rows.joined().compactMap { field in
          guard field.type == .amount || field.type.isNumeric && field.isTagged else { return nil }
          return model.fact(ground.overlaid(by: field.states), row: field.title, column: "")
        }
      case .indicators, .texts, .score: []
      }
    }
  }
}

extension Panel {
  fileprivate func declaredFacts(_ model: FactModel, _ ground: Tags) -> [DeclaredFact] {
    let columns = speakingLeaves
    let rows = rows.indices.flatMap { declaredRows($0, model) }
    return rows.flatMap { row in
      columns.compactMap { leaf -> DeclaredFact? in
        guard leaf.only.isEmpty || leaf.only.contains(self.rows[row.spec].id) else { return nil }
        var across = leaf.states
        if let list = codeList(of: leaf) {
          across[list.classification] = DeclaredFact.any
        }
        var down = row.tags
        // Which codes the data has is not known: what the other axis names is narrower.
        for (dimension, value) in row.tags.values where across[dimension] != nil {
          if value == DeclaredFact.any { down = down.without(dimension) }
          if across[dimension] == DeclaredFact.any { across = across.without(dimension) }
        }
        let meeting = Tags.meeting(ground: ground, column: across, row: down)
        guard meeting.conflict == nil else { return nil }
        return model.fact(
          meeting.tags, row: rows.count == 1 ? "" : row.title, column: columns.count == 1 ? "" : leaf.name)
      }
    }
  }

  private typealias DeclaredRow = (spec: Int, title: String, tags: Tags)

  /// The kinds of rows that a declared row stands for, where they state facts.
  private func declaredRows(_ spec: Int, _ model: FactModel) -> [DeclaredRow] {
    let declared = rows[spec]
    func every(_ dimension: String) -> String { "各" + model.subject(dimension) }
    switch declared.kind {
    case .fixed:
      let stands =
        declared.parent.map { rows[$0].states != declared.states } ?? speaks(byItself: spec, declared.states)
      return stands ? [(spec, declared.title, declared.states)] : []
    case .codes(let list):
      var tags = declared.states
      tags[list.classification] = DeclaredFact.any
      return [(spec, every(list.classification), tags)]
    case .free(let dimension, _):
      guard let dimension else { return declared.isTagged ? [(spec, "各行", declared.states)] : [] }
      var tags = declared.states
      tags[dimension] = DeclaredFact.any
      return [(spec, every(dimension), tags)]
    case .levels(let levels, let lines, _):
      var around = declared.states
      var result: [DeclaredRow] = []
      for level in levels {
        var isSaying = true
        if level.of == "department" {
          result += declaredLines(spec, "部门", around.overlaid(by: level.states), lines)
          continue
        }
        if model.dimension(level.of) != nil {
          around[level.of] = DeclaredFact.any
        } else {
          isSaying = !level.states.isEmpty
        }
        around = around.overlaid(by: level.states)
        guard isSaying else { continue }
        result += declaredLines(spec, every(level.of), around, lines)
        // What all units say, the list says of the department.
        guard level.of != "unit", levels.first?.of == "department", around["unit"] != nil else { continue }
        result += declaredLines(spec, "各单位\(model.subject(level.of))之和", around.without("unit"), lines)
      }
      return result
    }
  }

  private func declaredLines(
    _ spec: Int, _ title: String, _ tags: Tags, _ lines: [RowSpec.Line]
  ) -> [DeclaredRow] {
    guard !lines.isEmpty else { return [(spec, title, tags)] }
    return lines.filter(\.difference.isEmpty).map { line in
      (spec, "\(title)·\(line.title)", tags.overlaid(by: line.states))
    }
  }
}

extension Tags {
  fileprivate func without(_ dimension: String) -> Tags { Tags(values.filter { $0.key != dimension }) }
}

extension FactModel {
  /// Nil where the tags make no fact.
  fileprivate func fact(_ tags: Tags, row: String, column: String) -> DeclaredFact? {
    var tags = tags.settled
    if let year = tags["year"], Int(year) == 0 { tags = tags.without("year") }
    guard tags["flow"] != nil || tags["measure"] != nil else { return nil }
    return DeclaredFact(tags: tags, row: row, column: column)
  }
}
