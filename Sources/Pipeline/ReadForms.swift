import Diagnostics
import Files
import Forms

/// The forms that a site can use: its own `content/forms/`, where there is one, over the catalogue.
public func forms(of folders: SiteFolders, on disk: Disk) -> (library: FormLibrary, findings: [Finding]) {
  var findings: [Finding] = []
  let library = Reader(disk: disk, folders: folders).readLibrary(&findings)
  return (library, findings + library.findings)
}
