import Glibc

extension Terminal {
  static var canAsk: Bool { isatty(STDIN_FILENO) == 1 }

  /// Asks on the terminal; only a clear yes counts as one.
  ///
  /// Ctrl-C answers no, instead of ending the program with its work lying about.
  static func agrees(to question: String) -> Bool {
    error(question)
    var before = termios()
    let isKnown = tcgetattr(STDIN_FILENO, &before) == 0
    if isKnown {
      var asking = before
      asking.c_lflag &= ~tcflag_t(ISIG)
      // Ends the line, as Enter does.
      withUnsafeMutableBytes(of: &asking.c_cc) { $0[Int(VEOL)] = interrupt }
      tcsetattr(STDIN_FILENO, TCSADRAIN, &asking)
    }
    defer { if isKnown { tcsetattr(STDIN_FILENO, TCSADRAIN, &before) } }
    var line = [UInt8](repeating: 0, count: 256)
    var count = read(STDIN_FILENO, &line, line.count)
    while count < 0, errno == EINTR { count = read(STDIN_FILENO, &line, line.count) }
    let answer = line.prefix(max(0, count))
    if answer.contains(interrupt) { error("\n") }
    let word = String(decoding: answer, as: UTF8.self).lowercased().filter { !$0.isWhitespace }
    return ["y", "yes", "是"].contains(word)
  }

  private static let interrupt: UInt8 = 3
}
