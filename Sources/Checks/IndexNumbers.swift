import Diagnostics

/// The 索引号 of a disclosure.
public struct IndexNumber: Sendable {
  public var text: String
  public var subject: Subject
  public var place: Place

  public init(text: String, subject: Subject, place: Place) {
    self.text = text
    self.subject = subject
    self.place = place
  }
}

/// An 索引号 names one document on the whole site.
public func duplicateIndexNumbers(in numbers: [IndexNumber]) -> [Finding] {
  var first: [String: IndexNumber] = [:]
  return numbers.compactMap { number in
    guard let earlier = first[number.text] else {
      first[number.text] = number
      return nil
    }
    return Finding(
      "duplicate-index-number", at: number.place, "索引号“\(number.text)”与另一份文档重复", hint: "每份文档的索引号应当不同",
      notes: [.init("先用的文档", at: earlier.place)], subject: number.subject)
  }
}
