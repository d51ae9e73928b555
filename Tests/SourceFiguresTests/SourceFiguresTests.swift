import Testing

@Suite struct SourceFiguresTests {
  @Test func `every figure of the five published documents stands on its page`() async throws {
    let site = try await BuiltSite.asPublished.value
    let lists = try BuiltSite.lists()
    #expect(lists.count == 5)
    for list in lists {
      #expect(list.unread == [])
      #expect(list.figures.count == list.lines)
      let missing = try Finder(list, on: site.page(of: list.name)).missing(from: list)
      #expect(missing.isEmpty, "\(missing.count) / \(list.lines)\n\(missing.joined(separator: "\n"))")
    }
  }

  @Test func `no table shows a number that its document does not have`() async throws {
    let site = try await BuiltSite.asPublished.value
    for list in try BuiltSite.lists() {
      let added = try Finder(list, on: site.page(of: list.name)).added(to: list)
      #expect(added.isEmpty, "\(list.name)\n\(added.joined(separator: "\n"))")
    }
  }

  // A finder that finds everything proves nothing.
  @Test func `no figure is found once a digit is added to it`() async throws {
    let site = try await BuiltSite.asPublished.value
    for list in try BuiltSite.lists() {
      let finder = try Finder(list, on: site.page(of: list.name))
      let found = list.figures.map(\.altered).filter { finder.fault(of: $0) == nil }
      #expect(
        found.isEmpty, "\(found.map { "\(list.name).csv:\($0.line): \($0.figure)" }.joined(separator: "\n"))")
    }
  }

  @Test func `a slip in a table, a sheet or the text is reported, and nothing else`() async throws {
    let site = try await BuiltSite(with: [
      .init(file: "yantian-zgh/2022/budget/重点项目绩效情况表.csv", right: "2%计提", wrong: "3%计提"),
      .init(file: "yantian-zgh/2022/budget/收入总表.csv", right: ",0\n  深圳", wrong: ",\n  深圳"),
      .init(file: "yuelu-zgh/2022/performance-review/unit-review.yaml", right: ",474人,", wrong: ",477人,"),
      .init(
        file: "yuelu-zgh/2022/performance-review/unit-review.yaml", right: "（2）其他资金,,", wrong: "（2）其他资金,0,"),
      .init(file: "zhuzhou-zgh/2021/performance-review/narrative.md", right: "1800 余场", wrong: "18000 余场"),
    ])
    var reported: [String] = []
    for list in try BuiltSite.lists() {
      let finder = try Finder(list, on: site.page(of: list.name))
      reported += finder.missing(from: list) + finder.added(to: list)
    }
    let lines = reported.map { $0.split(separator: ": ")[0] }
    #expect(
      lines == [
        "yantian-2022-budget.csv:110", "yantian-2022-budget.csv:161", "yuelu-2022-performance-review.csv:41",
        "yuelu-2022-performance-review.csv", "zhuzhou-2021-performance-review.csv:17",
      ], "\(reported.joined(separator: "\n"))")
  }
}
