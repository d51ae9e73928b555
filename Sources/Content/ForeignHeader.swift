import Diagnostics
import Forms
import Parsing

extension TableBinder {
  /// Whether hardly any column that a form asks for stands in the header of a file: then it is another table, and what
  /// it lacks one by one says nothing.
  func isForeign(_ csv: CSVTable, to form: Form, _ declared: Grid) -> Bool {
    let grid = listing(declared, in: csv.header)
    var matcher = HeaderMatcher(
      header: csv.header.map { Self.path(of: $0.text) }, isAlone: grid.panels.count == 1)
    var (required, found) = (0, 0)
    for panel in grid.panels {
      let prefixes = Self.prefixes(of: panel)
      for leaf in panel.leaves {
        let isFound = !matcher.columns(of: leaf, in: panel, prefixes: prefixes, strip: 0).isEmpty
        guard !panel.mayLeaveOut(leaf) else { continue }
        required += 1
        if isFound { found += 1 }
      }
    }
    let isMatched = found * least > required || matcher.taken.count * least > csv.header.count
    return !isMatched && HeaderLikeness(csv, form).share * least < 1000
  }
}

/// One column in so many must be common to a table and its form.
private let least = 5

extension UnitBinder {
  /// Says once that a file has the name of a form and nothing of its header.
  ///
  /// What a disclosure may do without is not claimed by its name: such a file is published as one without a form.
  mutating func tellForeign(
    _ file: TableFile, _ csv: CSVTable, _ form: Form, isRequired: Bool, _ context: BindingContext
  ) {
    guard isRequired else {
      foreign[file.path] = form
      return
    }
    var subject = context.subject
    subject.table = form.name
    let others = library.formNames.compactMap { library.form($0, year: context.subject.year ?? 0) }
    findings.append(
      Finding(
        "csv-header-differs",
        at: csv.header.first.map { csv.place(of: $0) } ?? Place(file: csv.file, line: 1),
        "表头与表样“\(form.name)”完全不同，不知道各列是什么", hint: foreignHint(form, csv, others), subject: subject))
  }

  /// What to do with a table that bears the name of another.
  func foreignHint(_ form: Form, _ csv: CSVTable, _ forms: [Form]) -> String {
    let columns = form.grids.flatMap(\.panels).flatMap { panel in
      panel.leaves.filter { !panel.mayLeaveOut($0) }.map { leaf in
        ([panel.title].compactMap(\.self) + [leaf.csvTitle ?? leaf.name]).joined(separator: "/")
      }
    }
    let list = columns.prefix(6).joined(separator: "、") + (columns.count > 6 ? "等 \(columns.count) 列" : "")
    let likenesses = forms.filter { !$0.isSheet && $0.fullName != form.fullName }
      .map { HeaderLikeness(csv, $0) }.filter(\.isNear)
    let nearest = likenesses.max { ($0.share, $1.form.fullName) < ($1.share, $0.form.fullName) }?.form
    return "就是这张表的，照表样写表头：\(list)；是另一张表的，改文件名"
      + (nearest.map { "（表头近于“\($0.name)”，\($0.fullName)）" } ?? "")
      + "，或运行 gongkai forms draft \(quoted(csv.file)) 起草它的表样"
  }
}
