import Diagnostics
import Parsing

/// The dimensions of facts and the laws between them (事实维度与定律), read from one data file.
public struct FactModel: Sendable {
  public struct Dimension: Sendable {
    public var id: String
    public var title: String
    /// Whether a cell that does not mention it speaks of all of it.
    public var isAdditive: Bool
    /// Complete splits: a value ("" for the whole) and the values that make it up.
    public var splits: [String: [String]]
    /// Values that may be used; empty means any.
    public var values: Set<String>
    public var isOpen: Bool
    /// Whether values of an open dimension lie within one another and add up (三公.公车).
    public var hasParts: Bool
    /// Whether no amount is in two of its values: units and projects, but not selections such as 三公 and 会议.
    public var isExclusive = false
    /// The values in the order of the file.
    public var order: [String] = []
    /// How texts speak of a value, in the order they are written.
    public var words: [(value: String, words: [String])] = []
  }

  /// Whole and parts, as tags at otherwise equal tags.
  public struct Law: Sendable {
    public var id: String
    public var title: String
    public var whole: Tags
    public var parts: [Tags]
    /// Dimensions that must not be mentioned for the law to hold.
    public var without: [String]
  }

  /// Two facts of two disclosures of a unit that are the same amount (跨文档关系), as tags at otherwise equal tags.
  public struct Tie: Sendable {
    public var id: String
    public var title: String
    /// What the later disclosure says, in a disclosure of this kind where one is named.
    public var here: Tags
    public var kind: String?
    /// What another disclosure says.
    public var there: Tags
    /// The year of what it says, counted from the year of the fact here: -1 is the year before.
    public var year: Int
    /// Dimensions that must not be mentioned for it to hold.
    public var without: [String]
  }

  /// A fact that is at most another one of the same disclosure (上限), as tags at otherwise equal tags.
  public struct Bound: Sendable {
    public var id: String
    public var title: String
    public var part: Tags
    public var whole: Tags
  }

  public var dimensions: [Dimension]
  public var laws: [Law]
  public var bounds: [Bound] = []
  public var ties: [Tie] = []
  public var classifications: [String]

  public static let empty = FactModel(dimensions: [], laws: [], classifications: [])

  public func dimension(_ id: String) -> Dimension? { dimensions.first { $0.id == id } }

  /// The dimension that is counted from the year of the disclosure.
  static let yearDimension = "year"
  static let keys = ["dimensions", "laws", "bounds", "ties", "classifications"]
  static let dimensionKeys = ["id", "title", "additive", "open", "parts", "exclusive", "values", "words"]
  static let lawKeys = ["id", "title", "whole", "parts", "without"]
  static let tieKeys = ["id", "title", "here", "kind", "there", "year", "without"]

  public init(dimensions: [Dimension], laws: [Law], classifications: [String]) {
    self.dimensions = dimensions
    self.laws = laws
    self.classifications = classifications
  }

  public init(_ node: YAML, findings: inout [Finding]) {
    self = .empty
    var reader = MapReader(node, "事实模型", keys: Self.keys, id: "facts-syntax")
    classifications = reader.texts("classifications")
    for item in reader.list("dimensions") {
      var entry = MapReader(item, "维度", keys: Self.dimensionKeys, id: "facts-syntax")
      var dimension = Dimension(
        id: entry.text("id", required: true) ?? "", title: entry.text("title", required: true) ?? "",
        isAdditive: entry.flag("additive") ?? false, splits: [:], values: [],
        isOpen: entry.flag("open") ?? false,
        hasParts: entry.flag("parts") ?? false, isExclusive: entry.flag("exclusive") ?? false)
      if let values = entry.node("values") { dimension.take(values, under: "") }
      dimension.takeWords(&entry)
      findings += entry.findings
      dimensions.append(dimension)
    }
    for item in reader.list("laws") {
      var entry = MapReader(item, "定律", keys: Self.lawKeys, id: "facts-syntax")
      let whole = tags(&entry, "whole")
      let parts = entry.list("parts").map { part -> Tags in
        guard case .map(let pairs, _) = part else {
          entry.report(part.place, "定律的各部分应写作 {维度: 值}，这里是\(part.chinese)")
          return Tags()
        }
        return tags(pairs, &entry)
      }
      let without = dimensions(&entry, "without")
      laws.append(
        Law(
          id: entry.text("id", required: true) ?? "", title: entry.text("title", required: true) ?? "",
          whole: whole, parts: parts, without: without))
      findings += entry.findings
    }
    for item in reader.list("bounds") {
      var entry = MapReader(item, "上限", keys: ["id", "title", "part", "whole"], id: "facts-syntax")
      bounds.append(
        Bound(
          id: entry.text("id", required: true) ?? "", title: entry.text("title", required: true) ?? "",
          part: tags(&entry, "part"), whole: tags(&entry, "whole")))
      findings += entry.findings
    }
    for item in reader.list("ties") {
      var entry = MapReader(item, "跨文档关系", keys: Self.tieKeys, id: "facts-syntax")
      ties.append(
        Tie(
          id: entry.text("id", required: true) ?? "", title: entry.text("title", required: true) ?? "",
          here: tags(&entry, "here"), kind: entry.text("kind"), there: tags(&entry, "there"),
          year: entry.integer("year") ?? 0, without: dimensions(&entry, "without")))
      findings += entry.findings
    }
    findings += reader.findings
  }

  /// The names of dimensions in a list; an unknown one is a finding.
  private func dimensions(_ reader: inout MapReader, _ key: String) -> [String] {
    let names = reader.scalars(key)
    for name in names where dimension(name.text) == nil {
      reader.report(
        name.place, "没有“\(name.text)”这个事实维度", hint: "可用的维度：" + dimensions.map(\.id).joined(separator: "、"))
    }
    return names.map(\.text)
  }

  /// Reads tags under a key; an unknown dimension or value is a finding.
  public func tags(_ reader: inout MapReader, _ key: String) -> Tags { tags(reader.pairs(key), &reader) }

  private func tags(_ pairs: [(key: YAMLScalar, value: YAML)], _ reader: inout MapReader) -> Tags {
    var tags = Tags()
    for (name, value) in pairs {
      guard let dimension = dimension(name.text) else {
        reader.report(
          name.place, "没有“\(name.text)”这个事实维度", hint: "可用的维度：" + dimensions.map(\.id).joined(separator: "、"))
        continue
      }
      if case .scalar(let scalar) = value, scalar.isNull || scalar.text == "~" {
        tags[name.text] = ""
        continue
      }
      guard let scalar = value.scalar else {
        reader.report(value.place, "“\(name.text)”应当是一个值，这里是\(value.chinese)")
        continue
      }
      if !dimension.accepts(scalar.text) {
        reader.report(
          scalar.place, "\(dimension.title)没有“\(scalar.text)”这个值",
          hint: "已有：" + dimension.values.sorted().joined(separator: "、"))
        continue
      }
      // Figures that are said of another year are counted from the disclosure's own.
      if name.text == Self.yearDimension, !(Int(scalar.text).map { (-10...10).contains($0) } ?? false) {
        reader.report(
          scalar.place, "年度“\(scalar.text)”应是与文档年度之差", hint: "上年写 -1，本年写 0 或不写，前后最多十年")
        continue
      }
      tags[name.text] = scalar.text
    }
    return tags
  }
}

extension FactModel.Dimension {
  /// Takes a tree of values: a mapping of value to its parts, or a list of values.
  mutating func take(_ node: YAML, under parent: String) {
    func path(_ name: String) -> String { parent.isEmpty ? name : parent + "." + name }
    var parts: [String] = []
    switch node {
    case .map(let pairs, _):
      for (key, value) in pairs {
        parts.append(path(key.text))
        take(value, under: path(key.text))
      }
    case .list(let items, _):
      parts = items.compactMap { $0.scalar.map { path($0.text) } }
    case .scalar: break
    }
    guard !parts.isEmpty else { return }
    order += parts
    values.formUnion(parts)
    if isAdditive, parts.count > 1 { splits[parent] = parts }
  }

  /// Takes how texts speak of the values; words for a value that there is not are a finding.
  mutating func takeWords(_ entry: inout MapReader) {
    for (name, list) in entry.pairs("words") {
      guard accepts(name.text) else {
        entry.report(
          name.place, "\(title)没有“\(name.text)”这个值", hint: "已有：" + values.sorted().joined(separator: "、"))
        continue
      }
      guard case .list(let items, _) = list else {
        entry.report(list.place, "“\(name.text)”的词应当是列表，这里是\(list.chinese)")
        continue
      }
      words.append((name.text, items.compactMap { $0.scalar?.text }))
    }
  }

  /// A known value, or a new one below a known one; anything in an open dimension.
  public func accepts(_ value: String) -> Bool {
    if isOpen || values.contains(value) { return true }
    guard let dot = value.lastIndex(of: ".") else { return false }
    return accepts(String(value[..<dot]))
  }
}
