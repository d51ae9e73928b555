import ArgumentParser
import Files
import Glibc

/// Where the site lies.
struct PlaceOptions: ParsableArguments {
  @Argument(help: "内容文件夹（默认为当前文件夹的 content）。")
  var content: String?

  @Option(name: .customShort("C"), help: ArgumentHelp("先进入这个文件夹。", valueName: "dir"))
  var directory: String?

  var contentFolder: String { resolve(content ?? "content") }

  func resolve(_ path: String) -> String { Self.resolve(path, in: directory) }

  /// A path as seen from the folder of `-C`.
  static func resolve(_ path: String, in directory: String?) -> String {
    guard let directory, !path.hasPrefix("/") else { return path }
    return Path.join(directory, path)
  }
}

/// Refuses a base path that is no path of a web address.
func requireBasePath(_ basePath: String?) throws {
  guard let basePath else { return }
  let parts = basePath.split(separator: "/", omittingEmptySubsequences: false)
  if basePath.isEmpty || basePath.contains("//") || parts.contains("..") || parts.contains(".") {
    throw ValidationError("“--base-path”应是网址里的路径，如 /czj/yjs/，这里是“\(basePath)”")
  }
}

/// Refuses a number of jobs below one.
func requirePositive(_ jobs: Int?) throws {
  if let jobs, jobs < 1 { throw ValidationError("“--jobs”至少是 1，这里是 \(jobs)") }
}

enum Machine {
  static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
