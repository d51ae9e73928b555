/// Gives each heading an anchor of its own (锚点): its words, joined by hyphens.
struct Anchors {
  private var taken: Set<String> = []
  /// How often each word has been given, so that a thousand equal headings cost no long search.
  private var last: [String: Int] = [:]

  mutating func anchor(for text: String) -> String {
    var words = String.UnicodeScalarView()
    var owesHyphen = false
    for scalar in text.unicodeScalars {
      guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
        owesHyphen = !words.isEmpty
        continue
      }
      if owesHyphen { words.append("-") }
      owesHyphen = false
      words.append(scalar)
    }
    let base = words.isEmpty ? "section" : String(words)
    if taken.insert(base).inserted { return base }
    var number = last[base] ?? 1
    repeat { number += 1 } while !taken.insert("\(base)-\(number)").inserted
    last[base] = number
    return "\(base)-\(number)"
  }
}
