/// A finished file of the site: its path from the site's root, and its bytes.
public struct Page: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// The overview of all units (首页).
    case portal
    /// One unit with all its disclosures.
    case unit
    /// One disclosure.
    case disclosure
    /// The site map for readers.
    case sitemap
    case notFound
    /// Figures to download.
    case data
    /// A file of the theme, or one for machines (`robots.txt`).
    case asset

    /// Whether it is a page that people read.
    public var isHTML: Bool {
      switch self {
      case .portal, .unit, .disclosure, .sitemap, .notFound: true
      case .data, .asset: false
      }
    }
  }

  /// Without a slash in front: `jyj/2022/budget/index.html`.
  public var path: String
  public var bytes: [UInt8]
  public var kind: Kind

  public init(path: String, bytes: [UInt8], kind: Kind) {
    self.path = path
    self.bytes = bytes
    self.kind = kind
  }
}

/// A file of the content that is published as it is: an attachment or a picture.
public struct FileCopy: Sendable, Hashable {
  /// Below the folder that holds the site.
  public var from: String
  /// From the site's root.
  public var to: String
  public var size: Int

  public init(from: String, to: String, size: Int) {
    self.from = from
    self.to = to
    self.size = size
  }
}

/// What becomes of a disclosure or a unit: pages to write, and files to copy beside them.
public struct RenderedPages: Sendable, Hashable {
  public var pages: [Page] = []
  public var copies: [FileCopy] = []

  public init(pages: [Page] = [], copies: [FileCopy] = []) {
    self.pages = pages
    self.copies = copies
  }
}
