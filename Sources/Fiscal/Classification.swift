/// A classification of revenue or expenditure (科目): codes of 3, 5 and 7 digits (类、款、项) with their names.
public struct Classification: Sendable {
  private let names: [String: String]
  private let children: [String: [(name: String, code: String)]]

  /// - Parameter entries: codes with their names; a code lies under the longest shorter code that begins it.
  public init(_ entries: [(code: String, name: String)]) {
    var names: [String: String] = [:]
    var children: [String: [(name: String, code: String)]] = [:]
    for entry in entries where names[entry.code] == nil {
      names[entry.code] = entry.name
      let parent = entry.code.count > 3 ? String(entry.code.dropLast(2)) : ""
      children[parent, default: []].append((normalizedName(entry.name), entry.code))
    }
    self.names = names
    self.children = children
  }

  public func name(of code: String) -> String? { names[code] }

  /// The code that bears a name directly under another code ("" for the 类), or nil where none or several do.
  public func code(named name: String, under parent: String) -> String? {
    let wanted = normalizedName(name)
    let matches = (children[parent] ?? []).filter { $0.name == wanted }
    return matches.count == 1 ? matches[0].code : nil
  }

  /// All codes at or below one of several codes, in order; all codes where none is given.
  public func codes(under parents: [String]) -> [String] {
    names.keys.filter { code in parents.isEmpty || parents.contains { code.hasPrefix($0) } }.sorted()
  }
}
