import Diagnostics
import Parsing

/// The data files beside the sets: kinds of disclosure and shared fragments.
extension FormLibrary {
  static let kindKeys = ["id", "title", "other-names", "publish-within", "published-in", "foreign-words"]

  static func readKinds(_ root: YAML, findings: inout [Finding]) -> [Kind] {
    var reader = MapReader(root, "公开类别", keys: ["kinds"], id: "form-set-syntax")
    var kinds: [Kind] = []
    for item in reader.list("kinds") {
      var entry = MapReader(item, "公开类别", keys: kindKeys, id: "form-set-syntax")
      if let id = entry.text("id", required: true), let title = entry.text("title", required: true) {
        kinds.append(
          Kind(
            id: id, title: title, otherNames: entry.texts("other-names"), timing: Kind.Timing(&entry),
            foreignWords: Wording.words(&entry, "foreign-words", &findings)))
      }
      findings += entry.findings
    }
    findings += reader.findings
    return kinds
  }

  static func readFragments(_ root: YAML, findings: inout [Finding]) -> [String: [YAML]] {
    var reader = MapReader(root, "片段文件", keys: ["fragments"], id: "form-syntax")
    var result: [String: [YAML]] = [:]
    for (name, value) in reader.pairs("fragments") {
      if case .list(let items, _) = value {
        result[name.text] = items
      } else {
        reader.report(value.place, "片段“\(name.text)”应当是列表，这里是\(value.chinese)")
      }
    }
    findings += reader.findings
    return result
  }
}
