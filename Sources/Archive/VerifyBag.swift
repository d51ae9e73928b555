import Diagnostics
import Files

/// Holds every file of a bag against its manifests; no finding means not one bit has changed.
public func verify(_ bag: Bag) -> [Finding] {
  var verifier = BagVerifier(bag)
  verifier.run()
  return verifier.findings.inReadingOrder()
}

private struct BagVerifier {
  let bag: Bag
  let files: BagFiles
  var findings: [Finding] = []
  /// Bytes and number of the payload files that are there.
  private var octets = 0
  private var count = 0

  init(_ bag: Bag) {
    self.bag = bag
    files = BagFiles(of: bag)
  }

  mutating func run() {
    for oddity in files.oddities { report("archive-odd-file", oddity.path, oddity.message) }
    if let tags = manifest(BagLayout.tagManifest) {
      compare(files.paths.filter { !isPayload($0) && $0 != BagLayout.tagManifest }, with: tags)
      for name in [BagLayout.declaration, BagLayout.info, BagLayout.manifest] where tags[name] == nil {
        report("archive-manifest", BagLayout.tagManifest, "没有列出 \(name)", hint: Self.restore)
      }
    }
    guard let payload = manifest(BagLayout.manifest) else { return }
    compare(files.paths.filter(isPayload), with: payload)
    checkDeclaration()
    checkOxum()
  }

  private static let restore = "从备份恢复这个文件；存档封存后不能改动"

  private func isPayload(_ path: String) -> Bool { path.hasPrefix(BagLayout.payload) }

  private mutating func manifest(_ name: String) -> BagManifest? {
    guard let bytes = read(name) else { return nil }
    var badLines: [Int] = []
    let manifest = BagManifest(reading: bytes, badLines: &badLines)
    for line in badLines {
      report("archive-manifest", name, "第 \(line) 行不是“摘要  路径”，或路径重复、越出存档", hint: Self.restore, line: line)
    }
    if badLines.isEmpty, manifest.bytes != bytes {
      report("archive-manifest", name, "清单的写法与封存时不同（次序、空格或大小写）", hint: Self.restore)
    }
    for path in manifest.paths where isPayload(path) != (name == BagLayout.manifest) {
      report("archive-manifest", name, "列出了不归它管的“\(path)”", hint: Self.restore)
    }
    return manifest
  }

  private mutating func compare(_ present: [String], with manifest: BagManifest) {
    let there = Set(present.map(PathBytes.init))
    var missing = manifest.paths.filter { !there.contains(PathBytes($0)) }
    for path in present {
      guard let bytes = read(path) else { continue }
      if isPayload(path) {
        octets += bytes.count
        count += 1
      }
      guard let found = digest(bytes, of: path) else { continue }
      guard let wanted = manifest[path] else {
        if let old = missing.first(where: { manifest[$0] == found }) {
          missing.removeAll { $0 == old }
          report("archive-file-renamed", path, "由“\(old)”改名而来", hint: "改回原来的名字")
        } else {
          report("archive-file-extra", path, "封存之后多出来的文件", hint: "移走它；存档封存后不能添加文件")
        }
        continue
      }
      if found != wanted { reportChanged(path) }
    }
    for path in missing { report("archive-file-missing", path, "封存的文件不见了", hint: "从备份恢复") }
  }

  private mutating func reportChanged(_ path: String) {
    if path == BagLayout.manifest {
      report(
        "archive-manifest", path, "清单被改过：与 \(BagLayout.tagManifest) 记下的摘要不符（或后者被改过）", hint: Self.restore)
    } else {
      report("archive-file-changed", path, "内容与封存时不同：SHA-512 不符", hint: Self.restore)
    }
  }

  private mutating func checkDeclaration() {
    guard files.paths.contains(BagLayout.declaration), let bytes = read(BagLayout.declaration) else { return }
    guard bytes != BagLayout.declarationBytes else { return }
    report("archive-file-changed", BagLayout.declaration, "不是 BagIt 1.0 的声明", hint: Self.restore)
  }

  /// Says nothing new where files are known to differ.
  private mutating func checkOxum() {
    guard findings.isEmpty, files.paths.contains(BagLayout.info), let info = try? bag.info() else { return }
    guard let oxum = info["Payload-Oxum"] else {
      return report("archive-file-changed", BagLayout.info, "没有 Payload-Oxum", hint: Self.restore)
    }
    guard oxum != "\(octets).\(count)" else { return }
    report("archive-incomplete", BagLayout.info, "Payload-Oxum 记 \(oxum)，实有 \(octets).\(count)（字节数.文件数）")
  }

  private mutating func read(_ path: String) -> [UInt8]? {
    do throws(DiskError) {
      return try bag.disk.read(bag.path(path), limit: Bag.limit)
    } catch {
      let hint = error.reason == .notFound ? "从备份恢复" : nil
      report(
        error.reason == .notFound ? "archive-file-missing" : "disk", path,
        error.reason == .notFound ? "封存的文件不见了" : error.message, hint: hint)
      return nil
    }
  }

  private mutating func digest(_ bytes: [UInt8], of path: String) -> String? {
    do throws(BagError) {
      return try sha512Digest(bytes)
    } catch {
      report("disk", path, error.message)
      return nil
    }
  }

  private mutating func report(
    _ id: String, _ path: String, _ message: String, hint: String? = nil, line: Int = 0
  ) {
    let place = Place(file: bag.path(path), line: line, column: line > 0 ? 1 : 0, length: 1)
    findings.append(
      Finding(id, at: place, message, hint: hint, subject: Subject(year: bag.name.year)))
  }
}
