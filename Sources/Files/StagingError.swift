/// Why an output folder cannot be prepared, filled or put in place.
public enum StagingError: Error, Hashable, Sendable {
  case anotherBuildIsRunning(output: String, process: Int32?)
  case outputIsNoFolder(String)
  /// The folder holds things, and nothing says that gongkai made them.
  case outputIsNotOurs(String)
  /// `.git` and the like: the folder is more than a site.
  case outputHoldsHidden(output: String, name: String)
  case outputTouchesSource(output: String, source: String)
  case outputIsMountPoint(String)
  case outputIsRoot(String)
  case outputIsHome(String)
  case outputIsSystem(String)
  case unsafePath(String, why: String)
  case writtenTwice(String)
  /// Written to, committed or abandoned after the end, or ended while something is being written.
  case notOpen
  case disk(DiskError)

  public var message: String {
    switch self {
    case .anotherBuildIsRunning(let output, let process):
      "另一次构建正在写入 \(output)" + (process.map { "（进程 \($0)）" } ?? "") + "，请等它结束后再试"
    case .outputIsNoFolder(let output): "输出位置 \(output) 是一个文件，不是文件夹"
    case .outputIsNotOurs(let output):
      "输出文件夹 \(output) 里有内容，且不是 gongkai 生成的；为免误删，请换一个空文件夹，或自行清空它"
    case .outputHoldsHidden(let output, let name):
      "输出文件夹 \(output) 里有 \(name)，整体替换会删掉它；请移走它，或换一个文件夹输出"
    case .outputTouchesSource(let output, let source):
      "输出文件夹 \(output) 与源文件夹 \(source) 重叠，构建会删掉或污染源文件；请换一个文件夹输出"
    case .outputIsMountPoint(let output):
      "输出文件夹 \(output) 是一个挂载点，不能整体替换；请用它下面的子文件夹输出"
    case .outputIsRoot(let output): "不能把 \(output.isEmpty ? "空路径" : output) 用作输出文件夹"
    case .outputIsHome(let output): "\(output) 是用户的主文件夹（或在它之上），不能整体换成网站；请用一个专放网站的文件夹"
    case .outputIsSystem(let output): "\(output) 是系统的文件夹，不能整体换成网站；请用一个专放网站的文件夹"
    case .unsafePath(let path, let why): "不能写入“\(path)”：\(why)"
    case .writtenTwice(let path): "同一地址“\(path)”要写两次：有两个页面或文件用了同一个地址"
    case .notOpen: "暂存文件夹已经结束使用，或者还有文件没有写完"
    case .disk(let error): error.description
    }
  }
}

extension StagingError: CustomStringConvertible {
  public var description: String { message }
}

/// Does something on the disk on behalf of the staging folder.
func onDisk<Value>(_ body: () throws(DiskError) -> Value) throws(StagingError) -> Value {
  do {
    return try body()
  } catch {
    throw .disk(error)
  }
}
