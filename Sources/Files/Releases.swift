import Glibc

/// The releases of a site: the one in place and those kept beside it.
///
/// Opening takes the site's lock and puts right what a killed publication left.
///
///     let releases = try Releases.open("/srv/www/czj")
///     try releases.restore(11, keepingPresent: SiteCount(pages: 13, files: 63))
public final class Releases: Sendable {
  /// The real path of the site; nothing need be there.
  public let site: String
  /// Whether there is a site, published or not.
  public let hasSite: Bool
  /// The release in place; `nil` if there is no site, or one that was put there in another way.
  public let inPlace: SiteRelease?
  /// The former releases, the newest first.
  public let kept: [SiteRelease]

  private let folder: ReleaseFolder
  private let lock: FileLock?

  /// Opens the releases of a site to change them.
  public static func open(_ site: String) throws(StagingError) -> Releases {
    try open(site) { ReleaseFolder($0) }
  }

  /// Looks at the releases of a site, even while something is published there.
  public static func look(at site: String) throws(StagingError) -> Releases {
    do {
      return try open(site)
    } catch {
      guard case .anotherBuildIsRunning = error else { throw error }
      let folder = ReleaseFolder(try OutputFolder(site, makingFolders: false))
      return try Releases(folder, try folder.readIndex(), nil)
    }
  }

  /// What happens underneath can be replaced by tests.
  static func open(_ site: String, _ makeFolder: (OutputFolder) -> ReleaseFolder) throws(StagingError)
    -> Releases
  {
    let output = try OutputFolder(site, makingFolders: false)
    let folder = makeFolder(output)
    guard folder.isThere else { return try Releases(folder, ReleaseIndex(), nil) }
    let lock = try output.takeLock()
    do {
      return try Releases(folder, try ReleaseFolder(output).recover(), lock)
    } catch {
      lock.release()
      throw error
    }
  }

  private init(_ folder: ReleaseFolder, _ index: ReleaseIndex, _ lock: FileLock?) throws(StagingError) {
    let entries = try? Disk.real.list(folder.output.path)
    site = folder.output.path
    hasSite = entries?.isEmpty == false
    let number = folder.releaseInPlace(index)
    inPlace = number.map { index.releases[$0] ?? SiteRelease($0, pages: 0, files: 0) }
    kept = try folder.kept().filter { $0 != number }.reversed().map {
      index.releases[$0] ?? SiteRelease($0, pages: 0, files: 0)
    }
    self.folder = folder
    self.lock = lock
  }

  deinit { lock?.release() }

  /// Where a former release lies.
  public func folder(of number: Int) -> String { folder.slot(number) }

  /// Puts a former release in place in one step, and keeps the present site as a release.
  ///
  /// - Returns: The present site as it is kept now; `nil` if there was none.
  @discardableResult
  public func restore(_ number: Int, keepingPresent count: SiteCount) throws(StagingError) -> SiteRelease? {
    guard lock != nil, kept.contains(where: { $0.number == number }) else { throw .notOpen }
    // Refuses what must not be moved; a site that gongkai did not make may be kept like any other.
    let present = try folder.output.present(recognising: .generator, acceptingOthers: true)
    var index = try folder.recover()
    let old = try index.numberPresent(of: folder, isThere: present != nil, count)
    do throws(StagingError) {
      try folder.place(nil, .restore, as: number, keeping: old, &index)
    } catch {
      // As the next run would do it; what cannot be put right now is put right then.
      let recovered = try? ReleaseFolder(folder.output).recover()
      guard let recovered, folder.releaseInPlace(recovered) == number else { throw error }
    }
    return old.flatMap { index.releases[$0] }
  }
}

/// How much a site holds.
public struct SiteCount: Hashable, Sendable {
  public var pages: Int
  public var files: Int

  public init(pages: Int, files: Int) { (self.pages, self.files) = (pages, files) }
}

/// What a publication did.
public struct Publication: Sendable {
  public var report: Staging.Report
  public var release: SiteRelease
  /// The site that was in place, as it is kept now.
  public var previous: SiteRelease?
  /// Releases that were deleted, being more than are kept.
  public var deleted: [Int] = []
  /// The new site is in place, but something after that failed; the next run makes up for it.
  public var trouble: StagingError?
}

extension ReleaseIndex {
  /// The number under which the site in place is to be kept: its own, or a new one.
  mutating func numberPresent(of folder: ReleaseFolder, isThere: Bool, _ count: SiteCount)
    throws(StagingError) -> Int?
  {
    guard isThere else { return nil }
    if let number = folder.releaseInPlace(self) { return number }
    let isEmpty = try onDisk { () throws(DiskError) in try Disk.real.list(folder.output.path).isEmpty }
    if isEmpty { return nil }
    let number = takeNumber()
    releases[number] = SiteRelease(number, pages: count.pages, files: count.files)
    return number
  }
}

extension Staging {
  /// Puts the staged site in place as a release, durably and in one step, and keeps the one that was there.
  ///
  /// - Parameters:
  ///   - date: What the list of releases says of the time; nothing depends on it.
  ///   - keeping: How many former releases are kept, the one just replaced among them.
  public func publish(dated date: String?, new: SiteCount, present: SiteCount, keeping: Int)
    throws(StagingError) -> Publication
  {
    var report = try end()
    defer { unlock() }
    report.carriedOver += state.withLock { $0.carried.count }
    let releases = releases
    do throws(StagingError) {
      try link()
      let there = try self.present()
      if let there {
        Self.takeOver(there, for: folder, permissions: there.permissions)
      } else {
        fchmod(folder, permissions)
      }
      try synchronize()
      try releases.make()
      var index = try releases.recover()
      let old = try index.numberPresent(of: releases, isThere: there != nil, present)
      let number = index.takeNumber()
      let release = SiteRelease(number, date: date, pages: new.pages, files: new.files, after: old)
      index.releases[number] = release
      var done = Publication(report: report, release: release, previous: old.flatMap { index.releases[$0] })
      do throws(StagingError) {
        try releases.place(output.staging, .publish, as: number, keeping: old, &index)
        done.deleted = try releases.prune(&index, to: keeping, always: old)
      } catch {
        // As the next run would do it: back to the old site, or onwards if the new one is in place.
        let recovered = try? ReleaseFolder(output).recover()
        guard let recovered, releases.releaseInPlace(recovered) == number else { throw error }
        done.trouble = error
      }
      return done
    } catch {
      try? removeTree(output.staging, in: AT_FDCWD, path: output.staging)
      throw error
    }
  }
}
