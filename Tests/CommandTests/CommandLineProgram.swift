import Foundation

/// The built executable, as users run it.
enum CommandLineProgram {
  struct Result {
    var output: String
    var errors: String
    var code: Int32
  }

  /// It lies beside the test bundle that is running.
  static var path: String {
    let bundle =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
    var folder = URL(filePath: bundle).deletingLastPathComponent()
    while folder.path.count > 1 {
      let candidate = folder.appending(path: "gongkai").path
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder), !isFolder.boolValue {
        return candidate
      }
      folder = folder.deletingLastPathComponent()
    }
    return "gongkai"
  }

  static func run(_ arguments: [String], in folder: String, environment: [String: String] = [:]) throws
    -> Result
  {
    let scratch = FileManager.default.temporaryDirectory.path + "/gongkai-run-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    // Files, not pipes: nothing waits for the other end.
    for name in ["out", "err"] {
      _ = FileManager.default.createFile(atPath: scratch + "/" + name, contents: nil)
    }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"].merging(environment) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: scratch + "/out")
    process.standardError = FileHandle(forWritingAtPath: scratch + "/err")
    try process.run()
    process.waitUntilExit()
    return Result(
      output: try String(contentsOfFile: scratch + "/out", encoding: .utf8),
      errors: try String(contentsOfFile: scratch + "/err", encoding: .utf8), code: process.terminationStatus)
  }
}
