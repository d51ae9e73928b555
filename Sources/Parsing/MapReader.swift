import Diagnostics

/// Reads a YAML mapping strictly: each key is known or a finding, each value has the right shape or is a finding.
///
/// Findings are collected, never thrown, so that one run names every mistake of a file.
public struct MapReader {
  /// The finding id of mistakes in this file, such as `form-syntax`.
  public let id: String
  /// What the mapping describes, for messages: 表样, 列, 站点设置 …
  public let subject: String
  public let place: Place
  public private(set) var findings: [Finding] = []
  private var values: [String: (key: YAMLScalar, value: YAML)] = [:]
  private var order: [String] = []
  /// What is no mapping at all has been reported once; its missing keys are not.
  private var isMap = true
  /// Keys that were probably meant by mistyped ones: missing for that reason only.
  private var mistyped: Set<String> = []

  /// - Parameter keys: every key that the mapping may have.
  public init(_ node: YAML, _ subject: String, keys: [String], id: String) {
    self.id = id
    self.subject = subject
    place = node.place
    guard case .map(let pairs, _) = node else {
      isMap = false
      report(node.place, "\(subject)应当是“键: 值”的映射，这里是\(node.chinese)")
      return
    }
    for (key, value) in pairs {
      if !keys.contains(key.text) {
        // 标题：甲 is one word: the colon must be a half-width one.
        if let colon = key.text.firstIndex(of: "：") {
          let meant = String(key.text[..<colon].prefix { $0 != " " })
          if keys.contains(meant) {
            mistyped.insert(meant)
            let value = key.text[key.text.index(after: colon)...].drop { $0 == " " }
            report(key.place, "“\(key.text)”的冒号是全角的", hint: "写作 \(meant): \(value)，半角冒号后空一格")
            continue
          }
        }
        let near = nearest(to: key.text, among: keys)
        if let near { mistyped.insert(near) }
        report(
          key.place, "\(subject)没有“\(key.text)”这个键",
          hint: near.map { "是否想写 \($0)？" } ?? "可用的键：" + keys.joined(separator: "、"))
        continue
      }
      values[key.text] = (key, value)
      order.append(key.text)
    }
  }

  public var keys: [String] { order }
  public func has(_ key: String) -> Bool { values[key] != nil }
  public func place(of key: String) -> Place { values[key]?.value.place ?? values[key]?.key.place ?? place }
  public func keyPlace(_ key: String) -> Place { values[key]?.key.place ?? place }
  public func node(_ key: String) -> YAML? { values[key]?.value }

  public mutating func report(_ place: Place, _ message: String, hint: String? = nil) {
    findings.append(Finding(id, at: place, message, hint: hint))
  }

  /// The scalar of a key; a list or mapping there is a finding.
  public mutating func scalar(_ key: String, required: Bool = false) -> YAMLScalar? {
    guard let (name, value) = values[key] else {
      if required, isMap, !mistyped.contains(key) {
        report(place, "\(subject)缺少“\(key)”", hint: "补上 \(key): …")
      }
      return nil
    }
    if let scalar = value.scalar { return scalar }
    if case .scalar = value {
      if required { report(name.place, "“\(key)”没有填写", hint: "在冒号后面写上它的值") }
      return nil
    }
    report(value.place, "“\(key)”应当是一个值，这里是\(value.chinese)")
    return nil
  }

  public mutating func text(_ key: String, required: Bool = false) -> String? {
    scalar(key, required: required)?.text
  }

  public mutating func integer(_ key: String) -> Int? {
    guard let scalar = scalar(key) else { return nil }
    if let value = Int(scalar.text) { return value }
    report(scalar.place, "“\(key)”应当是整数，这里是“\(scalar.text)”")
    return nil
  }

  public mutating func flag(_ key: String) -> Bool? {
    guard let scalar = scalar(key) else { return nil }
    switch scalar.text {
    case "true": return true
    case "false": return false
    default:
      report(scalar.place, "“\(key)”应当是 true 或 false，这里是“\(scalar.text)”", hint: "是写 true，否写 false")
      return nil
    }
  }

  /// One of a fixed set of words.
  public mutating func choice<Value>(_ key: String, _ choices: [(String, Value)]) -> Value? {
    guard let scalar = scalar(key) else { return nil }
    if let found = choices.first(where: { $0.0 == scalar.text }) { return found.1 }
    report(
      scalar.place, "“\(key)”不能是“\(scalar.text)”", hint: "可以是：" + choices.map(\.0).joined(separator: "、"))
    return nil
  }

  /// The items of a list; a single scalar counts as a list of one where allowed.
  public mutating func list(_ key: String, orSingle: Bool = false) -> [YAML] {
    guard let (_, value) = values[key] else { return [] }
    switch value {
    case .list(let items, _): return items
    case .scalar(let scalar) where scalar.isNull: return []
    case .scalar where orSingle: return [value]
    default:
      report(value.place, "“\(key)”应当是列表，这里是\(value.chinese)", hint: "写作 [甲, 乙] 或每行一个 “- ”")
      return []
    }
  }

  public mutating func scalars(_ key: String) -> [YAMLScalar] {
    var result: [YAMLScalar] = []
    for item in list(key, orSingle: true) {
      if let scalar = item.scalar {
        result.append(scalar)
      } else {
        report(item.place, "“\(key)”的每一项应当是一个值，这里是\(item.chinese)")
      }
    }
    return result
  }

  public mutating func texts(_ key: String) -> [String] { scalars(key).map(\.text) }

  /// Pairs of a nested mapping of free keys.
  public mutating func pairs(_ key: String) -> [(key: YAMLScalar, value: YAML)] {
    guard let (_, value) = values[key] else { return [] }
    switch value {
    case .map(let pairs, _): return pairs
    case .scalar(let scalar) where scalar.isNull: return []
    default:
      report(value.place, "“\(key)”应当是“键: 值”的映射，这里是\(value.chinese)")
      return []
    }
  }
}

/// The candidate most like a word that was probably mistyped, or nil where none is near.
public func nearest(to word: String, among candidates: [String]) -> String? {
  // Words of very different length are never near; a short list of the others is enough.
  let length = word.unicodeScalars.count
  let alike = candidates.lazy.filter { abs($0.unicodeScalars.count - length) <= max(1, length / 2) }.prefix(
    500)
  let scored = alike.map { (editDistance(word, $0), $0) }.sorted { $0 < $1 }
  guard let (distance, best) = scored.first, distance <= max(1, min(word.count, best.count) / 2) else {
    return nil
  }
  return best
}

private func editDistance(_ first: String, _ second: String) -> Int {
  let left = Array(first.unicodeScalars.prefix(64))
  let right = Array(second.unicodeScalars.prefix(64))
  var row = Array(0...right.count)
  for (i, a) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, b) in right.enumerated() {
      let above = row[j + 1]
      row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
      diagonal = above
    }
  }
  return row[right.count]
}
