import Diagnostics
import Parsing

/// Files of a site that could not be read: a form that seems to be missing may be one of them.
struct UnreadableForms: Sendable {
  private let names: Set<String>
  private let sets: Set<String>

  /// - Parameter paths: the paths of the files, by their parts.
  init(_ paths: [[String]]) {
    names = Set(paths.compactMap { $0.last }.map { String($0.dropLast(".yaml".count)) })
    sets = Set(
      paths.filter { $0.last != "set.yaml" }.compactMap { $0.dropLast().last }.filter { $0 != "forms" })
  }

  /// Whether one of the files may hold a form: it lies in the form's set, or bears its name.
  func mayBe(_ fullName: String) -> Bool {
    let parts = fullName.split(separator: "/").map(String.init)
    return parts.count > 1 && parts.first.map(sets.contains) ?? false
      || parts.last.map(names.contains) ?? false
  }
}

extension Finding {
  /// With `{year}`, as it is written, in place of the years of a form that was read for no year in particular.
  var unplaced: Finding {
    var finding = self
    finding.message = YAML.unplaced(finding.message)
    finding.hint = finding.hint.map { YAML.unplaced($0) }
    return finding
  }
}

extension YAML {
  fileprivate static func unplaced(_ text: String) -> String {
    (-3...3).reduce(text) { text, offset in
      let name = offset == 0 ? "{year}" : offset < 0 ? "{year\(offset)}" : "{year+\(offset)}"
      return text.replacing(String(FormLibrary.sampleYear + offset), with: name)
    }
  }
}

extension [String] {
  /// Each name once, in order.
  var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
