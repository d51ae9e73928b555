import Content
import Diagnostics

/// Says where things on a page come from, as `data-place` has it: file below the disclosure's folder, line, column.
///
///     PlaceNames(below: "content/jyj/2022/budget").name(place)  // "收支总表.csv:20:7"
struct PlaceNames {
  private let prefix: String

  init(below folder: String) { prefix = folder + "/" }

  /// Nil for what stands in no file of the folder.
  func name(_ place: Place) -> String? {
    guard place.line > 0, place.file.utf8.starts(with: prefix.utf8) else { return nil }
    let file = place.file.utf8.dropFirst(prefix.utf8.count)
    return "\(Substring(file)):\(place.line):\(max(place.column, 1))"
  }

  func name(_ cell: Content.Cell, in file: String) -> String? { name(cell.place(in: file)) }
}
