import Files
import Glibc

/// A site in a temporary folder, and the built program run on it.
final class TemporarySite {
  let folder: String

  init(_ site: SampleSite) throws {
    var template = Array("/tmp/gongkai-safety-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    guard let made else { throw Trouble("mkdtemp") }
    folder = made
    for (path, bytes) in site.files { try write(path, bytes) }
  }

  deinit { _ = try? Child(["/bin/rm", "-rf", folder], output: folder + "-removal").wait() }

  struct Trouble: Error {
    var what: String
    init(_ what: String) { self.what = what }
  }

  func write(_ path: String, _ bytes: [UInt8]) throws {
    var made = folder
    for part in Path.components(Path.folder(of: path)) {
      made = Path.join(made, part)
      _ = mkdir(made, 0o755)
    }
    guard let file = fopen(Path.join(folder, path), "w") else { throw Trouble("fopen \(path)") }
    defer { fclose(file) }
    _ = fwrite(bytes, 1, bytes.count, file)
  }

  func write(_ path: String, _ text: String) throws { try write(path, Array(text.utf8)) }

  /// Starts the program with a command on this site.
  func start(_ command: String, _ more: [String] = []) throws -> Child {
    try start(arguments: [command, folder + "/content"] + more)
  }

  func start(arguments: [String]) throws -> Child {
    let number = starts
    starts += 1
    return try Child([try Self.program()] + arguments, output: folder + "/run-\(number).txt")
  }

  private var starts = 0

  func run(_ command: String, _ more: [String] = []) throws -> (code: Int32, output: String) {
    let child = try start(command, more)
    let code = try child.wait()
    return (code, child.text)
  }

  /// Publishes the site to `public`, or does with it what the options say.
  func startPublishing(_ options: String...) throws -> Child {
    try start(arguments: ["publish", folder + "/public", folder + "/content"] + options)
  }

  /// The published files with their bytes.
  func publicFiles() throws -> [String: [UInt8]] { try files(in: "public") }

  /// The files below a folder of the site, with their bytes.
  func files(in name: String) throws -> [String: [UInt8]] {
    var result: [String: [UInt8]] = [:]
    for file in Disk.real.fileTree(at: Path.join(folder, name)).files {
      result[file.path] = try Disk.real.read(Path.join(folder, name, file.path))
    }
    return result
  }

  /// Names beside `content/` that no user made.
  func litter() throws -> [String] {
    try Disk.real.list(folder).map(\.name).filter {
      !["content", "Themes", "public", ".gongkai"].contains($0) && !$0.hasPrefix("run-")
    }
  }

  /// The program beside the tests.
  private static func program() throws -> String {
    let tests = try Disk.real.realPath("/proc/self/exe")
    let arguments = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? ""
    for start in [arguments, SampleSite.root + "/.build/debug/x", tests] {
      let candidate = Path.join(Path.folder(of: start), "gongkai")
      if access(candidate, X_OK) == 0 { return candidate }
    }
    throw Trouble("gongkai is not built")
  }
}

/// A running process with its output in a file.
final class Child {
  let process: pid_t
  private let output: String

  init(_ arguments: [String], output: String) throws {
    self.output = output
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var started: pid_t = 0
    let fault = posix_spawn(&started, arguments[0], &actions, nil, &pointers, environ)
    guard fault == 0 else { throw TemporarySite.Trouble("posix_spawn \(arguments[0]): \(fault)") }
    process = started
  }

  var text: String { (try? Disk.real.read(output)).map { String(decoding: $0, as: UTF8.self) } ?? "" }

  func kill() { Glibc.kill(process, SIGKILL) }

  /// The exit code; that of a signal is negative.
  func wait() throws -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw TemporarySite.Trouble("waitpid") }
    }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
  }
}
