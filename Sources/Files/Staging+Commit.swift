import CExchange
import Glibc

extension Staging {
  /// Puts the staged site in the place of the output in one step, then deletes the old one.
  ///
  /// The output is exchanged with the staging folder (`renameat2`), so that there is never a moment without
  /// a site. On a file system that knows no exchange, two renames do it: the old site goes aside, the new one
  /// takes its place; in between there is no site for an instant, and a build killed just there has its old
  /// site put back by the next one.
  ///
  /// - Parameter durably: Waits until all of the site is on the disk before it takes its place, so that it
  ///   survives even a loss of power. Takes seconds; meant for publishing.
  @discardableResult
  public func commit(durably: Bool = false) throws(StagingError) -> Report {
    var report = try end()
    defer { unlock() }
    report.carriedOver += state.withLock { $0.carried.count }
    do {
      if !durably, report.written == 0, isWholeOutput(report.carriedOver) {
        report.isUnchanged = true
        try? removeTree(output.staging, in: AT_FDCWD, path: output.staging)
        return report
      }
      try link()
      let leftover = try takePlace(durably: durably)
      if let leftover {
        do throws(DiskError) {
          try removeTree(leftover, in: AT_FDCWD, path: leftover)
        } catch {
          report.leftover = error
        }
      }
      return report
    } catch {
      _ = try? ReleaseFolder(output).recover()
      try? removeTree(output.staging, in: AT_FDCWD, path: output.staging)
      throw error
    }
  }

  /// Takes no more files; returns what was written.
  func end() throws(StagingError) -> Report {
    let report: Report? = state.withLock { state in
      guard state.phase == .open, state.underWay == 0 else { return nil }
      state.phase = .ended
      return state.report
    }
    guard let report else { throw .notOpen }
    return report
  }

  /// Waits until all of the file system is on the disk.
  func synchronize() throws(StagingError) {
    let fault = gongkai_synchronize(folder)
    if fault != 0 { throw .disk(DiskError(output.given, errno: fault)) }
  }

  /// Returns the path of the old site that is now to be deleted.
  private func takePlace(durably: Bool) throws(StagingError) -> String? {
    // Asked anew: much may have happened to the output while the site was built.
    let present = try present()
    if let present { Self.takeOver(present, for: folder, permissions: present.permissions) }
    if durably { try synchronize() }
    if releases.isThere {
      var index = try releases.recover()
      if let release = releases.releaseInPlace(index) {
        try releases.place(output.staging, .build, as: index.takeNumber(), keeping: release, &index)
        return nil
      }
    }
    guard present != nil else {
      try renameFolder(output.staging, output.path)
      return nil
    }
    switch exchange(output.staging, output.path) {
    case 0: return output.staging
    case EINVAL, ENOSYS, EOPNOTSUPP:
      try replaceInTwoSteps()
      return output.previous
    case let fault: throw refusal(fault)
    }
  }

  private func replaceInTwoSteps() throws(StagingError) {
    try renameFolder(output.path, output.previous)
    do {
      try renameFolder(output.staging, output.path)
    } catch {
      _ = rename(output.previous, output.path)
      throw error
    }
  }

  private func renameFolder(_ from: String, _ to: String) throws(StagingError) {
    if rename(from, to) != 0 { throw refusal(errno) }
  }

  private func refusal(_ fault: Int32) -> StagingError {
    switch fault {
    case EBUSY, EXDEV: .outputIsMountPoint(output.given)
    default: .disk(DiskError(output.given, errno: fault))
    }
  }
}
