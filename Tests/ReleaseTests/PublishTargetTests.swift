import Testing

@testable import Release

struct PublishTargetTests {
  @Test(arguments: ["public", "/srv/www", "./a:b", "../x", "a/b:c", "公开"])
  func `a folder of this machine is a target`(_ text: String) throws {
    #expect(try PublishTarget(text) == .folder(text))
  }

  @Test(arguments: ["rsync://h/x", "sftp://h/x", "web@10.0.0.8:/srv", "host:path", "https://x/", "s3:x", ""])
  func `other places are refused, and say what to do`(_ text: String) {
    #expect(throws: PublishTargetError.self) { try PublishTarget(text) }
  }
}
