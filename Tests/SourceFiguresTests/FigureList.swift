/// One figure that stands on paper, as Figures/README.md describes it.
struct SourceFigure {
  enum Whereabouts: String {
    case table, indicator, field, text
  }

  var line: Int
  var whereabouts: Whereabouts
  var table: String
  var row: [String]
  var column: [String]
  var figure: String
  /// The row and the column as the list writes them.
  var shown: String

  /// The same figure, changed so slightly that only a careful reader sees it: no page has it.
  var altered: SourceFigure {
    var other = self
    guard let last = figure.lastIndex(where: \.isNumber) else {
      other.figure += "甲"
      return other
    }
    let start = figure[...last].lastIndex { !$0.isNumber && $0 != "," && $0 != "." }.map(figure.index(after:))
    let number = figure[(start ?? figure.startIndex)...last]
    other.figure.insert(contentsOf: number.contains(".") ? "1357" : ".1357", at: figure.index(after: last))
    return other
  }
}

/// All figures of one published document.
struct FigureList {
  var name: String
  /// Lines below the header.
  var lines: Int
  var figures: [SourceFigure] = []
  /// Lines that are no figure: a fault of the list.
  var unread: [String] = []

  init(name: String, text: String) {
    self.name = name
    let lines = text.split(whereSeparator: \.isNewline)
    self.lines = lines.count - 1
    for (index, line) in lines.enumerated() {
      let fields = Self.fields(line)
      if index == 0 {
        if fields != ["where", "table", "row", "column", "figure"] { unread.append("\(name):1") }
      } else if fields.count == 5, !fields[4].isEmpty,
        let whereabouts = SourceFigure.Whereabouts(rawValue: fields[0])
      {
        figures.append(
          SourceFigure(
            line: index + 1, whereabouts: whereabouts, table: fields[1],
            row: whereabouts == .text ? [] : Self.path(fields[2], " > "), column: Self.path(fields[3], "/"),
            figure: fields[4], shown: "\(fields[1]) [\(fields[2]), \(fields[3])]"))
      } else {
        unread.append("\(name):\(index + 1): \(line)")
      }
    }
  }

  private static func path(_ text: String, _ mark: String) -> [String] {
    text.split(separator: mark).map { label($0) }
  }

  /// RFC 4180, one line; no list breaks a field over lines.
  private static func fields(_ line: Substring) -> [String] {
    var fields = [""]
    var quoted = false
    var previous: Character?
    for character in line {
      switch character {
      case "\"":
        if !quoted, previous == "\"" { fields[fields.count - 1] += "\"" }
        quoted.toggle()
      case "," where !quoted: fields.append("")
      default: fields[fields.count - 1].append(character)
      }
      previous = character
    }
    return fields
  }
}
