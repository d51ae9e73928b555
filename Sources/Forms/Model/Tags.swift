/// What a cell speaks of (事实标签): for each dimension a value in its open tree, `财政拨款.一般公共`.
///
/// Two amounts with equal tags state the same fact and must agree, wherever they are printed.
public struct Tags: Hashable, Sendable {
  /// Values by dimension; a dimension that is taken away on purpose (`~`) holds the empty text.
  public private(set) var values: [String: String]

  public init(_ values: [String: String] = [:]) { self.values = values }

  public subscript(dimension: String) -> String? {
    get { values[dimension].flatMap { $0.isEmpty ? nil : $0 } }
    set { values[dimension] = newValue }
  }

  public var isEmpty: Bool { values.isEmpty }

  /// These tags with nearer ones laid over them: the nearer wins, the empty text takes a tag away.
  public func overlaid(by nearer: Tags) -> Tags {
    Tags(values.merging(nearer.values) { _, near in near })
  }

  /// Without the marks of taken-away tags: what the cell finally says.
  public var settled: Tags { Tags(values.filter { !$0.value.isEmpty }) }

  /// Row and column laid over the ground; where both name a dimension the narrower wins.
  ///
  /// Nil with the dimension where neither lies within the other: a mistake in the form.
  public static func meeting(ground: Tags, column: Tags, row: Tags) -> (tags: Tags, conflict: String?) {
    var result = ground.overlaid(by: column)
    var conflict: String?
    for (dimension, value) in row.values {
      guard let across = column.values[dimension], !across.isEmpty, !value.isEmpty, across != value else {
        result.values[dimension] = value
        continue
      }
      if value.lies(within: across) {
        result.values[dimension] = value
      } else if !across.lies(within: value) {
        conflict = dimension
      }
    }
    return (result.settled, conflict)
  }
}

extension String {
  /// Whether this value is the other one or lies below it in its tree; codes lie below the codes that begin them.
  public func lies(within whole: String) -> Bool {
    if self == whole || hasPrefix(whole + ".") { return true }
    guard let first = utf8.first, (48...57).contains(first), whole.utf8.allSatisfy({ (48...57).contains($0) })
    else {
      return false
    }
    return hasPrefix(whole) && utf8.allSatisfy { (48...57).contains($0) }
  }
}
