import Diagnostics
import Files
import Forms

/// The forms that a site can use: its own `content/forms/`, where there is one, over the catalogue.
public func forms(of folders: SiteFolders, on disk: Disk) -> (library: FormLibrary, findings: [Finding]) {
  var findings: [Finding] = []
  let entries = (try? disk.list(folders.content)) ?? []
  let own =
    entries.contains { $0.name == "forms" } ? Reader(disk: disk, folders: folders).readForms(&findings) : []
  let library = FormLibrary(own: own)
  return (library, findings + library.findings)
}
