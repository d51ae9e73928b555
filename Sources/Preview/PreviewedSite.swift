import Diagnostics

/// A site kept up to date while its sources change, as the preview asks for it.
///
/// The preview builds nothing by itself: what is behind these closures is the one way of `build`.
public struct PreviewedSite: Sendable {
  /// What a build would write at a path.
  public struct File: Sendable {
    /// Exactly what a build writes.
    public var bytes: [UInt8]
    /// The same with `data-place` on cells and paragraphs.
    public var marked: [UInt8]
    /// Whether an input cannot be built now, so that these are the bytes of the last good state.
    public var isLastGood: Bool
    /// Those that concern this page.
    public var findings: [Finding]

    public init(bytes: [UInt8], marked: [UInt8]? = nil, isLastGood: Bool = false, findings: [Finding] = []) {
      self.bytes = bytes
      self.marked = marked ?? bytes
      self.isLastGood = isLastGood
      self.findings = findings
    }
  }

  /// What taking up a change made of the site.
  public struct Change: Sendable {
    /// Paths whose bytes changed, appeared or vanished.
    public var pages: Set<String>
    public var findingsChanged: Bool

    public init(pages: Set<String>, findingsChanged: Bool) {
      self.pages = pages
      self.findingsChanged = findingsChanged
    }
  }

  /// Trouble that nobody can mend in `content/`; the preview shows the last state, and says so.
  public struct Trouble: Error, Hashable, Sendable {
    public var message: String

    public init(_ message: String) { self.message = message }
  }

  /// What a build would write at a path, such as `jyj/2024/budget/index.html`; nil where the site has none.
  public var file: @Sendable (_ path: String) async throws(Trouble) -> File?
  /// All paths of the site.
  public var paths: @Sendable () async -> Set<String>
  /// All findings, in reading order.
  public var findings: @Sendable () async -> [Finding]
  /// Takes up what changed on disk; nil where anything may have changed.
  public var refresh: @Sendable (_ changed: Set<String>?) async throws(Trouble) -> Change
  /// The path under which the site will be published; absolute links of the 404 page begin with it.
  public var basePath: @Sendable () async -> String

  public init(
    file: @escaping @Sendable (_ path: String) async throws(Trouble) -> File?,
    paths: @escaping @Sendable () async -> Set<String>,
    findings: @escaping @Sendable () async -> [Finding],
    refresh: @escaping @Sendable (_ changed: Set<String>?) async throws(Trouble) -> Change,
    basePath: @escaping @Sendable () async -> String
  ) {
    self.file = file
    self.paths = paths
    self.findings = findings
    self.refresh = refresh
    self.basePath = basePath
  }
}
