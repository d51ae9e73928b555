import Content
import Diagnostics
import Testing

@testable import Site

struct PageTests {
  @Test func `a small unit becomes pages that pass inspection`() throws {
    let (unit, findings) = try SmallSite.unit()
    #expect(findings.map(\.message) == [])
    let renderer = try SmallSite.renderer()
    let rendered = renderer.render(unit)
    #expect(
      rendered.pages.map(\.path) == [
        "jyj/index.html", "jyj/2022/budget/index.html", "jyj/2022/budget/overview.csv",
        "jyj/2022/budget/detail.csv", "jyj/2022/budget/goals.csv", "jyj/2022/budget/goals.indicators.csv",
      ])
    let site = renderer.renderSite([UnitSummary(unit)])
    let units = Set(rendered.pages.map(\.path))
    let found = inspect(rendered, elsewhere: Set(renderer.sharedPaths), settings: renderer.settings)
      + inspect(RenderedPages(pages: site), elsewhere: units, settings: renderer.settings)
    #expect(found.map { "\($0.place.file): \($0.message)" } == [])
  }
}
