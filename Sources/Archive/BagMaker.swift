/// A file of a bag: its path from the bag's root, and its bytes.
public struct BagFile: Hashable, Sendable {
  public var path: String
  public var bytes: [UInt8]

  public init(_ path: String, _ bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// Names that RFC 8493 gives.
enum BagLayout {
  static let payload = "data/"
  static let declaration = "bagit.txt"
  static let info = "bag-info.txt"
  static let manifest = "manifest-sha512.txt"
  static let tagManifest = "tagmanifest-sha512.txt"
  static let declarationBytes = Array("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".utf8)
}

/// Puts a bag together (BagIt 1.0, RFC 8493, SHA-512): each payload file once, then the tag files.
///
/// The payload need not be in memory all at once: of each file only path, size and digest are kept. The same
/// files and fields give the same bytes; neither clock nor machine is asked.
public struct BagMaker: Sendable {
  private var manifest = BagManifest()
  private var octets = 0

  public init() {}

  /// Takes note of a payload file, given by its path below `data/`, and says where it goes in the bag.
  public mutating func add(_ path: String, _ bytes: [UInt8]) throws(BagError) -> BagFile {
    if let fault = faultInBag(path) {
      throw BagError("“\(path)”不能存档：\(fault)，校验工具读法不一；请改名", isOfContent: true)
    }
    let file = BagFile(BagLayout.payload + path, bytes)
    guard manifest[file.path] == nil else { throw BagError("“\(path)”要存两次", isOfContent: true) }
    manifest[file.path] = try sha512Digest(bytes)
    octets += bytes.count
    return file
  }

  /// The digest of a payload file that was added.
  public func digest(of path: String) -> String? { manifest[BagLayout.payload + path] }

  /// The tag files, which end the bag; Payload-Oxum is put behind the given fields.
  public func tagFiles(_ info: BagInfo) throws(BagError) -> [BagFile] {
    var info = info
    info.add("Payload-Oxum", "\(octets).\(manifest.count)")
    let files = [
      BagFile(BagLayout.declaration, BagLayout.declarationBytes), BagFile(BagLayout.info, info.bytes),
      BagFile(BagLayout.manifest, manifest.bytes),
    ]
    var tags = BagManifest()
    for file in files { tags[file.path] = try sha512Digest(file.bytes) }
    return files + [BagFile(BagLayout.tagManifest, tags.bytes)]
  }
}

/// A whole bag from its payload: all its files.
public func makeBag(_ payload: [BagFile], info: BagInfo) throws(BagError) -> [BagFile] {
  var maker = BagMaker()
  var files: [BagFile] = []
  for file in payload { files.append(try maker.add(file.path, file.bytes)) }
  return files + (try maker.tagFiles(info))
}
