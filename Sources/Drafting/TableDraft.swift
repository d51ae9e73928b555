import Fiscal
import Forms

/// A table as it is going to be written: for each panel the rows, one text for each column.
public struct TableDraft: Sendable {
  public struct Row: Sendable {
    /// By the place of the column in the panel's leaves.
    public var cells: [String]
    /// The declared row that it fills in.
    var spec: Int?
  }

  /// With the columns that are repeated for codes already known.
  public var grid: Grid
  public var rows: [[Row]]

  /// The columns of a panel that are written: optional ones only where something stands in them.
  func written(_ panel: Int) -> [Leaf] {
    grid.panels[panel].leaves.filter { leaf in
      if leaf.isPersonal { return false }
      return !leaf.isOptional || rows[panel].contains { !$0.cells[leaf.index].isEmpty }
    }
  }

  /// The names in the first line of the file.
  public var header: [String] {
    grid.panels.indices.flatMap { index -> [String] in
      let panel = grid.panels[index]
      let prefix = grid.panels.count == 1 ? "" : (panel.title ?? panel.id) + "/"
      let names = panel.leaves.map { normalizedName($0.fileName) }
      return written(index).map { leaf in
        let isAlone = names.count { $0 == names[leaf.index] } == 1
        return prefix + (isAlone ? leaf.fileName : leaf.path.joined(separator: "/"))
      }
    }
  }

  /// The rows of each panel with gaps, so that those which the form prints on one line stand on one.
  private var aligned: [[Row?]] {
    var result: [[Row?]] = rows
    for group in grid.align {
      let places = group.compactMap { address in
        result.indices.contains(address.panel)
          ? result[address.panel].firstIndex { $0?.spec == address.row }.map { (address.panel, $0) } : nil
      }
      guard places.count == group.count, let line = places.map(\.1).max() else { continue }
      for (panel, place) in places where place < line {
        result[panel].insert(contentsOf: Array(repeating: nil, count: line - place), at: place)
      }
    }
    return result
  }

  /// The file: a header and the rows of all panels side by side.
  public var csv: String {
    let columns = grid.panels.indices.map { written($0) }
    let aligned = aligned
    var lines = [header]
    for line in 0..<(aligned.map(\.count).max() ?? 0) {
      lines.append(
        columns.indices.flatMap { panel in
          let row = aligned[panel].indices.contains(line) ? aligned[panel][line] : nil
          return columns[panel].map { row?.cells[$0.index] ?? "" }
        })
    }
    return lines.map { $0.map { quoted($0) }.joined(separator: ",") + "\n" }.joined()
  }

  private func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\r\n".contains($0) || $0.isNewline }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}

extension Leaf {
  /// What a file calls the column, within its panel.
  var fileName: String { csvTitle ?? name }
}
