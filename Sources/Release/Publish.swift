import Files
import Pipeline

/// A site that is built, checked and compared with the one in place; nothing that visitors see has changed yet.
public struct PreparedPublication: ~Copyable {
  public let report: BuildReport
  /// `nil` where errors are open, so that nothing may be published.
  public let changes: PublishedChanges?
  /// How many files are in the place that gongkai did not make; all of them are kept as a release.
  public let others: Int
  private let site: StagedSite

  fileprivate init(_ site: consuming StagedSite) throws {
    report = site.report
    changes = site.mayBePublished ? try PublishedChanges(from: site.site, to: site.folder()) : nil
    others = site.replacesOthers ? changes?.present.files ?? 0 : 0
    self.site = site
  }

  /// Puts the site in place in one step, and keeps the one that was there.
  ///
  /// - Parameters:
  ///   - date: The time of day, for the list of releases alone.
  ///   - keeping: How many former releases are kept.
  public consuming func publish(dated date: String?, keeping: Int) throws -> (
    report: BuildReport, publication: Publication
  ) {
    guard let changes else { throw BuildTrouble("有错误的网站不能公开") }
    return try site.publish(dated: date, new: changes.new, present: changes.present, keeping: keeping)
  }

  /// Throws the new site away; the old one stays.
  public consuming func refuse() -> BuildReport { site.refuse() }
}

/// Builds and checks a site beside its place (`folders.output`), and tells what publishing it will change.
public func preparePublication(
  _ folders: SiteFolders, _ options: BuildOptions, on disk: Disk = .real,
  progress: @escaping @Sendable (BuildStep) -> Void = { _ in }
) async throws -> PreparedPublication {
  try PreparedPublication(
    await stage(folders, options, acceptingOthers: true, on: disk, progress: progress))
}

/// A former release that is to take the place of the present site.
public struct PreparedRollback: Sendable {
  public let release: SiteRelease
  public let present: SiteRelease?
  public let changes: PublishedChanges
  private let releases: Releases

  fileprivate init(_ release: SiteRelease, _ releases: Releases) throws {
    self.release = release
    self.releases = releases
    present = releases.inPlace
    changes = try PublishedChanges(from: releases.site, to: releases.folder(of: release.number))
  }

  /// Puts the release in place in one step; returns the site that was there, as it is kept now.
  public func restore() throws -> SiteRelease? {
    do throws(StagingError) {
      return try releases.restore(release.number, keepingPresent: changes.present)
    } catch {
      throw BuildTrouble(error.message)
    }
  }
}

/// Why there is nothing to go back to: said to the user.
public struct NoSuchRelease: Error, Sendable {
  public var message: String
}

/// Compares a former release with the site in place.
///
/// - Parameter number: The release to go back to; without it, the one that the present site took the place of
///   when it was published, so that going back twice goes two releases back.
public func prepareRollback(of site: String, to number: Int?) throws -> PreparedRollback {
  let releases: Releases
  do throws(StagingError) {
    releases = try Releases.open(site)
  } catch {
    throw BuildTrouble(error.message)
  }
  let list = releases.kept.map { "第 \($0.number) 版" }.joined(separator: "、")
  guard let latest = releases.kept.first else { throw NoSuchRelease(message: "\(site) 没有以前的版本可以退回") }
  if let number {
    if releases.inPlace?.number == number { throw NoSuchRelease(message: "现在公开的就是第 \(number) 版") }
    guard let release = releases.kept.first(where: { $0.number == number }) else {
      throw NoSuchRelease(message: "没有第 \(number) 版；保留着的有：\(list)")
    }
    return try PreparedRollback(release, releases)
  }
  // A site that was put there in another way takes the place of the last that was published.
  guard let present = releases.inPlace else { return try PreparedRollback(latest, releases) }
  let before =
    releases.kept.first { $0.number == present.after } ?? releases.kept.first { $0.number < present.number }
  guard let release = before else {
    throw NoSuchRelease(message: "现在公开的第 \(present.number) 版之前没有保留别的版本；用 --to 选一个：\(list)")
  }
  return try PreparedRollback(release, releases)
}
