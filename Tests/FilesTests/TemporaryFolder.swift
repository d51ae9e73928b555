import Glibc

@testable import Files

/// A folder of one test, removed when the test ends.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/gongkai-files-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw DiskError("/tmp", errno: errno) }
    path = String(cString: made)
  }

  deinit { try? removeTree(path, in: AT_FDCWD, path: path) }

  func callAsFunction(_ name: String) -> String { Path.join(path, name) }

  func write(_ name: String, _ text: String) throws {
    try makeFolders(Path.folder(of: self(name)))
    let file = try Descriptor(self(name), flags: O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644)
    try writeAll(Array(text.utf8), to: file.number, path: name)
  }

  func makeFolder(_ name: String) throws { try makeFolders(self(name)) }

  func link(_ name: String, to target: String) throws {
    guard symlink(target, self(name)) == 0 else { throw DiskError(name, errno: errno) }
  }

  func pipe(_ name: String) throws {
    guard mkfifo(self(name), 0o644) == 0 else { throw DiskError(name, errno: errno) }
  }

  func text(_ name: String) -> String? {
    (try? Disk.real.read(self(name))).map { String(decoding: $0, as: UTF8.self) }
  }

  func status(_ name: String) throws -> stat { try stat.of(self(name), following: false) }

  func exists(_ name: String) -> Bool { (try? status(name)) != nil }

  /// All names in the folder, hidden ones too.
  var names: [String] { ((try? Disk.real.list(path)) ?? []).map(\.name) }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// A path of the system whose last part may be any bytes.
func rawPath(_ folder: String, _ name: [UInt8]) -> [CChar] {
  (Array(folder.utf8) + name + [0]).map { CChar(bitPattern: $0) }
}
