import Files

/// Every name below a bag's folder, hidden ones too: a bag holds what it lists and nothing else.
struct BagFiles {
  /// Regular files, by path in the bag, in order.
  private(set) var paths: [String] = []
  /// Links, pipes and unreadable names, which no bag holds, with what they are.
  private(set) var oddities: [(path: String, message: String)] = []

  init(of bag: Bag) {
    var pending = [""]
    while let folder = pending.popLast() {
      do throws(DiskError) {
        for entry in try bag.disk.list(bag.path(folder)) {
          let path = Path.join(folder, entry.name)
          switch entry.kind {
          case .file: paths.append(path)
          case .folder: pending.append(path)
          case .linkToFile, .linkToFolder, .brokenLink: oddities.append((path, "是符号链接；存档里只有普通文件"))
          case .other: oddities.append((path, "不是普通文件"))
          case .nameNotUTF8: oddities.append((path, "文件名不是 UTF-8"))
          }
        }
      } catch {
        oddities.append((folder, error.message))
      }
    }
    paths.sort(by: Path.precedes)
    oddities.sort { Path.precedes($0.path, $1.path) }
  }
}
