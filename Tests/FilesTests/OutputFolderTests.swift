import Glibc
import Testing

@testable import Files

struct OutputFolderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func build(_ output: String = "public", _ text: String = "首页") throws {
    let staging = try Staging.begin(for: folder(output))
    try staging.write("index.html", bytes(text))
    try staging.commit()
  }

  @Test func `a folder that gongkai did not make is refused and left alone`() throws {
    try folder.write("public/thesis.docx", "论文")
    #expect(throws: StagingError.outputIsNotOurs(folder("public"))) { try build() }
    #expect(folder.text("public/thesis.docx") == "论文")
    #expect(folder.names == ["public"])
  }

  @Test func `an empty folder is accepted`() throws {
    try folder.makeFolder("public")
    try build()
    #expect(folder.text("public/index.html") == "首页")
  }

  @Test func `a copied site is known by its first page`() throws {
    try folder.write("public/index.html", #"<html><meta name="generator" content="gongkai 1.0">"#)
    try folder.write("public/other.html", "x")
    try build()
    #expect(folder.text("public/index.html") == "首页")
    #expect(!folder.exists("public/other.html"))
  }

  @Test func `another generator's site is refused`() throws {
    try folder.write("public/index.html", "<meta name=\"generator\" content=\"Hugo 0.120\">")
    #expect(throws: StagingError.outputIsNotOurs(folder("public"))) { try build() }
  }

  @Test func `a folder that turns foreign while the site is built is not replaced`() throws {
    let staging = try Staging.begin(for: folder("public"))
    try staging.write("index.html", bytes("首页"))
    try folder.write("public/thesis.docx", "论文")
    #expect(throws: StagingError.outputIsNotOurs(folder("public"))) { try staging.commit() }
    #expect(folder.text("public/thesis.docx") == "论文")
    #expect(folder.names == ["public"])
  }

  @Test(arguments: [".git/config", ".git", ".obsidian/app.json"])
  func `a folder under version control is refused even if it is a site`(_ hidden: String) throws {
    try build()
    try folder.write("public/" + hidden, "x")
    let name = Path.components(hidden).first ?? ""
    #expect(throws: StagingError.outputHoldsHidden(output: folder("public"), name: name)) { try build() }
  }

  @Test func `published hidden files do not stand in the way`() throws {
    try build()
    try folder.write("public/.well-known/security.txt", "x")
    try folder.write("public/.nojekyll", "")
    try build("public", "新")
    #expect(folder.text("public/index.html") == "新")
  }

  @Test func `a file where the folder should be is refused`() throws {
    try folder.write("public", "x")
    #expect(throws: StagingError.outputIsNoFolder(folder("public"))) { try build() }
    #expect(folder.text("public") == "x")
  }

  @Test func `the root of the disk is no output`() {
    #expect(throws: StagingError.outputIsRoot("/")) { try Staging.begin(for: "/") }
    #expect(throws: StagingError.self) { try Staging.begin(for: "") }
    #expect(throws: StagingError.self) { try Staging.begin(for: "/tmp") }
  }

  @Test(arguments: ["content", "content/public", ".", "site/.."])
  func `an output that overlaps with a source is refused`(_ output: String) throws {
    try folder.write("content/site.yaml", "x")
    try folder.makeFolder("site")
    #expect(throws: StagingError.outputTouchesSource(output: folder(output), source: folder("content"))) {
      try Staging.begin(for: folder(output), awayFrom: [folder("content")])
    }
    #expect(throws: Never.self) {
      try Staging.begin(for: folder("content-public"), awayFrom: [folder("content")])
    }
  }

  @Test func `folders above the output are made`() throws {
    try build("build/site/public")
    #expect(folder.text("build/site/public/index.html") == "首页")
  }

  @Test func `an output that is a link is replaced where it leads`() throws {
    try folder.makeFolder("www/site")
    try folder.link("public", to: "www/site")
    try build()
    #expect(try folder.status("public").isLink)
    #expect(folder.text("www/site/index.html") == "首页")
    try folder.link("dangling", to: "nowhere/at/all")
    #expect(throws: StagingError.self) { try build("dangling") }
  }

  @Test func `a second build at once is refused and says which one runs`() throws {
    let first = try Staging.begin(for: folder("public"))
    try first.write("index.html", bytes("一"))
    let refusal = StagingError.anotherBuildIsRunning(output: folder("public"), process: getpid())
    #expect(throws: refusal) { try build() }
    #expect(refusal.message.contains("另一次构建正在写入"))
    try build("other")
    try first.commit()
    #expect(folder.text("public/index.html") == "一")
    try build("public", "二")
    #expect(folder.text("public/index.html") == "二")
    #expect(folder.names == ["other", "public"])
  }

  @Test func `a lock held through another open file is seen, and is free once that file is closed`() throws {
    let lock = folder(".public.gongkai-lock")
    let other = open(lock, O_RDWR | O_CREAT, 0o644)
    #expect(flock(other, LOCK_EX) == 0)
    let refusal = StagingError.anotherBuildIsRunning(output: folder("public"), process: nil)
    #expect(throws: refusal) { try build() }
    close(other)
    try build()
    #expect(folder.names == ["public"])
  }

  @Test func `a held lock keeps the other build's staging folder from being cleaned up`() throws {
    let first = try Staging.begin(for: folder("public"))
    try first.write("a", bytes("一"))
    #expect(throws: StagingError.self) { try build() }
    #expect(folder.text(".public.gongkai-staging/a") == "一")
  }

  @Test func `what a killed build left is cleaned up`() throws {
    try build("public", "旧")
    try folder.write(".public.gongkai-lock", "999999\n")
    try folder.write(".public.gongkai-staging/half/page.html", "半")
    try folder.write(".public.gongkai-previous/page.html", "更旧")
    let staging = try Staging.begin(for: folder("public"))
    #expect(!folder.exists(".public.gongkai-staging/half"))
    staging.abandon()
    #expect(folder.names == ["public"])
    #expect(folder.text("public/index.html") == "旧")
  }

  @Test func `a build killed between two renames gets its old site back`() throws {
    try build("public", "旧")
    #expect(rename(folder("public"), folder(".public.gongkai-previous")) == 0)
    try folder.write(".public.gongkai-staging/index.html", "半")
    let staging = try Staging.begin(for: folder("public"))
    #expect(folder.text("public/index.html") == "旧")
    staging.abandon()
    #expect(folder.names == ["public"])
  }

  @Test func `a site is known by a mark that is no file in it`() throws {
    try build("public", "一页，没有 generator")
    #expect(try Disk.real.list(folder("public")).map(\.name) == ["index.html"])
    try build("public", "新")
    #expect(folder.text("public/index.html") == "新")
  }
}
