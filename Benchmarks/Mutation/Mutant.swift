/// One thing changed in a unit that is otherwise right.
struct Mutant: Sendable {
  /// What was changed, in the order of the report.
  enum Kind: String, CaseIterable, Sendable {
    case lastPlace = "金额差一个末位"
    case tenPlaces = "金额差十个末位"
    case swappedDigits = "金额颠倒两个数字"
    case sign = "金额变号"
    case hundredfold = "金额乘一百"
    case otherUnit = "金额元、万元写错"
    case otherFigure = "百分比、数量、分值差一"
    case droppedRow = "漏一行"
    case swappedColumns = "两列对调"
    case removedTable = "少一张表"
    case lateDate = "公开晚于期限"
    case textNumber = "正文的数改一个数字"
    case textLastPlace = "正文的数差一个末位"
    case textPercentage = "正文的百分比改一个数字"
    case direction = "正文的增减写反"
    case year = "正文的年度差十年"
    case nearYear = "正文的年度差一年"
    case telephone = "正文里一个手机号"

    var isText: Bool {
      switch self {
      case .textNumber, .textLastPlace, .textPercentage, .direction, .year, .nearYear, .telephone: true
      default: false
      }
    }
  }

  /// The change itself, made in the lines of one file; lines and columns count from 0.
  enum Edit: Sendable {
    case replace(line: Int, column: Int, length: Int, with: String)
    case dropLine(Int)
    /// The fields of two columns of a CSV, in some lines.
    case swapFields(lines: [Int], Int, Int)
    case removeFile
  }

  /// Who says whether something is to be found at all.
  enum Proof: Sendable {
    /// The relations of the forms.
    case relations
    /// The text was printed by a formula, or the rule needs no figures.
    case certain
    /// Nothing is known of it unless it is found.
    case unknown
  }

  var kind: Kind
  /// Below the unit's folder.
  var path: String
  var edit: Edit
  var proof: Proof
  /// Where a finding should point; a column of 0 stands for the whole line, a line of 0 for the whole file.
  var line: Int
  var column = 0
  var length = 0
  /// A removed table is missed by its document, not by a file that is not there.
  var pointsAtFolder = false
  var words: String

  /// The file as changed; nil where it is removed.
  func changed(_ lines: [[Unicode.Scalar]]) -> [UInt8]? {
    var lines = lines
    switch edit {
    case .removeFile: return nil
    case .dropLine(let line):
      if lines.indices.contains(line) { lines.remove(at: line) }
    case .replace(let line, let column, let length, let text):
      guard lines.indices.contains(line), column >= 0, column + length <= lines[line].count else { break }
      lines[line].replaceSubrange(column..<(column + length), with: Array(text.unicodeScalars))
    case .swapFields(let some, let first, let second):
      for line in some where lines.indices.contains(line) {
        var fields = csvFields(lines[line])
        guard fields.indices.contains(first), fields.indices.contains(second) else { continue }
        fields.swapAt(first, second)
        lines[line] = Array(fields.joined(separator: [","]))
      }
    }
    var text = String.UnicodeScalarView()
    for (index, line) in lines.enumerated() {
      if index > 0 { text.append("\n") }
      text.append(contentsOf: line)
    }
    return Array(String(text).utf8)
  }
}

/// The fields of a line of CSV as they are written, quotation marks and all.
func csvFields(_ line: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
  var fields: [[Unicode.Scalar]] = [[]]
  var isQuoted = false
  for scalar in line {
    if scalar == "\"" { isQuoted.toggle() }
    if scalar == ",", !isQuoted {
      fields.append([])
    } else {
      fields[fields.count - 1].append(scalar)
    }
  }
  return fields
}

/// The same choice every time, another for every name (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64 = 0

  init(_ name: String) {
    for byte in name.utf8 { state = state &* 31 &+ UInt64(byte) }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
