import Foundation
import Synchronization
import Testing

@testable import Preview

/// The preview as a whole: watching, refreshing, telling.
@Suite(.timeLimit(.minutes(10))) struct PreviewTests {
  private let site = SmallSite()
  private let folder = FileManager.default.temporaryDirectory.appending(
    path: "gongkai-preview-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  @Test func `a file that is saved is taken up, and the terminal and the page are told`() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (events, told) = AsyncStream<PreviewEvent>.makeStream()
    let running = Task {
      try await preview(site.previewed, watching: [folder.path], port: 0) { told.yield($0) }
    }
    var iterator = events.makeAsyncIterator()
    guard case .listening(let port, let wanted)? = await iterator.next() else {
      Issue.record("does not listen")
      return
    }
    #expect(port == wanted && port > 0)
    #expect(site.state.withLock(\.refreshed) == [nil])
    site.state.withLock { $0.change = .init(pages: ["index.html"], findingsChanged: false) }
    let client = try Client(port)
    _ = try await client.ask(
      "GET /__gongkai/events HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n", until: "}\n\n")
    let file = folder.appending(path: "表.csv").path
    try "甲\n".write(toFile: file, atomically: false, encoding: .utf8)
    guard case .refreshed(let refresh)? = await iterator.next() else {
      Issue.record("is not taken up")
      return
    }
    #expect(refresh.changes == .paths([file]))
    #expect(refresh.pages == 1)
    #expect(try await client.read(until: "}\n\n").contains(#""pages":["index.html"]"#))

    site.state.withLock { $0.trouble = .init("读不到 content") }
    try "乙\n".write(toFile: file, atomically: false, encoding: .utf8)
    guard case .trouble("读不到 content")? = await iterator.next() else {
      Issue.record("trouble is not told")
      return
    }
    #expect(try await client.read(until: "}\n\n").contains("event: change"))
    running.cancel()
    try await running.value
  }

  @Test func `no page is made from half a change`() async throws {
    let half = Mutex(false)
    let made = Mutex(0)
    var slow = site.previewed
    slow.refresh = { _ async throws(PreviewedSite.Trouble) in
      half.withLock { $0 = true }
      try? await Task.sleep(for: .milliseconds(30))
      half.withLock { $0 = false }
      return .init(pages: [], findingsChanged: false)
    }
    slow.file = { _ async throws(PreviewedSite.Trouble) in
      #expect(!half.withLock { $0 })
      try? await Task.sleep(for: .milliseconds(3))
      #expect(!half.withLock { $0 })
      made.withLock { $0 += 1 }
      return .init(bytes: [])
    }
    let site = slow.remembering()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<3 { group.addTask { _ = try await site.refresh(nil) } }
      for number in 0..<60 {
        group.addTask {
          try await Task.sleep(for: .milliseconds(number * 2))
          for _ in 0..<3 { _ = try await site.file("index.html") }
        }
      }
      try await group.waitForAll()
    }
    // Once after each change, and perhaps before the first.
    #expect((1...4).contains(made.withLock { $0 }))
  }

  @Test func `a port that is taken gives way to the next free one`() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let taken = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(taken) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutableBytes(of: &address) { bytes in
      bytes.withMemoryRebound(to: sockaddr.self) { pointer in
        pointer.baseAddress.map {
          bind(taken, $0, length) == 0 && listen(taken, 1) == 0
            && getsockname(taken, $0, &length) == 0
        }
      }
    }
    #expect(bound == true)
    let port = UInt16(bigEndian: address.sin_port)
    let (events, told) = AsyncStream<PreviewEvent>.makeStream()
    let running = Task {
      try await preview(site.previewed, watching: [folder.path], port: port) { told.yield($0) }
    }
    var iterator = events.makeAsyncIterator()
    guard case .listening(let chosen, let wanted)? = await iterator.next() else {
      Issue.record("does not listen")
      return
    }
    #expect(wanted == port && chosen != port && chosen > 0)
    running.cancel()
    try await running.value
  }
}
