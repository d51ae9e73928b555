import Content
import Forms
import HTML

/// A grid of panels on its way to a table and to CSV.
struct GridView {
  private let panels: [PanelView]
  /// The panel of each list or strip of a list, as they stand side by side on the page.
  private let strips: [Int]
  /// The row of each strip in each line of the page.
  private let printed: [[Int?]]
  /// The row of each panel in each line of a file.
  private let lines: [[Int?]]
  private let grid: Grid

  init(_ filled: FilledGrid, places: PlaceNames? = nil) {
    grid = filled.grid
    lines = filled.lines
    strips = filled.strips
    printed = filled.printedLines
    panels = filled.panels.map { PanelView($0, places: places) }
  }

  /// An indicator table.
  init(_ filled: FilledPanel, levels: [Int], id: String, title: String, places: PlaceNames? = nil) {
    grid = Grid(id: id, title: title, panel: filled.panel)
    lines = filled.rows.indices.map { [$0] }
    strips = [0]
    printed = lines
    panels = [PanelView(filled, headers: levels, places: places)]
  }

  var isEmpty: Bool { lines.isEmpty }

  func table(
    id: String, caption: Caption, emptyStatement: String?, notes: [String] = [], downloads: [Download] = []
  ) -> DataTable {
    var number: Int? = grid.columnNumbers == nil ? nil : 1
    var htmlPanels: [HTML.Panel] = []
    for view in strips.map({ panels[$0] }) {
      let columns = view.columns(
        number: &number, numbersTitle: grid.columnNumbers, lineTitle: grid.rowNumbers)
      if panels.count > 1, let title = view.filled.panel.title, !columns.isEmpty {
        htmlPanels.append(HTML.Panel([HTML.Column(title, key: view.filled.panel.id, columns)]))
      } else {
        htmlPanels.append(HTML.Panel(columns))
      }
    }
    let rows = printed.enumerated().map { line, row in
      HTML.Row(
        parts: strips.enumerated().map { strip, panel in
          guard strip < row.count, let place = row[strip] else { return .ended }
          let number = FilledGrid.lineNumber(line, strip: strip, of: printed.count)
          let above = line > 0 ? printed[line - 1][strip] : nil
          return panels[panel].part(
            place, lineNumber: grid.rowNumbers == nil ? nil : number, isFirst: above == nil)
        })
    }
    return DataTable(
      id: id, caption: caption, panels: htmlPanels, rows: rows, emptyStatement: emptyStatement, notes: notes,
      downloads: downloads)
  }

  /// One flat header row; the panels' columns side by side.
  func csv() -> [UInt8] {
    var writer = CSVWriter(reserving: lines.count * 64)
    writer.row(
      panels.flatMap { view in
        let prefix = panels.count > 1 ? view.filled.panel.title.map { $0 + "/" } ?? "" : ""
        return view.csvHeader.map { prefix + $0 }
      })
    for line in lines {
      for index in panels.indices {
        panels[index].write(row: index < line.count ? line[index] : nil, to: &writer)
      }
      writer.endRow()
    }
    return writer.bytes
  }
}
