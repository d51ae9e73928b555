import Archive
import Content
import Diagnostics
import Files
import Forms
import Site

/// What every unit's way needs: made once, the same for all.
struct SiteWork: Sendable {
  let folders: SiteFolders
  let options: BuildOptions
  let reader: Reader
  let frame: SiteFrame
  let archived: ArchivedYears
  /// The digest of all this; nil where it cannot be told, and then nothing is remembered.
  let key: String?
  let renderer: SiteRenderer
  /// Paths that pages of every unit may lead to.
  let shared: Set<String>
  /// Units of which only archived years are left.
  let gone: Set<String>
  let times = StepTimes()

  /// All units, those with content first.
  var slugs: [String] { frame.units + gone.sorted(by: Path.precedes) }
  var content: ArchivedContent { ArchivedContent(archived: archived, reader: reader) }

  /// Reads settings, forms, theme and the manifests of archived years; nil where there is no content to read.
  ///
  /// - Throws: `BuildTrouble` where a bag cannot be read.
  init?(
    _ folders: SiteFolders, _ options: BuildOptions, on disk: Disk, findings: inout [Finding]
  ) throws {
    let log = ReadLog()
    let recording = disk.recording(in: log)
    guard
      let frame = Reader(disk: recording, folders: folders).readFrame(options, findings: &findings)
    else { return nil }
    self.folders = folders
    self.options = options
    self.frame = frame
    reader = Reader(disk: disk, folders: folders)
    do throws(BagError) {
      archived = try ArchivedYears(in: folders.archive, on: recording)
    } catch {
      throw BuildTrouble(error.message)
    }
    let program = FileStamp.ofThisProgram.map { "\($0)" }
    let read = log.finish()
    key = program.flatMap { program in
      digestKey([
        program, folders.content, options.basePath ?? "", options.hold ? "hold" : "", "\(frame.isWhole)",
        read,
      ])
    }
    renderer = SiteRenderer(settings: frame.settings, theme: frame.theme, kinds: frame.library.kinds)
    shared = Set(renderer.sharedPaths)
    gone = options.unit == nil ? Set(archived.units).subtracting(frame.units) : []
  }
}
