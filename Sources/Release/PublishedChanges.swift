import Diagnostics
import Files
import Parsing
import Pipeline

/// What visitors will find changed: pages, and the figures of the tables published beside them.
public struct PublishedChanges: Sendable {
  public struct Page: Hashable, Sendable {
    public var path: String
    public var title: String
  }

  /// Something that was not there before, is there no more, or is there with other bytes.
  public struct Three<Item: Sendable>: Sendable {
    public var appeared: [Item] = []
    public var changed: [Item] = []
    public var vanished: [Item] = []

    public var isEmpty: Bool { appeared.isEmpty && changed.isEmpty && vanished.isEmpty }
  }

  /// A table of a page that was and stays published.
  public struct Table: Sendable {
    public enum Change: Sendable {
      case appeared
      case vanished
      case changed(TableDifference)
      /// Changed, and no longer or not yet a table that can be read.
      case unreadable
    }

    public var page: Page
    public var unit: String
    public var path: String
    public var title: String
    public var change: Change
  }

  /// A page that stays, and reads differently outside its tables.
  public struct Text: Sendable {
    public var page: Page
    public var difference: TextDifference
  }

  public var pages = Three<Page>()
  public var texts: [Text] = []
  public var tables: [Table] = []
  /// Neither pages nor their tables: pictures, attachments, style sheets, site maps.
  public var others = Three<String>()
  public var present: SiteCount
  public var new: SiteCount

  public var isEmpty: Bool { pages.isEmpty && tables.isEmpty && others.isEmpty }

  /// Compares the site in place with the one that is to take its place, file by file; nothing there counts as empty.
  public init(from present: String, to new: String) throws {
    do throws(StagingError) {
      self = try Self.compared(FolderContents(of: present), FolderContents(of: new))
    } catch {
      throw BuildTrouble(error.message)
    }
  }

  private init(_ present: SiteCount, _ new: SiteCount) { (self.present, self.new) = (present, new) }

  private static func compared(_ old: FolderContents, _ new: FolderContents) throws(StagingError) -> Self {
    var changes = PublishedChanges(old.count, new.count)
    let (oldPaths, newPaths) = (Set(old.paths), Set(new.paths))
    let words = (old: PageWords(old), new: PageWords(new))
    let appeared = new.paths(missingIn: old)
    let vanished = old.paths(missingIn: new)
    let changed = try old.paths(changedIn: new)

    func isTable(_ path: String) -> Bool {
      guard path.hasSuffix(".csv") else { return false }
      let page = pagePath(of: path)
      return oldPaths.contains(page) || newPaths.contains(page)
    }
    changes.pages.appeared = appeared.filter(isPage).map { Page(path: $0, title: words.new.title(of: $0)) }
    changes.pages.changed = changed.filter(isPage).map { Page(path: $0, title: words.new.title(of: $0)) }
    changes.pages.vanished = vanished.filter(isPage).map { Page(path: $0, title: words.old.title(of: $0)) }
    changes.others.appeared = appeared.filter { !isPage($0) && !isTable($0) }
    changes.others.changed = changed.filter { !isPage($0) && !isTable($0) }
    changes.others.vanished = vanished.filter { !isPage($0) && !isTable($0) }

    func add(_ path: String, _ words: PageWords, _ change: Table.Change) {
      let page = pagePath(of: path)
      // The tables of pages that come and go come and go with them.
      guard oldPaths.contains(page), newPaths.contains(page) else { return }
      changes.tables.append(
        Table(
          page: Page(path: page, title: words.title(of: page)), unit: words.unit(of: page), path: path,
          title: words.tableTitle(of: path, on: page), change: change))
    }
    for path in appeared where isTable(path) { add(path, words.new, .appeared) }
    for path in vanished where isTable(path) { add(path, words.old, .vanished) }
    for path in changed where isTable(path) {
      guard let before = table(try old.bytes(of: path), path),
        let after = table(try new.bytes(of: path), path)
      else {
        add(path, words.new, .unreadable)
        continue
      }
      add(path, words.new, .changed(compare(before, after)))
    }
    for page in changes.pages.changed {
      let difference = TextDifference(
        paragraphs(of: try old.bytes(of: page.path)), paragraphs(of: try new.bytes(of: page.path)))
      if !difference.isEmpty { changes.texts.append(Text(page: page, difference: difference)) }
    }
    changes.tables.sort { Path.precedes($0.path, $1.path) }
    return changes
  }

  private static func table(_ bytes: [UInt8], _ path: String) -> CSVTable? {
    var findings: [Finding] = []
    return SourceText.decode(bytes, file: path, findings: &findings).flatMap {
      parseCSV($0, findings: &findings)
    }
  }
}

/// A page is what a browser shows.
private func isPage(_ path: String) -> Bool { path.hasSuffix(".html") }

private func pagePath(of table: String) -> String { Path.join(Path.folder(of: table), "index.html") }

extension FolderContents {
  fileprivate var count: SiteCount {
    let paths = paths
    return SiteCount(pages: paths.count(where: isPage), files: paths.count)
  }
}
