import Testing

@testable import Preview

@Suite struct RequestPathTests {
  @Test(arguments: [
    ("/", "index.html"), ("/jyj/", "jyj/index.html"), ("/jyj", "jyj"),
    ("/jyj/2024/%E8%A1%A8.csv", "jyj/2024/表.csv"),
    ("/表.csv", "表.csv"), ("/a%20b.pdf", "a b.pdf"), ("/100%25", "100%"), ("/a..b/...", "a..b/..."),
    ("/%252e%252e/x", "%2e%2e/x"), ("/a%2Fb", "a/b"),
  ])
  func `a path is decoded once`(_ target: String, _ path: String) {
    #expect(RequestPath.decode(target) == path)
  }

  @Test(arguments: [
    "", "index.html", "http://127.0.0.1/index.html", "*", "/..", "/../secret", "/a/../../secret",
    "/%2e%2e/secret",
    "/%2E%2e/secret", "/.%2e/secret", "/..%2fsecret", "/..%2Fsecret", "/a/..%2f..%2fsecret", "/./index.html",
    "/%2e/index.html", "/..\\secret", "/..%5csecret", "/%5c..%5csecret", "/index.html%00", "/%00",
    "/a%00.html",
    "/a%0Ab", "/a%0db", "/%7f", "/%", "/%4", "/%zz", "/%ff", "/%c0%ae%c0%ae/secret", "/%e0%80%ae/x",
    "/%ed%a0%80", "/%e8%a1",
  ])
  func `what could lead elsewhere, or is no text, is refused`(_ target: String) {
    #expect(RequestPath.decode(target) == nil)
  }

  @Test(
    arguments: [
      (nil, ByteRange.whole), ("bytes=0-3", .part(0..<4)), ("bytes=4-", .part(4..<10)),
      ("bytes=-3", .part(7..<10)),
      ("bytes=-30", .part(0..<10)), ("bytes=9-99", .part(9..<10)), ("bytes=10-", .unsatisfiable),
      ("bytes=-0", .unsatisfiable), ("bytes=99999999999999999999-", .unsatisfiable),
      ("bytes=0-99999999999999999999", .part(0..<10)), ("bytes=3-1", .whole), ("bytes=0-1,3-4", .whole),
      ("lines=0-1", .whole), ("bytes=", .whole), ("bytes=-", .whole), ("bytes=a-b", .whole),
      ("bytes=+1-2", .whole),
    ] as [(String?, ByteRange)])
  func `a range is one run of bytes, or none`(_ header: String?, _ range: ByteRange) {
    #expect(ByteRange(header, of: 10) == range)
  }

  @Test func `of nothing there is no part`() {
    #expect(ByteRange("bytes=0-", of: 0) == .unsatisfiable)
    #expect(ByteRange("bytes=-1", of: 0) == .unsatisfiable)
  }
}
