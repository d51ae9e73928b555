import Diagnostics
import Parsing

/// A step down into a YAML value.
enum YAMLStep: Hashable, Sendable {
  case key(String)
  case index(Int)
}

extension YAML {
  /// The value of a key, where this is a mapping that has it.
  subscript(key: String) -> YAML? {
    guard case .map(let pairs, _) = self else { return nil }
    return pairs.first { $0.key.text == key }?.value
  }

  /// The items, where this is a list.
  var items: [YAML]? {
    if case .list(let items, _) = self { items } else { nil }
  }

  var isNull: Bool {
    if case .scalar(let scalar) = self { scalar.isNull } else { false }
  }

  /// A mapping with one value replaced, added at the end, or (nil) taken away.
  func setting(_ key: String, to value: YAML?) -> YAML {
    guard case .map(var pairs, let place) = self else { return self }
    guard let value else { return .map(pairs.filter { $0.key.text != key }, place) }
    if let index = pairs.firstIndex(where: { $0.key.text == key }) {
      pairs[index].value = value
    } else {
      pairs.append((YAMLScalar(text: key, place: value.place), value))
    }
    return .map(pairs, place)
  }

  /// The value that lies down a path.
  func value(at path: some Collection<YAMLStep>) -> YAML? {
    guard let step = path.first else { return self }
    switch step {
    case .key(let key): return self[key]?.value(at: path.dropFirst())
    case .index(let index):
      guard let items, items.indices.contains(index) else { return nil }
      return items[index].value(at: path.dropFirst())
    }
  }

  /// With the value at a path changed; a path that leads nowhere changes nothing.
  func changing(at path: some Collection<YAMLStep>, _ change: (YAML) -> YAML) -> YAML {
    guard let step = path.first else { return change(self) }
    switch step {
    case .key(let key):
      guard let inner = self[key] else { return self }
      return setting(key, to: inner.changing(at: path.dropFirst(), change))
    case .index(let index):
      guard case .list(var items, let place) = self, items.indices.contains(index) else { return self }
      items[index] = items[index].changing(at: path.dropFirst(), change)
      return .list(items, place)
    }
  }

  /// A mapping with the keys of another laid over it: `states` joined by dimension, an empty value taking its key away.
  func overlaid(by nearer: YAML, joining joined: Set<String> = ["states"]) -> YAML {
    guard case .map(let pairs, _) = nearer else { return self }
    var result = self
    for (key, value) in pairs {
      if value.isNull {
        result = result.setting(key.text, to: nil)
      } else if joined.contains(key.text), let old = result[key.text], case .map(let inner, _) = value {
        // A tag that is taken away stays in sight: it must also hold against the tags farther out.
        let keepsEmpty = key.text == "states"
        let new = inner.reduce(old) { $0.setting($1.key, keepsEmpty || !$1.value.isNull ? $1.value : nil) }
        result = result.setting(key.text, to: new)
      } else {
        result = result.setting(key, value)
      }
    }
    return result
  }

  /// As `setting(_:to:)`, with the place of the key as it was written.
  private func setting(_ key: YAMLScalar, _ value: YAML?) -> YAML {
    guard case .map(var pairs, let place) = self, let value else { return setting(key.text, to: value) }
    if let index = pairs.firstIndex(where: { $0.key.text == key.text }) {
      pairs[index] = (key, value)
    } else {
      pairs.append((key, value))
    }
    return .map(pairs, place)
  }
}
