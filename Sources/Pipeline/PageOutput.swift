import Content
import Diagnostics
import Files
import Site

/// Where finished pages go: into the staging folder of a build, to a reader, or nowhere.
struct PageOutput: Sendable {
  /// Takes pages over that were made before, by their name and key; false where they have to be made anew.
  var carry: @Sendable (_ pages: [PageRecord], _ written: [WrittenPages]) -> Bool
  /// Takes the pages that were made together under a name, with what is copied beside them.
  var write: @Sendable (_ name: String, _ rendered: RenderedPages, _ findings: inout [Finding]) throws -> Void

  /// Told of each unit as soon as it is bound; whoever shows pages may want to make more of them.
  var sees: @Sendable (BoundUnit) -> Void = { _ in }

  /// For a check: everything is looked at, nothing kept.
  static let nowhere = PageOutput(carry: { _, _ in true }, write: { _, _, _ in })

  /// - Throws: `BuildTrouble` when writing.
  static func staging(_ staging: Staging, _ reader: Reader) -> PageOutput {
    PageOutput(
      carry: { pages, written in
        var files: [OutputFile] = []
        for page in pages {
          guard let known = written.first(where: { $0.name == page.name }), known.key == page.key else {
            return false
          }
          files += known.files
        }
        return staging.carry(files)
      },
      write: { _, rendered, findings in
        do throws(StagingError) {
          for page in rendered.pages { try staging.write(page.path, page.bytes) }
        } catch {
          throw BuildTrouble(error.message)
        }
        for copy in rendered.copies { try write(copy, to: staging, from: reader, &findings) }
      })
  }

  private static func write(
    _ copy: FileCopy, to staging: Staging, from reader: Reader, _ findings: inout [Finding]
  ) throws {
    let bytes: [UInt8]
    do throws(DiskError) {
      bytes = try reader.readAttachment(copy.from)
    } catch {
      findings.append(Finding("disk", at: Place(file: copy.from), error.message, hint: "检查这个附件能否打开"))
      return
    }
    do throws(StagingError) {
      try staging.write(copy.to, bytes)
    } catch {
      throw BuildTrouble(error.message)
    }
  }
}

extension RenderedPages {
  /// Where the pages and what is copied beside them lie in the site.
  var paths: [String] { pages.map(\.path) + copies.map(\.to) }
}
