import CCrypto

/// The library of the system that computes digests does not work.
public struct DigestUnavailable: Error, Sendable {
  public var message: String { "系统的 libcrypto 无法计算摘要" }
}

/// The SHA-256 of some bytes, as 64 lower-case hexadecimal digits.
///
///     try sha256(Array("abc".utf8))  // "ba7816bf8f01cfea…"
public func sha256(_ bytes: [UInt8]) throws(DigestUnavailable) -> String {
  try digest(bytes, EVP_sha256(), length: 32)
}

/// The SHA-512 of some bytes, as 128 lower-case hexadecimal digits.
///
///     try sha512(Array("abc".utf8))  // "ddaf35a193617aba…"
public func sha512(_ bytes: [UInt8]) throws(DigestUnavailable) -> String {
  try digest(bytes, EVP_sha512(), length: 64)
}

private func digest(
  _ bytes: [UInt8], _ method: OpaquePointer?, length wanted: Int
) throws(DigestUnavailable) -> String {
  var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
  var length: UInt32 = 0
  let worked = bytes.withUnsafeBytes {
    EVP_Digest($0.baseAddress, $0.count, &digest, &length, method, nil)
  }
  guard worked == 1, length == wanted else { throw DigestUnavailable() }
  let digits = Array("0123456789abcdef".utf8)
  return String(unsafeUninitializedCapacity: 2 * wanted) { text in
    for index in 0..<wanted {
      text[2 * index] = digits[Int(digest[index] >> 4)]
      text[2 * index + 1] = digits[Int(digest[index] & 15)]
    }
    return 2 * wanted
  }
}
