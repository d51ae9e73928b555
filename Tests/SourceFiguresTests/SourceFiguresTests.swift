import Files
import Glibc
import Pipeline
import Testing

@Suite struct SourceFiguresTests {
  @Test func `every figure of the five published documents stands on its page`() async throws {
    let site = try await BuiltSite()
    for list in try BuiltSite.lists() {
      #expect(list.unread == [])
      let finder = try Finder(site.page(of: list.name))
      var checked = 0
      var missing: [String] = []
      for figure in list.figures {
        checked += 1
        if let fault = finder.fault(of: figure) {
          missing.append("\(list.name).csv:\(figure.line): \(figure.shown) “\(figure.figure)”：\(fault)")
        }
      }
      #expect(checked == list.lines)
      #expect(missing.isEmpty, "\(missing.count) / \(checked)\n\(missing.joined(separator: "\n"))")
    }
  }

  /// A finder that finds everything proves nothing.
  @Test func `no figure is found once a digit is added to it`() async throws {
    let site = try await BuiltSite()
    for list in try BuiltSite.lists() {
      let finder = try Finder(site.page(of: list.name))
      let found = list.figures.filter { finder.fault(of: $0.altered) == nil }
      #expect(found.isEmpty, "\(found.map { "\(list.name).csv:\($0.line): \($0.altered.figure)" }.joined(separator: "\n"))")
    }
  }
}
