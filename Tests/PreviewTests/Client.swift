import Foundation

/// A connection over which a test says what it likes.
///
/// It waits on a queue of its own: the threads of tasks are few, and the server needs them.
final class Client: Sendable {
  private let socket: Int32
  private let queue = DispatchQueue(label: "client")

  struct Trouble: Error {}

  init(_ port: UInt16) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafeBytes(of: &address) { bytes in
      bytes.withMemoryRebound(to: sockaddr.self) {
        $0.baseAddress.map { Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
      }
    }
    guard connected == 0 else { throw Trouble() }
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(socket) }

  func ask(_ text: String, until end: String) async throws -> String {
    let bytes = Array(text.utf8)
    guard send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
      throw Trouble()
    }
    return try await read(until: end)
  }

  /// What comes until some words, and with them.
  func read(until end: String) async throws -> String {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try self.readNow(until: end) }) }
    }
  }

  private func readNow(until end: String) throws -> String {
    var read: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while !String(decoding: read, as: UTF8.self).contains(end) {
      let count = recv(socket, &buffer, buffer.count, 0)
      guard count > 0 else { throw Trouble() }
      read += buffer[..<count]
    }
    return String(decoding: read, as: UTF8.self)
  }
}
