import Content
import Diagnostics
import Files
import Forms
import Foundation
import Parsing
import Testing

/// `make docs` writes the record anew.
private let isRecording = ProcessInfo.processInfo.environment["RECORD_DOCS"] == "1"

/// How well numbers of narratives find their cells, over the clean sets and the samples: what docs/checks.md says.
@Suite struct GeneratedDocsOfTying {
  @Test func `amounts of narratives are tied to the cells that they speak of`() throws {
    var evaluation = TyingEvaluation()
    for set in CleanSet.all {
      for unit in try set.units() { try evaluation.take(unit, changes: 2) }
    }
    for unit in try Samples.units() { try evaluation.take(unit, changes: 2) }
    #expect(evaluation.held > 1_000)
    #expect(evaluation.heldTied * 10 >= evaluation.held * 9, "\(evaluation.untied.joined(separator: "\n"))")
    // What is tied elsewhere is the same figure printed in another table, but for a few.
    #expect(evaluation.tied * 10 >= evaluation.golds * 9)
    #expect(
      evaluation.reported * 10 >= evaluation.changed * 6, "\(evaluation.silent.joined(separator: "\n"))")
    // One sample gives a ratio for a percentage, as its source does.
    #expect(evaluation.alarms.count == 1, "\(evaluation.alarms.joined(separator: "\n"))")
    let record = Path.join(Path.folder(of: #filePath), "tying.md")
    if isRecording { try Data(evaluation.summary.utf8).write(to: URL(filePath: record)) }
    let recorded = String(decoding: try Disk.real.read(record), as: UTF8.self)
    #expect(recorded == evaluation.summary, "请运行两次 make docs")
  }
}

extension TyingEvaluation {
  /// What docs/checks.md says of it.
  var summary: String {
    func share(_ part: Int, _ whole: Int) -> String {
      let tenths = whole == 0 ? 0 : (part * 1000 + whole / 2) / whole
      return "\(tenths / 10).\(tenths % 10)%"
    }
    return """
      ## 正文里的数怎样对应到表

      正文里打字的数（连同单位）按它前面的词——收支、资金来源、性质、科目、项目、年度，以及标题、列举的引语、“其中”“比上年”——\
      找它说的那一格；词来自 `facts.yaml` 的 `words` 和各表的行名、列名。`gongkai check --verbose` 逐个列出哪个数对应哪一格。\
      对应不上的不报；表里有相等的数、词也说得通的，算对应上。没有一格相等时，只有词把一项说全、又没有看不懂的词，才报“正文里的数与表不符”。

      在示例网站和各表套的测试网站里：

      - 表里有这个数的金额 \(held) 个，对应上 \(heldTied) 个（\(share(heldTied, held))）。
      - 把只取一格的公式换成它算出的字，当作打字的数：\(golds) 个里对应上 \(tied) 个（\(share(tied, golds))）；\
      其中 \(tied - wrong.count) 个就是公式的那一格或同一事实，\(wrong.count) 个是别的表里数值相同的一格。
      - 再把这些金额逐个改错（每份文档 2 个）：\(changed) 个里报出 \(reported) 个（\(share(reported, changed))），另在别的行上引出的问题 \(elsewhere) 个。

      """
  }
}

/// The sample site of the repository.
private enum Samples {
  static func units() throws -> [SetUnit] {
    let root = Path.folder(of: Path.folder(of: Path.folder(of: #filePath))) + "/content"
    var files: [String: [UInt8]] = [:]
    for file in Disk.real.fileTree(at: root).files {
      files[file.path] = try Disk.real.read(Path.join(root, file.path))
    }
    let own = files.filter { $0.key.hasPrefix("forms/") }.map {
      SourceText(file: $0.key, text: String(decoding: $0.value, as: UTF8.self))
    }
    let library = FormLibrary(own: own.sorted { $0.file < $1.file })
    let slugs = files.keys.compactMap { path -> String? in
      let parts = path.split(separator: "/")
      return parts.count == 2 && parts[1] == "unit.yaml" ? String(parts[0]) : nil
    }
    return slugs.sorted().map { slug in
      let mine = files.filter { $0.key.hasPrefix(slug + "/") }.map {
        (String($0.key.dropFirst(slug.count + 1)), $0.value)
      }
      return SetUnit(slug: slug, library: library, files: Dictionary(uniqueKeysWithValues: mine))
    }
  }
}
