import Files

/// Why a bag cannot be made or read.
public struct BagError: Error, Hashable, Sendable, CustomStringConvertible {
  public var message: String
  /// Whether the content can mend it; otherwise the disk is at fault.
  public var isOfContent: Bool

  public init(_ message: String, isOfContent: Bool = false) {
    self.message = message
    self.isOfContent = isOfContent
  }

  public var description: String { message }
}

/// Does something on the disk on behalf of a bag.
func onDisk<Value>(_ body: () throws(DiskError) -> Value) throws(BagError) -> Value {
  do {
    return try body()
  } catch {
    throw BagError(error.description)
  }
}

/// The SHA-512 of some bytes.
func sha512Digest(_ bytes: [UInt8]) throws(BagError) -> String {
  do {
    return try sha512(bytes)
  } catch {
    throw BagError(error.message)
  }
}
