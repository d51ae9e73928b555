import Glibc

/// What the disk refused, with the path it was asked for.
public struct DiskError: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    case notFound
    case notPermitted
    case isFolder
    case notAFolder
    /// A pipe, socket or device: reading one could wait for ever.
    case notRegularFile
    case tooLarge(limit: Int)
    case symlinkLoop
    case brokenLink
    case linkToFolder
    case linkLeavesFolder
    case nameNotUTF8
    case tooDeep(limit: Int)
    case notAPath(String)
    /// The system watches no more folders.
    case tooManyWatches
    case system(Int32)
  }

  public let path: String
  public let reason: Reason

  public init(_ path: String, _ reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// The fault that a failed system call left in `errno`.
  init(_ path: String, errno number: Int32) {
    let reason: Reason =
      switch number {
      case ENOENT: .notFound
      case EACCES, EPERM: .notPermitted
      case EISDIR: .isFolder
      case ENOTDIR: .notAFolder
      case ENXIO: .notRegularFile
      case ELOOP: .symlinkLoop
      default: .system(number)
      }
    self.init(path, reason)
  }

  /// The fault in Chinese, without the path: a finding shows the path as its place.
  public var message: String {
    switch reason {
    case .notFound: "文件或文件夹不存在"
    case .notPermitted: "没有访问权限"
    case .isFolder: "这里应是文件，却是一个文件夹"
    case .notAFolder: "这里应是文件夹，却是一个文件"
    case .notRegularFile: "不是普通文件（是管道、套接字或设备），不予读取"
    case .tooLarge(let limit) where limit >= 1 << 20: "文件太大，超过上限 \(limit >> 20) MB"
    case .tooLarge(let limit): "文件太大，超过上限 \(limit) 字节"
    case .symlinkLoop: "符号链接指来指去成了环"
    case .brokenLink: "符号链接指向的文件不存在"
    case .linkToFolder: "符号链接指向文件夹，不予进入"
    case .linkLeavesFolder: "符号链接指向本文件夹之外，不予读取"
    case .nameNotUTF8: "文件名不是 UTF-8 编码，请改名"
    case .tooDeep(let limit): "文件夹套得太深，超过 \(limit) 层"
    case .notAPath(let why): why
    case .tooManyWatches: "监视的文件夹太多，系统不再允许：请管理员调高 fs.inotify.max_user_watches"
    case .system(let number): Self.words(for: number)
    }
  }

  private static func words(for number: Int32) -> String {
    switch number {
    case ENOSPC: "磁盘已满"
    case EDQUOT: "磁盘配额已用完"
    case EROFS: "文件系统是只读的"
    case ENAMETOOLONG: "文件名或路径太长"
    case EMFILE, ENFILE: "同时打开的文件太多"
    case EEXIST: "已经存在同名的文件或文件夹"
    default: "读写失败：\(systemText(of: number))（errno \(number)）"
    }
  }

  private static func systemText(of number: Int32) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      guard let start = buffer.baseAddress, strerror_r(number, start, buffer.count) == 0 else {
        return "未知错误"
      }
      return String(cString: start)
    }
  }
}

extension DiskError: CustomStringConvertible {
  public var description: String { path.isEmpty ? message : "\(path)：\(message)" }
}
