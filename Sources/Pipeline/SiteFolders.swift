import Files
import Fiscal

/// Where a site lies: the folder that holds `content/`, and what stands beside it.
public struct SiteFolders: Sendable {
  /// `content/`, as findings print it.
  public var content: String
  /// The folder that holds it.
  public var root: String
  public var output: String
  /// Folder of a theme given by hand (`--theme`).
  public var theme: String?
  /// Folder of a catalogue of forms in place of the embedded one: that of an archived year.
  public var catalogue: String?
  /// Where builds remember what they found out (`.gongkai/`); nil where nothing is to be remembered.
  public var memory: String?
  /// The bags of archived years.
  public var archive: String { beside("archive") }

  public init(content: String, output: String? = nil, theme: String? = nil) {
    let content = Path.join(content)
    self.content = content
    let folder = Path.folder(of: content)
    root = folder.isEmpty ? "." : folder
    self.output = output ?? (folder.isEmpty ? "public" : Path.join(folder, "public"))
    self.theme = theme
  }

  /// What must lie outside the output.
  var sources: [String] { [content, beside("Themes")] + [theme].compactMap { $0 } }

  /// These folders, with what builds remember kept beside `content/`.
  public func remembering() -> SiteFolders {
    var folders = self
    folders.memory = beside(".gongkai")
    return folders
  }

  /// A path beside `content/`, as findings print it.
  func beside(_ name: String) -> String { root == "." ? name : Path.join(root, name) }
}

/// How a site is to be built.
public struct BuildOptions: Sendable {
  /// In place of the site's own base path.
  public var basePath: String?
  /// How many units are worked on at once.
  public var jobs: Int
  /// Leave a disclosure with errors out, and show it as a gap.
  public var hold: Bool
  /// Warnings stop publication too.
  public var strict: Bool
  /// Look at one unit only; never with a build.
  public var unit: String?
  /// The day on which deadlines are judged; nil judges none. No page depends on it.
  public var today: CalendarDay?
  /// Report which number of each narrative was tied to which figure; only where units are looked at anew.
  public var listsTies: Bool

  public init(
    basePath: String? = nil, jobs: Int = 2, hold: Bool = false, strict: Bool = false, unit: String? = nil,
    today: CalendarDay? = nil, listsTies: Bool = false
  ) {
    self.basePath = basePath
    self.jobs = max(1, jobs)
    self.hold = hold
    self.strict = strict
    self.unit = unit
    self.today = today
    self.listsTies = listsTies
  }
}
