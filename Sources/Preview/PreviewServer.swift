import FlyingFox
import FlyingSocks
import Glibc
import Synchronization

/// The preview over HTTP, for this machine alone.
struct PreviewServer: Sendable {
  let site: PreviewedSite
  let audience: Audience

  /// Why a port cannot be had.
  enum Refusal: Error, Hashable {
    case taken
    case notPermitted
    case other(String)
  }

  /// Listens until the task is cancelled.
  ///
  /// - Parameters:
  ///   - port: 0 leaves the choice to the system.
  ///   - ready: Called with the port once requests are answered.
  func run(on port: UInt16, ready: @escaping @Sendable (UInt16) -> Void) async throws(Refusal) {
    do {
      let handler = Handler(site: site, audience: audience)
      let server = HTTPServer(
        config: .init(
          address: try .inet(ip4: "127.0.0.1", port: port), pool: PromptPool(HTTPServer.defaultPool()),
          logger: .disabled), handler: handler)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run() }
        group.addTask {
          try await server.waitUntilListening()
          guard case .ip4(_, let chosen)? = await server.listeningAddress else { return }
          handler.port.withLock { $0 = chosen }
          ready(chosen)
          while true {
            try await Task.sleep(for: .seconds(4))
            audience.keepAlive()
          }
        }
        defer {
          group.cancelAll()
          audience.close()
        }
        try await group.next()
      }
    } catch is CancellationError {
      return
    } catch SocketError.failed(_, let number, let message) {
      if number == EADDRINUSE { throw .taken }
      if number == EACCES || number == EPERM { throw .notPermitted }
      throw .other(message)
    } catch {
      if Task.isCancelled { return }
      throw .other("\(error)")
    }
  }
}

/// Takes requests of the HTTP server to the responder, and its answers back.
private final class Handler: HTTPHandler {
  let site: PreviewedSite
  let audience: Audience
  let port = Mutex<UInt16>(0)

  init(site: PreviewedSite, audience: Audience) {
    self.site = site
    self.audience = audience
  }

  func handleRequest(_ request: HTTPRequest) async -> HTTPResponse {
    let asked = Request(
      method: request.method.rawValue, path: request.target.path(), query: request.target.query(),
      host: request.headers[.host], range: request.headers[.range])
    let responder = Responder(site: site, audience: audience, port: port.withLock { $0 })
    if asked.path == "/\(PreviewLayer.folder)/events", asked.method == "GET", responder.isOurs(asked.host) {
      return HTTPResponse(
        statusCode: .ok, headers: headers(Responder.commonHeaders + [("Content-Type", "text/event-stream")]),
        body: HTTPBodySequence(from: EventBytes(events: audience.join())))
    }
    let response = await responder.respond(to: asked)
    let status = HTTPStatusCode(response.status, phrase: Self.phrases[response.status] ?? "Error")
    let length = (name: "Content-Length", value: String(response.body.count))
    let body = asked.method == "HEAD" ? [] : response.body
    return HTTPResponse(
      statusCode: status, headers: headers(response.headers + [length]),
      body: HTTPBodySequence(from: WholeBytes(bytes: body), count: body.count, suggestedBufferSize: 1 << 18))
  }

  private func headers(_ list: [(name: String, value: String)]) -> HTTPHeaders {
    HTTPHeaders(Dictionary(list.map { (HTTPHeader($0.name), $0.value) }, uniquingKeysWith: { $1 }))
  }

  private static let phrases = [
    200: "OK", 206: "Partial Content", 302: "Found", 400: "Bad Request", 404: "Not Found",
    405: "Method Not Allowed", 416: "Range Not Satisfiable", 421: "Misdirected Request",
    500: "Internal Server Error", 503: "Service Unavailable",
  ]
}

/// Sends each write at once.
///
/// Without this an answer, written in two parts, waits 40 ms between them for the other end's acknowledgement.
/// The first socket that waits is the one that listens; those it accepts take over the option.
private final class PromptPool: AsyncSocketPool {
  private let pool: any AsyncSocketPool
  private let isPrompt = Mutex(false)

  init(_ pool: some AsyncSocketPool) { self.pool = pool }

  func prepare() async throws { try await pool.prepare() }
  func run() async throws { try await pool.run() }

  func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
    let isFirst = isPrompt.withLock { isPrompt in
      defer { isPrompt = true }
      return !isPrompt
    }
    if isFirst {
      try? socket.setValue(true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
    }
    try await pool.suspendSocket(socket, untilReadyFor: events)
  }
}
