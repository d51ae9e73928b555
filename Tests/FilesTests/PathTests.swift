import Testing

@testable import Files

struct PathTests {
  @Test func `paths are joined with one slash`() {
    #expect(Path.join("content", "a", "b.csv") == "content/a/b.csv")
    #expect(Path.join("content/", "/b.csv") == "content/b.csv")
    #expect(Path.join("", "b.csv", "") == "b.csv")
    #expect(Path.join("/", "srv") == "/srv")
  }

  @Test func `a path is taken apart at its slashes`() {
    #expect(Path.lastComponent("a/收支总表.csv") == "收支总表.csv")
    #expect(Path.lastComponent("a/b/") == "b")
    #expect(Path.lastComponent("/") == "")
    #expect(Path.folder(of: "a/b/index.html") == "a/b")
    #expect(Path.folder(of: "index.html") == "")
    #expect(Path.folder(of: "/srv") == "/")
    #expect(Path.components("/a//b/") == ["a", "b"])
  }

  @Test func `a slash followed by a combining mark is still a slash`() {
    #expect(Path.lastComponent("a/\u{301}b") == "\u{301}b")
    #expect(Path.folder(of: "a/\u{301}b") == "a")
    #expect(Path.faultBelowFolder("a/../\u{301}b") != nil)
    #expect(Path.faultBelowFolder("/\u{301}b") != nil)
  }

  @Test(arguments: [
    ("预算.2024.CSV", "CSV"), (".gitignore", ""), ("a.b/c", ""), ("c.", ""), ("x/y.tar.gz", "gz"),
  ])
  func `the extension follows the last full stop of the name`(_ path: String, _ expected: String) {
    #expect(Path.fileExtension(path) == expected)
  }

  @Test(arguments: [
    ("a/b/index.html", "assets/x.css", "../../assets/x.css"),
    ("index.html", "assets/x.css", "assets/x.css"),
    ("a/index.html", "a/b/index.html", "b/index.html"),
    ("a/index.html", "a/index.html", "index.html"),
    ("a/b/index.html", "a/index.html", "../index.html"),
    ("a/b/c.html", "a", "../../a"),
    ("a/index.html", "b/index.html", "../b/index.html"),
  ])
  func `the way between two pages is the shortest`(_ page: String, _ target: String, _ expected: String) {
    #expect(Path.relative(from: page, to: target) == expected)
  }

  @Test func `URLs keep slashes and unreserved characters only`() {
    #expect(Path.percentEncoded("附件/a b.pdf") == "%E9%99%84%E4%BB%B6/a%20b.pdf")
    #expect(Path.percentEncoded("AZaz09-._~/") == "AZaz09-._~/")
    #expect(Path.percentEncoded("a:b?c#d%e&f'\"") == "a%3Ab%3Fc%23d%25e%26f%27%22")
    #expect(Path.relativeURL(from: "单位/index.html", to: "单位/三公.csv") == "%E4%B8%89%E5%85%AC.csv")
  }

  @Test(arguments: ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", "./a", "a/.", "a\0b", ".."])
  func `a path that could leave the folder has a fault`(_ path: String) {
    #expect(Path.faultBelowFolder(path) != nil)
  }

  @Test func `names with full stops in them have no fault`() {
    #expect(Path.faultBelowFolder("a..b/...c/.well-known/收支总表.csv") == nil)
  }

  @Test func `two spellings of one letter are two paths`() {
    #expect(Path.precedes("e\u{301}", "\u{e9}"))
    #expect(!Path.precedes("\u{e9}", "e\u{301}"))
    #expect(Path.relative(from: "e\u{301}/a", to: "\u{e9}/b") == "../\u{e9}/b")
  }

  @Test func `digests are those of the standard`() throws {
    #expect(
      try sha256(bytes("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(try sha256([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }
}
