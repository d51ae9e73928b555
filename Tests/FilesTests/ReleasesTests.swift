import CExchange
import Glibc
import Synchronization
import Testing

@testable import Files

/// Former sites are kept beside the site, whatever happens between two steps.
struct ReleasesTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var site: String { folder("public") }
  private var hidden: String { ".public.gongkai-releases" }

  private func begin(exchange: Bool = true, stopping: @escaping Stop = { _ in }) throws -> Staging {
    try Staging(
      site, [], .generator, acceptingOthers: true,
      exchange: { exchange ? gongkai_exchange($0, $1) : EINVAL },
      moment: { moment throws(StagingError) in try stopping(moment) })
  }

  private typealias Stop = @Sendable (ReleaseFolder.Moment) throws(StagingError) -> Void

  @discardableResult
  private func publish(
    _ text: String, keeping: Int = 5, exchange: Bool = true, stopping: @escaping Stop = { _ in }
  )
    throws -> Publication
  {
    let staging = try begin(exchange: exchange, stopping: stopping)
    try staging.write("index.html", bytes(text))
    try staging.write("same.html", bytes("同"))
    return try staging.publish(
      dated: "2026-11-21 17:38", new: SiteCount(pages: 2, files: 2), present: SiteCount(pages: 2, files: 2),
      keeping: keeping)
  }

  private var text: String? { folder.text("public/index.html") }

  private func kept() throws -> [Int: String] {
    let releases = try Releases.open(site)
    return Dictionary(
      uniqueKeysWithValues: releases.kept.map {
        (
          $0.number,
          String(
            decoding: (try? Disk.real.read(releases.folder(of: $0.number) + "/index.html")) ?? [],
            as: UTF8.self)
        )
      })
  }

  @Test func `each publication keeps the site before it`() throws {
    #expect(try publish("一").previous == nil)
    #expect(try publish("二").previous?.number == 1)
    let third = try publish("三")
    #expect(third.release == SiteRelease(3, date: "2026-11-21 17:38", pages: 2, files: 2, after: 2))
    #expect(third.report == Staging.Report(written: 1, carriedOver: 1, leftover: nil))
    #expect(text == "三")
    #expect(try kept() == [1: "一", 2: "二"])
    #expect(try Releases.open(site).inPlace?.number == 3)
    #expect(folder.names == [hidden, "public"])
    #expect(try Disk.real.list(folder(hidden)).map(\.name) == ["000001", "000002", "index"])
  }

  @Test func `a site that waits is not for visitors, and leaves nothing when it does not come`() throws {
    let place = folder("a/b/public")
    do {
      let staging = try Staging.begin(for: place, acceptingOthers: true)
      try staging.write("index.html", bytes("一"))
      #expect(try stat.of(staging.path, following: false).permissions == 0o700)
      staging.abandon()
    }
    #expect(folder.names == [])
    try publish("一")
    #expect(try folder.status("public").permissions & 0o555 == 0o555)
    #expect(try folder.status(hidden).permissions & 0o007 == 0)
  }

  @Test func `no more releases are kept than asked for, the oldest go`() throws {
    for text in ["一", "二", "三"] { try publish(text) }
    #expect(try publish("四", keeping: 2).deleted == [1])
    #expect(try kept() == [2: "二", 3: "三"])
  }

  @Test func `a rollback keeps the site it leaves, and the next publication goes on from there`() throws {
    for text in ["一", "二", "三"] { try publish(text) }
    do {
      let releases = try Releases.open(site)
      #expect(try releases.restore(1, keepingPresent: SiteCount(pages: 0, files: 0))?.number == 3)
    }
    #expect(text == "一")
    #expect(try kept() == [2: "二", 3: "三"])
    #expect(try publish("四", keeping: 1).release.after == 1)
    // The site that was in place a moment ago stays, although its number is the lowest.
    #expect(try kept() == [1: "一"])
  }

  @Test func `an empty folder is replaced, other files are kept as a release`() throws {
    try folder.makeFolder("public")
    #expect(try publish("一").previous == nil)
    #expect(try kept() == [:])
    unlink(folder("public/index.html"))
    try removeTree(site, in: AT_FDCWD, path: site)
    try folder.write("public/thesis.docx", "论文")
    let done = try publish("二")
    #expect(done.previous?.number == 2)
    #expect(folder.text(hidden + "/000002/thesis.docx") == "论文")
    #expect(text == "二")
  }

  @Test func `a build keeps the release it replaces, and its own site has no number`() throws {
    try publish("一")
    for text in ["二", "三"] {
      let staging = try Staging.begin(for: site)
      try staging.write("index.html", bytes(text))
      try staging.commit()
    }
    #expect(text == "三")
    #expect(try kept() == [1: "一"])
    #expect(try Releases.open(site).inPlace == nil)
    try publish("四")
    #expect(try kept().values.sorted() == ["一", "三"])
  }

  @Test func `the home folder, system folders and mounted folders are refused`() throws {
    #expect(throws: StagingError.self) { try Staging.begin(for: "/etc/ssl", acceptingOthers: true) }
    #expect(throws: StagingError.self) { try Staging.begin(for: "/usr", acceptingOthers: true) }
    #expect(throws: StagingError.self) { try Staging.begin(for: "/proc", acceptingOthers: true) }
    if let home = getenv("HOME").flatMap({ String(validatingCString: $0) }) {
      #expect(throws: StagingError.self) { try Staging.begin(for: home, acceptingOthers: true) }
    }
    try folder.write("public/.git/config", "x")
    #expect(throws: StagingError.outputHoldsHidden(output: site, name: ".git")) { try begin() }
  }

  /// A process that is killed between two steps: at that moment, the next run finds what lies there.
  @Test(arguments: ReleaseFolder.Moment.allCases, [true, false])
  func `killed after any step, the next run has the old site or the new and every release`(
    _ wanted: ReleaseFolder.Moment, exchange: Bool
  ) throws {
    for text in ["一", "二", "三"] { try publish(text) }
    let (folder, site, hidden) = (folder, site, hidden)
    let found = Mutex<(reached: Bool, faults: [String])>((false, []))
    _ = try? publish("四", keeping: 2, exchange: exchange) { moment throws(StagingError) in
      guard moment == wanted else { return }
      found.withLock { $0.reached = true }
      // What the next run does first, in the state that a kill would leave just now.
      _ = try ReleaseFolder(try OutputFolder(site)).recover()
      let text = folder.text("public/index.html")
      let index = try ReleaseFolder(try OutputFolder(site)).readIndex()
      let kept = try ReleaseFolder(try OutputFolder(site)).kept()
      let isNew = [.exchanged, .kept, .done, .pruning].contains(moment)
      var faults: [String] = []
      if text != (isNew ? "四" : "三") { faults.append("site \(text ?? "none")") }
      if index.move != nil { faults.append("still moving") }
      if index.inPlace?.number != (isNew ? 4 : 3) { faults.append("in place \(index)") }
      if kept != (moment == .pruning ? [2, 3] : isNew ? [1, 2, 3] : [1, 2]) {
        faults.append("kept \(kept)")
      }
      for number in kept {
        let text = folder.text("\(hidden)/00000\(number)/index.html")
        if text != ["", "一", "二", "三"][number] { faults.append("release \(number) is \(text ?? "none")") }
      }
      if Set(index.releases.keys).subtracting([1]) != Set(isNew ? [2, 3, 4] : [2, 3]) {
        faults.append("\(index)")
      }
      found.withLock { $0.faults = faults }
      throw .notOpen
    }
    let (reached, faults) = found.withLock { $0 }
    // Only without exchange is the old site moved aside.
    #expect(reached == (wanted != .oldAside || !exchange))
    #expect(faults == [])
    // And then everything goes on.
    try publish("五")
    #expect(text == "五")
    #expect(folder.names == [hidden, "public"])
  }

  @Test(arguments: ReleaseFolder.Moment.allCases, [true, false])
  func `a rollback killed after any step loses nothing`(_ wanted: ReleaseFolder.Moment, exchange: Bool) throws
  {
    for text in ["一", "二", "三"] { try publish(text) }
    let site = site
    do {
      let releases = try Releases.open(site) { output in
        var folder = ReleaseFolder(output)
        if !exchange { folder.exchange = { _, _ in EINVAL } }
        folder.moment = { moment throws(StagingError) in
          if moment == wanted {
            _ = try ReleaseFolder(try OutputFolder(site)).recover()
            throw .notOpen
          }
        }
        return folder
      }
      _ = try? releases.restore(1, keepingPresent: SiteCount(pages: 0, files: 0))
    }
    let all = try kept().values + [text ?? "none"]
    #expect(all.sorted() == ["一", "三", "二"].sorted())
    #expect(text == (["一", "三"].contains(text ?? "") ? text : "一"))
    #expect(try Releases.open(site).inPlace?.number == (text == "一" ? 1 : 3))
  }

  @Test(arguments: ReleaseFolder.Moment.allCases)
  func `a fault in any step leaves the old site, or the new one and says so`(_ wanted: ReleaseFolder.Moment)
    throws
  {
    for text in ["一", "二"] { try publish(text) }
    let fault = StagingError.disk(DiskError("x", errno: ENOSPC))
    do {
      let done = try publish("三", keeping: 1) { moment throws(StagingError) in
        if moment == wanted { throw fault }
      }
      #expect(done.trouble == (wanted == .oldAside ? nil : fault))
      #expect(text == "三")
    } catch let error as StagingError {
      #expect(error == fault)
      #expect(text == "二")
      #expect(try kept() == [1: "一"])
    }
    #expect(folder.names == [hidden, "public"])
  }

  @Test func `a lost or damaged index costs dates, never a release`() throws {
    for text in ["一", "二", "三"] { try publish(text) }
    try folder.write(hidden + "/index", "gongkai-releases 1\nnext 1")
    #expect(try kept() == [1: "一", 2: "二"])
    #expect(try Releases.open(site).inPlace == nil)
    let done = try publish("四")
    #expect(done.previous?.number == 3)
    #expect(done.release.number == 4)
    #expect(try kept() == [1: "一", 2: "二", 3: "三"])
  }

  @Test func `a new site whose folder cannot be told apart is kept`() throws {
    for text in ["一", "二"] { try publish(text) }
    let index = try ReleaseFolder(try OutputFolder(site)).readIndex()
    var moved = index
    moved.move = .init(manner: .publish, new: .init(number: 1, identity: .init(inode: 1, birth: 1)), old: 2)
    try ReleaseFolder(try OutputFolder(site)).write(moved)
    #expect(try kept() == [1: "一"])
    #expect(text == "二")
  }

  @Test(arguments: [
    "", "gongkai-releases 2\n", "gongkai-releases 1\nnext x\n",
    "gongkai-releases 1\nnext 99999999999999999999\n",
    "gongkai-releases 1\nrelease 1\n", "gongkai-releases 1\nmoving eat 1 2 3\n", "gongkai-releases 1",
  ])
  func `what is no index is not read`(_ text: String) {
    #expect(ReleaseIndex(reading: text) == nil)
  }

  @Test func `an index is read as it was written`() {
    var index = ReleaseIndex()
    index.next = 14
    index.inPlace = .init(number: 13, identity: .init(inode: 1_315_076, birth: 1_795_282_709_000_000_000))
    index.releases[13] = SiteRelease(13, date: "2026-11-21 17:38", pages: 12, files: 63, after: 12)
    index.releases[2] = SiteRelease(2, pages: 1, files: 1)
    for old in [12, nil] {
      index.move = .init(
        manner: .restore, new: .init(number: 12, identity: .init(inode: 7, birth: 0)), old: old)
      #expect(ReleaseIndex(reading: index.text) == index)
    }
  }
}
