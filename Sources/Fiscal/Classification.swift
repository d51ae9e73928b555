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

/// A name as it is compared: without spaces, width of brackets, numbering (一、 （一） 1. （1）) and 其中：.
///
///     normalizedName("  1.一般公共预算拨款")      // 一般公共预算拨款
///     normalizedName("其中：因公出国(境)费 ")     // 因公出国（境）费
public func normalizedName(_ text: some StringProtocol) -> String {
  var scalars: [Unicode.Scalar] = []
  for scalar in text.unicodeScalars where !scalar.isBlank && scalar != "\u{200B}" {
    switch scalar {
    case "(": scalars.append("（")
    case ")": scalars.append("）")
    case ":": scalars.append("：")
    case ",": scalars.append("，")
    default: scalars.append(scalar)
    }
  }
  var rest = scalars[...]
  var changed = true
  while changed {
    changed = false
    for prefix in ["其中：", "其中"]
    where rest.count > prefix.unicodeScalars.count && rest.starts(with: prefix.unicodeScalars) {
      rest = rest.dropFirst(prefix.unicodeScalars.count)
      changed = true
    }
    if let length = numberingLength(rest), length < rest.count {
      rest = rest.dropFirst(length)
      changed = true
    }
  }
  var result = String.UnicodeScalarView()
  result.append(contentsOf: rest)
  return String(result)
}

/// How many scalars of numbering stand at the head: `一、`, `（一）`, `1.`, `1、`, `（1）`, `①`, `⒈`.
private func numberingLength(_ scalars: ArraySlice<Unicode.Scalar>) -> Int? {
  guard let first = scalars.first else { return nil }
  if (0x2460...0x249B).contains(first.value) { return 1 }
  let bracketed = first == "（"
  let body = bracketed ? scalars.dropFirst() : scalars
  let chinese = body.prefix { "一二三四五六七八九十百".unicodeScalars.contains($0) }
  let digits = body.prefix { ("0"..."9").contains($0) }
  let count = max(chinese.count, digits.count)
  guard count > 0, count <= 3 else { return nil }
  let next = body.dropFirst(count).first
  if bracketed { return next == "）" ? count + 2 : nil }
  if next == "、" { return count + 1 }
  guard !digits.isEmpty, next == "." || next == "．" else { return nil }
  // `1.5` is a number, not a numbered line.
  if let after = body.dropFirst(count + 1).first, ("0"..."9").contains(after) { return nil }
  return count + 1
}
