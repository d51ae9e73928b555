import CExchange
import Glibc

extension Staging {
  /// Puts right what a killed build left; only called by the holder of the lock.
  ///
  /// An old site that was moved aside and never replaced goes back first: so readers have a site again.
  static func cleanUpAfterKilledBuild(of output: OutputFolder) throws(StagingError) {
    if (try? stat.of(output.previous, following: false)) != nil,
      (try? stat.of(output.path, following: false)) == nil
    {
      guard rename(output.previous, output.path) == 0 else {
        throw .disk(DiskError(output.previous, errno: errno))
      }
    }
    for leftover in [output.staging, output.previous] {
      try onDisk { () throws(DiskError) in try removeTree(leftover, in: AT_FDCWD, path: leftover) }
    }
  }

  /// Makes the staging folder, marked as ours and with the owner and permissions of the present output.
  static func makeFolder(
    for output: OutputFolder, like present: stat?
  ) throws(StagingError) -> (folder: Int32, filePermissions: mode_t) {
    let path = output.staging
    guard mkdir(path, 0o755) == 0 else { throw .disk(DiskError(path, errno: errno)) }
    do throws(DiskError) {
      let folder = try Descriptor(path, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
      // What the umask left of 755 tells what it leaves of 644, without asking for the umask,
      // which cannot be asked for without changing it for every thread.
      let filePermissions = try folder.status(path).permissions & 0o644
      // Without attributes the signature of the site must do.
      _ = gongkai_set_mark(folder.number)
      if let present { takeOver(present, for: folder.number, permissions: present.permissions | 0o700) }
      return (folder.release(), filePermissions)
    } catch {
      try? removeTree(path, in: AT_FDCWD, path: path)
      throw .disk(error)
    }
  }

  /// Gives a folder the owner, as far as that is allowed, and the permissions.
  static func takeOver(_ present: stat, for folder: Int32, permissions: mode_t) {
    // In this order: a change of owner takes the set-group-id bit away.
    _ = fchown(folder, present.st_uid, present.st_gid)
    _ = fchmod(folder, permissions)
  }
}
