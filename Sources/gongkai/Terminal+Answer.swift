import Glibc

extension Terminal {
  /// Asks for a line on the terminal; Enter alone takes what is proposed. Nil at the end of input.
  static func answer(to question: String, proposing: String) -> String? {
    error("\(question)\(proposing.isEmpty ? "" : "[\(proposing)]")：")
    var line = [UInt8](repeating: 0, count: 1024)
    var count = read(STDIN_FILENO, &line, line.count)
    while count < 0, errno == EINTR { count = read(STDIN_FILENO, &line, line.count) }
    guard count > 0 else { return nil }
    let text = String(decoding: line.prefix(count), as: UTF8.self)
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.isEmpty ? proposing : words
  }
}
