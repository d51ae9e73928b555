import Testing

@testable import Preview

/// Over a real socket: what only shows there.
@Suite(.timeLimit(.minutes(10))) struct ServerTests {
  private let site = SmallSite()

  /// Runs a body while the site is served on a free port.
  private func served(_ body: @Sendable @escaping (UInt16, Audience) async throws -> Void) async throws {
    let audience = Audience()
    let server = PreviewServer(site: site.previewed, audience: audience)
    let (ports, port) = AsyncStream<UInt16>.makeStream()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run(on: 0) { port.yield($0) } }
      group.addTask {
        for await chosen in ports { return try await body(chosen, audience) }
      }
      try await group.next()
      group.cancelAll()
    }
  }

  @Test func `head has the length and no body, and the connection goes on`() async throws {
    try await served { port, _ in
      let client = try Client(port)
      let head = try await client.ask(
        "HEAD /assets/site.css HTTP/1.1\r\nHost: localhost:\(port)\r\n\r\n", until: "\r\n\r\n")
      #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(head.contains("Content-Length: 4\r\n"))
      #expect(head.contains("Content-Type: text/css; charset=utf-8\r\n"))
      let get = try await client.ask(
        "GET /assets/site.css HTTP/1.1\r\nHost: localhost:\(port)\r\n\r\n", until: "a{}\n")
      #expect(get.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(get.hasSuffix("\r\n\r\na{}\n"))
    }
  }

  @Test(arguments: [
    "/../../../etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2f..%2fetc/passwd",
    "/index.html%00.css",
    "//etc/passwd", "/%2fetc/passwd", "/./././etc/passwd",
  ])
  func `no request over the wire leaves the site`(_ path: String) async throws {
    try await served { port, _ in
      let answer = try await Client(port).ask(
        "GET \(path) HTTP/1.1\r\nHost: localhost:\(port)\r\n\r\n", until: "\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 40"))
      #expect(!answer.contains("root:"))
    }
  }

  @Test func `an open page is told of a change`() async throws {
    try await served { port, audience in
      let client = try Client(port)
      let hello = try await client.ask(
        "GET /__gongkai/events HTTP/1.1\r\nHost: localhost:\(port)\r\n\r\n", until: "}\n\n")
      #expect(hello.contains("Content-Type: text/event-stream\r\n"))
      #expect(hello.contains("event: hello\n"))
      audience.tell(PreviewedSite.Change(pages: [], findingsChanged: false))
      audience.tell(PreviewedSite.Change(pages: ["jyj/表.html", "a"], findingsChanged: true))
      let change = try await client.read(until: "}\n\n")
      #expect(change.contains("event: change\n"))
      #expect(change.contains(#""findings":true,"pages":["a","jyj/表.html"]"#))
      #expect(audience.version.number == 1)
      audience.keepAlive()
      #expect(try await client.read(until: ":\n\n").contains(":\n\n"))
    }
  }

  @Test func `a page that went away is forgotten`() async throws {
    try await served { port, audience in
      do {
        let client = try Client(port)
        _ = try await client.ask(
          "GET /__gongkai/events HTTP/1.1\r\nHost: localhost:\(port)\r\n\r\n", until: "}\n\n")
        #expect(audience.count == 1)
      }
      for _ in 0..<200 where audience.count > 0 {
        audience.keepAlive()
        try await Task.sleep(for: .milliseconds(20))
      }
      #expect(audience.count == 0)
    }
  }

  @Test func `events are for this host alone`() async throws {
    try await served { port, _ in
      let answer = try await Client(port).ask(
        "GET /__gongkai/events HTTP/1.1\r\nHost: evil.example\r\n\r\n", until: "\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 421 "))
    }
  }

  @Test func `a port that is taken is refused`() async throws {
    let own = self.site.previewed
    try await served { port, _ in
      await #expect(throws: PreviewServer.Refusal.taken) {
        try await PreviewServer(site: own, audience: Audience()).run(on: port) { _ in }
      }
    }
  }
}
