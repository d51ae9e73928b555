import Diagnostics
import Fiscal
import Formulas
import Parsing

/// Holds the formulas of a set against its forms: what finds nothing there, or several cells, will never give a figure.
struct SetFormulas {
  private(set) var findings: [Finding] = []
  private let set: FormSet
  private let forms: [Form]
  /// Whether a form is missing or has mistakes, so that a table which seems unknown may be that one.
  private let isIncomplete: Bool

  /// - Parameters:
  ///   - standalone: the full names of forms that belong to no set, which are published beside any.
  ///   - form: reads a form by its full name.
  init(_ set: FormSet, standalone: [String], form: (String) -> Form?) {
    let set = set.inYear(FormLibrary.sampleYear)
    self.set = set
    guard !set.relations.isEmpty || !set.keyFigures.isEmpty else {
      (forms, isIncomplete) = ([], true)
      return
    }
    let found = (set.entries.map(\.form) + standalone).map(form)
    forms = found.compactMap { $0 }
    isIncomplete = forms.count < found.count
    // What a set takes over from another speaks of the other's forms.
    for figure in set.keyFigures where figure.place.file == set.place.file { look(at: figure) }
    for relation in set.relations where relation.place.file == set.place.file { look(at: relation) }
  }

  private typealias Problem = (message: String, hint: String)

  private mutating func report(_ problem: Problem?, at place: Place) {
    guard let problem else { return }
    findings.append(Finding("form-set-syntax", at: place, problem.message, hint: problem.hint))
  }

  private mutating func look(at figure: FormSet.KeyFigure) {
    let single = figure.expression.singleReferences
    for reference in figure.expression.references {
      let problem = problem(of: reference, isSingle: single.contains(reference), inRelation: false)
      if let problem { return report(problem, at: figure.place) }
    }
    let misfit = SampleSource.misfit { () throws(FormulaError) in
      let format = try figure.format.map { text throws(FormulaError) in
        try parseFormat(text, at: figure.formatPlace)
      }
      return try figure.expression.text(as: format, with: sample)
    }
    if let misfit { findings.append(misfit.finding("form-set-syntax")) }
  }

  /// Stands in for the figures of the forms of this year and kind.
  private var sample: SampleSource {
    SampleSource(reference: { [forms] reference in
      guard reference.kind == nil else { return nil }
      return forms.first { $0.isCalled(reference.table) }?.shape(of: reference)
    })
  }

  private mutating func look(at relation: FormSet.Relation) {
    let equation = relation.equation
    if let name = equation.names.first {
      return report(("表套的关系要写明是哪张表的“\(name.text)”", "写作 表名[\(name.text)]"), at: relation.place)
    }
    if equation.references.isEmpty {
      return report(("关系“\(equation.text)”没有提到表里的任何一格", "写作 表名[行, 列]"), at: relation.place)
    }
    let single = equation.left.singleReferences + equation.right.singleReferences
    for reference in equation.references {
      if let problem = problem(of: reference, isSingle: single.contains(reference), inRelation: true) {
        return report(problem, at: relation.place)
      }
    }
    let misfit = SampleSource.misfit { () throws(FormulaError) in try equation.compare(with: sample) }
    if let misfit { findings.append(misfit.finding("form-set-syntax")) }
  }

  /// What the forms of other years and kinds look like is not known here.
  private func problem(of reference: Reference, isSingle: Bool, inRelation: Bool) -> Problem? {
    guard reference.yearOffset == 0, reference.kind == nil, reference.table != Reference.extraFigures else {
      return nil
    }
    guard let form = forms.first(where: { $0.isCalled(reference.table) }) else {
      guard !isIncomplete else { return nil }
      let near = nearest(to: reference.table, among: forms.map(\.name))
      return (
        "本套里没有“\(reference.table)”这张表",
        near.map { "是否想写“\($0)”？" } ?? "本套的表：" + forms.map(\.name).joined(separator: "、")
      )
    }
    let text = reference.text
    if inRelation, form.instances != nil, reference.instance == nil {
      return ("“\(form.name)”可以填几张，不知道是哪一张", "写作 \(form.name).名称[…]；每一张里的关系写在表样的 relations 里")
    }
    switch form.problem(of: reference, isSingle: isSingle) {
    case .column(let name)?:
      return (
        "“\(text)”：这张表没有“\(name)”这一列",
        "列：" + names(form.panels.flatMap { $0.leaves.map { named($0.id, $0.name) } })
      )
    case .columns(let name, let count)?:
      return ("“\(text)”：这张表有 \(count) 列“\(name)”，不知道是哪一列", "写上级的标题：上级/\(name)")
    case .row(let name)?:
      let rows = form.panels.flatMap { $0.rows.filter { !$0.isOpen }.map { named($0.id, $0.title) } }
      return ("“\(text)”：这张表没有“\(name)”这一行", "行：" + names(rows))
    case .rows(let name, let count)?:
      return ("“\(text)”：这张表有 \(count) 行“\(name)”，不知道是哪一行", "写上级或分栏的名称：上级/\(name)")
    case .amounts(let name, let count)?:
      let titles = form.panels.flatMap {
        $0.leaves.filter { $0.type == .amount }.map { named($0.id, $0.name) }
      }
      return (
        "“\(text)”：这张表有 \(count) 个金额列，不知道“\(name)”是哪一列",
        "写作 \(reference.table)[\(name), 列]；列：" + names(titles)
      )
    // A list that has one row in all years may have several only by its form.
    case .many? where !inRelation && reference.row == .all: return nil
    case .many?: return ("“\(text)”对应几格，不是一个数", "用 sum(\(text)) 求和，或写明是哪一行")
    case .words(let name)?:
      return inRelation ? ("“\(text)”：“\(name)”是文字，没有可以核对的数", "写金额、数量一类的行和列") : nil
    case nil: return nil
    }
  }

  private func names(_ names: [String]) -> String {
    let names = names.uniqued
    return names.prefix(20).joined(separator: "、") + (names.count > 20 ? " 等" : "")
  }

  /// An id with the title beside it, where that reads otherwise.
  private func named(_ id: String, _ title: String) -> String {
    id.isEmpty || title == id || title.hasSuffix("/" + id) ? title : "\(title)（\(id)）"
  }
}

extension Form {
  fileprivate func isCalled(_ name: String) -> Bool {
    names.contains { normalizedName($0) == normalizedName(name) }
  }
}

extension FormSet {
  /// Forms that entries are said to succeed, and that are nowhere.
  func unknownPredecessors(among names: [String]) -> [Finding] {
    entries.compactMap { entry in
      guard let old = entry.succeeds,
        !names.contains(where: { $0 == old.text || $0.hasSuffix("/" + old.text) })
      else { return nil }
      return Finding(
        "form-set-syntax", at: old.place, "没有表样“\(old.text)”",
        hint: nearest(to: old.text, among: names).map { "是否想写 \($0)？" } ?? "succeeds 写往年表套里那张表样的 id，或 表套/表样")
    }
  }
}
