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

  @Test func `every rule is decided by a check, or it is said why not`() {
    for rule in CataloguedRule.all { #expect(!rule.checks.isEmpty || !rule.decision.isEmpty, "\(rule.id)") }
  }
}
