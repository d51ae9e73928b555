import Diagnostics
import Fiscal
import Formulas
import Parsing

/// Reads the relations of a form, and refuses those that could never be judged.
struct RelationReader {
  private let form: Form
  private let known: ReferableNames
  private(set) var findings: [Finding] = []

  init(_ form: Form) {
    self.form = form
    known = ReferableNames(form)
  }

  mutating func read(_ relation: YAMLScalar) -> FormRelation? {
    do throws(FormulaError) {
      let equation = try parseEquation(relation.text, at: relation.place)
      let columns =
        equation.names.contains { !known.meaning(of: $0).isCell } ? known.columns(equation.names) : nil
      if let problem = problem(of: equation, columns: columns) {
        findings.append(Finding("form-unknown-name", at: relation.place, problem.message, hint: problem.hint))
        return nil
      }
      if let misfit = misfit(of: equation, isRowwise: columns != nil) {
        findings.append(misfit.finding("form-syntax"))
        return nil
      }
      return FormRelation(
        equation: equation, isRowwise: columns != nil, text: relation.text, place: relation.place)
    } catch {
      findings.append(error.finding("form-syntax"))
      return nil
    }
  }

  private typealias Problem = (message: String, hint: String)

  /// Why a relation would never be judged: it names nothing, or what cannot be found in the form, or words.
  private func problem(of equation: Equation, columns: [Leaf]?) -> Problem? {
    if equation.names.isEmpty, equation.references.isEmpty {
      return ("关系“\(equation.text)”没有提到表里的任何一格", "写栏目、行或列的名称，例如 合计 = 甲 + 乙")
    }
    let single = equation.left.singleReferences + equation.right.singleReferences
    for reference in equation.references where reference.table != Reference.extraFigures {
      if let problem = problem(of: reference, isSingle: single.contains(reference)) { return problem }
    }
    if let columns {
      if let first = equation.references.first {
        return ("写列的关系逐行核对，不能再写“\(first.text)”", "用列的 adds、equals，或写 行.列")
      }
      return columns.first { !FigureShape($0).isNumeric }.map { notNumeric($0.name) }
    }
    for name in equation.names {
      switch known.meaning(of: name) {
      case .cell(let shape):
        if !shape.isNumeric { return notNumeric(name.text) }
      case .nothing:
        return (
          "关系里的“\(name.text)”不是这张表的栏目、行或列", "可用的名称：" + known.titles.uniqued.prefix(30).joined(separator: "、")
        )
      case .row(let columns): return ("关系里的“\(name.text)”一行有 \(columns) 列金额，不知道是哪一列", "写作 \(name.text).列")
      case .several(let count): return ("关系里的“\(name.text)”有 \(count) 处，不知道是哪一处", "写路径：部分.行.列，或 上级.行.列")
      }
    }
    return nil
  }

  private func notNumeric(_ name: String) -> Problem {
    ("关系里的“\(name)”是文字，没有可以核对的数", "写金额、数量一类的列，或给它写 type")
  }

  private func problem(of reference: Reference, isSingle: Bool) -> Problem? {
    let isOwn = reference.yearOffset == 0 && reference.kind == nil && reference.instance == nil
    guard isOwn, form.names.contains(where: { normalizedName($0) == normalizedName(reference.table) }) else {
      return ("表样的关系只用本表的数，不能写“\(reference.text)”", "本表叫“\(form.name)”；表与表之间的关系写在表套的 relations 里")
    }
    switch form.problem(of: reference, isSingle: isSingle) {
    case .column(let name)?: return ("关系里的“\(reference.text)”没有“\(name)”这一列", "核对列的名称")
    case .columns(let name, let count)?:
      return ("关系里的“\(reference.text)”有 \(count) 列“\(name)”，不知道是哪一列", "写上级的标题：上级/\(name)")
    case .row(let name)?: return ("关系里的“\(reference.text)”没有“\(name)”这一行", "核对行的名称，或写 * 指全部行")
    case .rows(let name, let count)?:
      return ("关系里的“\(reference.text)”有 \(count) 行“\(name)”，不知道是哪一行", "写上级的标题：上级/\(name)")
    case .amounts(let name, let count)?:
      return (
        "关系里的“\(reference.text)”：“\(name)”一行有 \(count) 列金额，不知道是哪一列", "写作 \(reference.table)[\(name), 列]"
      )
    case .many?: return ("关系里的“\(reference.text)”对应几格，不是一个数", "用 sum(\(reference.text)) 求和")
    case .words(let name)?: return notNumeric(name)
    case nil: return nil
    }
  }

  /// What the figures of both sides measure does not go together.
  private func misfit(of equation: Equation, isRowwise: Bool) -> FormulaError? {
    let source = SampleSource(
      name: { name in
        if isRowwise { return known.columns([name])?.first.map { FigureShape($0) } }
        if case .cell(let shape) = known.meaning(of: name) { return shape }
        return nil
      },
      reference: { form.shape(of: $0) })
    return SampleSource.misfit { () throws(FormulaError) in try equation.compare(with: source) }
  }
}
