import Testing

@testable import Checks

@Suite struct RuleCatalogueTests {
  @Test func `every rule that a check names stands in the catalogue`() {
    let known = Set(CataloguedRule.all.map(\.id))
    for check in Check.all {
      #expect(Set(check.references).isSubset(of: known), "\(check.id): \(check.references)")
    }
    #expect(known.count == CataloguedRule.all.count)
  }
}
