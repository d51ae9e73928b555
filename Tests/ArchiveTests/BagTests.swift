import Diagnostics
import Files
import Foundation
import Testing

@testable import Archive

@Suite struct BagTests {
  static let payload = [
    BagFile("site/index.html", Array("<h1>首页</h1>".utf8)),
    BagFile("source/content/站点 说明.md", Array("甲\n".utf8)),
    BagFile("tables/a.csv", Array("项目,预算数\n支出,36.00\n".utf8)),
  ]
  static let info = BagInfo([("Source-Organization", "示例市财政局"), ("External-Identifier", "bm00000000-2022")])

  /// The bag 2022 of these files, changed by hand, and bags chained to it.
  static func shelf(_ change: (inout [String: [UInt8]]) -> Void = { _ in }) throws -> BagShelf {
    var files: [String: [UInt8]] = [:]
    for file in try makeBag(payload, info: info) { files["archive/2022/" + file.path] = file.bytes }
    let digest = try sha512(try #require(files["archive/2022/tagmanifest-sha512.txt"]))
    var next = info
    next.add(BagInfo.previousBag, "2022")
    next.add(BagInfo.previousDigest, digest)
    for file in try makeBag([BagFile("a.txt", [0x61])], info: next) {
      files["archive/2023/" + file.path] = file.bytes
    }
    change(&files)
    return BagShelf("archive", disk: .inMemory(files: files))
  }

  static func messages(_ findings: [Finding]) -> [String] {
    findings.map { "\($0.place.file): \($0.message)" }
  }

  static func verifyAll(_ shelf: BagShelf) throws -> [String] {
    let bags = try shelf.bags()
    return messages(bags.flatMap { verify($0) } + verifyChain(of: bags, in: shelf))
  }

  @Test func `a new bag has nothing to find fault with`() throws {
    #expect(try Self.verifyAll(try Self.shelf()) == [])
  }

  @Test func `the same files give the same bag in whatever order they come`() throws {
    let one = try makeBag(Self.payload, info: Self.info)
    let other = try makeBag(Self.payload.reversed(), info: Self.info)
    #expect(Set(one) == Set(other))
    let info = try #require(one.first { $0.path == "bag-info.txt" })
    #expect(String(decoding: info.bytes, as: UTF8.self).hasSuffix("Payload-Oxum: 49.3\n"))
  }

  @Test func `every flipped bit of a bag is found`() throws {
    let whole = try Self.shelf()
    for file in try makeBag(Self.payload, info: Self.info) {
      for bit in stride(from: 0, to: file.bytes.count * 8, by: file.bytes.count > 100 ? 13 : 1) {
        let damaged = try Self.shelf { files in
          files["archive/2022/" + file.path]?[bit / 8] ^= 1 << (bit % 8)
        }
        let findings = verify(damaged.bag(BagName(year: 2022)))
        #expect(!findings.isEmpty, "\(file.path), bit \(bit)")
        if file.path.hasPrefix("data/") {
          #expect(findings.map(\.place.file).contains("archive/2022/" + file.path))
        }
      }
    }
    #expect(verify(whole.bag(BagName(year: 2022))).isEmpty)
  }

  @Test func `removed, added and renamed files are named`() throws {
    let removed = try Self.shelf { $0["archive/2022/data/tables/a.csv"] = nil }
    #expect(try Self.verifyAll(removed) == ["archive/2022/data/tables/a.csv: 封存的文件不见了"])
    let added = try Self.shelf { $0["archive/2022/data/.DS_Store"] = [1] }
    #expect(try Self.verifyAll(added).contains("archive/2022/data/.DS_Store: 封存之后多出来的文件"))
    let besides = try Self.shelf { $0["archive/2022/说明.txt"] = [1] }
    #expect(try Self.verifyAll(besides) == ["archive/2022/说明.txt: 封存之后多出来的文件"])
    let renamed = try Self.shelf {
      $0["archive/2022/data/tables/b.csv"] = $0.removeValue(forKey: "archive/2022/data/tables/a.csv")
    }
    #expect(try Self.verifyAll(renamed) == ["archive/2022/data/tables/b.csv: 由“data/tables/a.csv”改名而来"])
  }

  @Test func `an edited manifest is found`() throws {
    let edited = try Self.shelf { files in
      files["archive/2022/data/tables/a.csv"] = [1]
      let digest = (try? sha512([1])) ?? ""
      let path = "archive/2022/manifest-sha512.txt"
      let lines = String(decoding: files[path] ?? [], as: UTF8.self).split(separator: "\n").map { line in
        line.hasSuffix("a.csv") ? "\(digest)  data/tables/a.csv" : String(line)
      }
      files[path] = Array((lines.joined(separator: "\n") + "\n").utf8)
    }
    #expect(try Self.verifyAll(edited).contains { $0.contains("manifest-sha512.txt: 清单被改过") })
  }

  @Test func `an older bag that was made anew is betrayed by the next`() throws {
    let forged = try Self.shelf { files in
      var payload = Self.payload
      payload[2].bytes = Array("项目,预算数\n支出,35.00\n".utf8)
      for file in (try? makeBag(payload, info: Self.info)) ?? [] {
        files["archive/2022/" + file.path] = file.bytes
      }
    }
    #expect(verify(forged.bag(BagName(year: 2022))).isEmpty)
    #expect(
      try Self.verifyAll(forged) == [
        "archive/2022/tagmanifest-sha512.txt: 与存档 2023 记下的摘要不符：存档 2022 在封存之后被改过或换过"
      ])
    #expect(verifyChain(of: [forged.bag(BagName(year: 2022))], in: forged).count == 1)
  }

  @Test func `an older bag that is gone is missed`() throws {
    let gone = try Self.shelf { files in
      for path in files.keys where path.hasPrefix("archive/2022/") { files[path] = nil }
    }
    #expect(try Self.verifyAll(gone) == ["archive/2023/bag-info.txt: 前一份存档 2022 不见了"])
  }

  @Test(arguments: ["a%.pdf", "a\nb", "尾 ", "../a", "/a", "a\\b"])
  func `a name that tools read differently is refused`(_ name: String) {
    #expect(throws: BagError.self) { try makeBag([BagFile(name, [])], info: BagInfo()) }
  }

  @Test func `names of bags are years with a part`() {
    #expect(BagName("2022")?.text == "2022")
    #expect(BagName("2022-2") == BagName(year: 2022, part: 2))
    for name in ["2022-1", "2022-02", "22", "2022-", "x", "2022-2-3", "０２２２"] {
      #expect(BagName(name) == nil)
    }
    #expect(
      ["2022", "2021-2", "2022-2", "2021"].compactMap(BagName.init).sorted().map(\.text) == [
        "2021", "2021-2", "2022", "2022-2",
      ])
  }

  @Test func `a bag is never written over`() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/gongkai-bag-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let bag = try NewBag(at: folder + "/2022")
    try bag.add("a.txt", [1])
    try bag.seal(Self.info)
    let written = Bag(BagName(year: 2022), folder: folder + "/2022", disk: .real)
    #expect(verify(written).isEmpty)
    #expect(throws: BagError.self) { try NewBag(at: folder + "/2022") }
    #expect(verify(written).isEmpty)
  }
}
