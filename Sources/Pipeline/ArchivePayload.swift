import Archive
import Files

/// Where things lie in the bag of a year, below `data/`.
public enum Payload {
  /// The pages, as a site of their own.
  public static let site = "site"
  /// What the pages were made from.
  public static let source = "source"
  public static let tables = "tables"
  public static let report = "report"
  public static let pages = "pages.csv"
}

extension Bag {
  /// The disclosures whose pages it holds, as `unit/year/kind`.
  public func disclosures() throws(BagError) -> Set<String> {
    var keys: Set<String> = []
    for path in try payload().keys {
      let parts = Path.components(path)
      guard parts.count == 5, parts[0] == Payload.site, parts[4] == "index.html", Int(parts[2]) != nil else {
        continue
      }
      keys.insert(parts[1...3].joined(separator: "/"))
    }
    return keys
  }
}
