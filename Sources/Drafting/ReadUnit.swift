import Content
import Diagnostics
import Files
import Forms
import Parsing

/// A unit of a site with its disclosures, and its files as they are.
public struct ReadUnit: Sendable {
  public var slug: String
  /// The unit's folder, as findings print it.
  public var folder: String
  public var bound: BoundUnit
  public var findings: [Finding]
  let texts: [String: SourceText]

  /// Reads a unit's folder; texts only, pictures and attachments by their size.
  public init(_ slug: String, in content: String, library: FormLibrary, on disk: Disk) throws(DraftTrouble) {
    let folder = Path.join(content, slug)
    let tree = disk.fileTree(at: folder)
    guard tree.problems.first(where: { $0.path.isEmpty }) == nil else {
      throw DraftTrouble(
        "\(folder) 里没有单位", hint: "新建这个文件夹，放入 unit.yaml（至少写 name: 单位全称）；从头开始的用 gongkai init")
    }
    var findings: [Finding] = []
    var files: [UnitFiles.File] = []
    var texts: [String: SourceText] = [:]
    for file in tree.files {
      guard [".yaml", ".csv", ".md"].contains(where: { file.path.hasSuffix($0) }) else {
        files.append(.init(path: file.path, bytes: [], size: file.size))
        continue
      }
      let path = Path.join(folder, file.path)
      guard let bytes = try? disk.read(path, limit: 16 << 20) else {
        throw DraftTrouble("读不了 \(path)", hint: "改正文件的权限以后再试")
      }
      files.append(.init(path: file.path, bytes: bytes, size: bytes.count))
      var ignored: [Finding] = []
      texts[file.path] = SourceText.decode(bytes, file: path, findings: &ignored)
    }
    let parsed = parse(UnitFiles(slug: slug, folder: folder, files: files), findings: &findings)
    guard let bound = bind(parsed, to: library, findings: &findings) else {
      let why = findings.blocking.first.map { "\($0.place.file)：\($0.message)" } ?? "unit.yaml 读不出来"
      throw DraftTrouble("\(folder) 里没有可用的 unit.yaml（\(why)）", hint: "至少写 name: 单位全称")
    }
    self.slug = slug
    self.folder = folder
    self.bound = bound
    self.findings = findings
    self.texts = texts
  }

  public var unit: DraftUnit { DraftUnit(slug: slug, name: bound.unit.name, region: bound.unit.region) }
}
