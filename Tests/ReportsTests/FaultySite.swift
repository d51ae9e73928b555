import Diagnostics
import Files
import Foundation
import Pipeline

/// The sample content with faults of many kinds, in memory.
struct FaultySite {
  static let root = Path.folder(of: Path.folder(of: Path.folder(of: #filePath)))

  /// What is found in it, found once.
  static let found = Task { try await FaultySite().report() }

  var files: [String: [UInt8]] = [:]

  init() throws {
    for file in Disk.real.fileTree(at: Self.root + "/content").files {
      files["content/" + file.path] = try Disk.real.read(Path.join(Self.root + "/content", file.path))
    }
    let budget = "content/yantian-zgh/2022/budget/"
    replace("\"1,273.52\",支出总计", with: "\"1,273.25\",支出总计", in: budget + "收支总表.csv")
    replace("445.96,827.56\n,201", with: "454.96,827.56\n,201", in: budget + "一般公共预算支出表（按功能分类）.csv")
    replace("28.13", with: "２８.13", in: budget + "政府预算拨款收支总表.csv")
    files["content/yuelu-zgh/2022/performance-review/narrative.md", default: []] += Array(
      "\n[附件](没有.pdf) <b>粗</b>\n\n{{ 没有这张表[行] }}\n".utf8)
    files["content/yuanjiang-zgh/unit.yaml", default: []] += Array("地区: 写错的键\n".utf8)
    files["content/wangcheng-zgh/2022/笔记.txt"] = Array("随手记\n".utf8)
    files["content/wangcheng-zgh/二〇二二/a.csv"] = Array("甲\n".utf8)
    files["content/zhuzhou-zgh/2021/performance-review/disclosure.yaml", default: []] += Array(
      "title: [\n".utf8)
  }

  private mutating func replace(_ old: String, with new: String, in file: String) {
    let text = String(decoding: files[file] ?? [], as: UTF8.self)
    assert(text.contains(old), file)
    files[file] = Array(text.replacing(old, with: new).utf8)
  }

  func report(jobs: Int = 2, on disk: Disk? = nil) async throws -> BuildReport {
    try await Pipeline.check(
      SiteFolders(content: "content"), BuildOptions(jobs: jobs), on: disk ?? .inMemory(files: files))
  }

  func lines(_ file: String, _ number: Int) -> String? {
    let lines = files[file].map {
      String(decoding: $0, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    }
    return lines.flatMap { number >= 1 && number <= $0.count ? String($0[number - 1]) : nil }
  }
}
