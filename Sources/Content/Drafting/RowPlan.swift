import Fiscal
import Forms

/// A way to declare the rows of a drafted list.
enum RowPlan: Equatable {
  /// By the codes of a classification.
  case codes(String)
  /// By pairs of codes of two classifications.
  case pairs(String, String)
  /// By the names of a classification, without codes.
  case names(String)
  /// Every row as the data has it, those below it nested.
  case fixed
  /// Data in levels by indentation.
  case levels(Int)
  /// Any rows; totals stand apart.
  case free
  /// Any rows, and nothing is said of them.
  case anything

  /// The one classification whose columns of codes and names it needs.
  var classification: String? {
    switch self {
    case .codes(let id), .names(let id): id
    case .pairs, .fixed, .levels, .free, .anything: nil
    }
  }
}

extension DraftPanel {
  /// The ways that suit the names, codes and indentation of the rows, the one that says most first.
  func rowPlans(_ library: FormLibrary) -> [RowPlan] {
    var plans: [RowPlan] = []
    let ids = library.facts.classifications
    if pairs.count == 2, hasPlainSpecials({ $0.pair != nil }) {
      plans.append(.pairs(pairs[0].classification, pairs[1].classification))
    }
    if let id = classification(of: records.compactMap(\.code), library, ids),
      hasPlainSpecials({ $0.code != nil })
    {
      plans.append(.codes(id))
    }
    let isNamed = records.allSatisfy { !normalizedName($0.name).isEmpty } && !records.isEmpty
    // A total may stand before its parts, which are indented then.
    let parts = records.filter { !$0.isTotal }
    let outermost = parts.filter { $0.indentation == parts.map(\.indentation).min() }
    if codeColumns.isEmpty, !isLed, isNamed {
      for id in ids {
        let known = library.classification(id)
        let found = outermost.count { known.code(named: $0.name, under: "") != nil }
        if found > 1, found * 5 >= outermost.count * 3, hasPlainSpecials({ isListed($0, in: known) }) {
          plans.append(.names(id))
          break
        }
      }
    }
    let numbered = outermost.count { isNumbered($0.name) }
    let isTemplate = isNamed && records.count <= 120
    if isTemplate, numbered > 1, numbered * 2 >= outermost.count { plans.append(.fixed) }
    if isNamed, hasPlainSpecials({ !$0.isTotal }) {
      let depths = [Self.depth(of: parts), Self.depth(of: records)]
      for depth in depths where (2...8).contains(depth) && !plans.contains(.levels(depth)) {
        plans.append(.levels(depth))
      }
    }
    if isTemplate, title != nil, !plans.contains(.fixed) { plans.append(.fixed) }
    let totals = records.filter(\.isTotal)
    if !totals.isEmpty, Set(totals.map { normalizedName($0.name) }).count == totals.count {
      plans.append(.free)
    }
    return plans + [.anything]
  }

  /// Whether a row belongs to a list of names: by its own, or below one.
  func isListed(_ record: DraftRecord, in classification: Classification) -> Bool {
    record.indentation > (records.map(\.indentation).min() ?? 0)
      || classification.code(named: record.name, under: "") != nil
  }

  /// Whether the rows outside a list are only totals, or what a total is followed by (结转下年).
  private func hasPlainSpecials(_ isListed: (DraftRecord) -> Bool) -> Bool {
    guard records.contains(where: isListed) else { return false }
    var names: Set<String> = []
    var hasTotal = false
    for (index, record) in records.enumerated() where !isListed(record) {
      // The list may begin with what it adds up to (一、本年支出).
      guard record.isTotal || hasTotal || index == 0 && !record.name.isEmpty,
        names.insert(normalizedName(record.name)).inserted
      else {
        return false
      }
      if record.isTotal || index == 0 { hasTotal = true }
    }
    return names.count <= 12
  }

  /// 一、 （一） 1.
  func isNumbered(_ name: String) -> Bool {
    let bare = name.filter { !$0.isWhitespace }
    return normalizedName(name).count < bare.count && !bare.hasPrefix("其中")
  }

  /// How many levels the indentation of the names makes.
  private static func depth(of records: [DraftRecord]) -> Int {
    var open: [Int] = []
    var most = 0
    for record in records {
      while let last = open.last, last >= record.indentation { open.removeLast() }
      open.append(record.indentation)
      most = max(most, open.count)
    }
    return most
  }
}
