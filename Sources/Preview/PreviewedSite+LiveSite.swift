import Diagnostics
import Pipeline

extension PreviewedSite {
  /// The site that the pipeline keeps up to date.
  public init(_ live: LiveSite) {
    self.init(
      file: { path async throws(Trouble) in
        do {
          return try await live.file(at: path).map {
            File(bytes: $0.bytes, marked: $0.marked, isLastGood: $0.isLastGood, findings: $0.findings)
          }
        } catch {
          throw Trouble(error)
        }
      },
      paths: { await live.paths }, findings: { await live.findings },
      refresh: { paths async throws(Trouble) in
        do {
          let refresh = try await live.refresh(paths)
          return Change(pages: refresh.changed, findingsChanged: refresh.findingsChanged)
        } catch {
          throw Trouble(error)
        }
      },
      basePath: { await live.basePath })
  }
}

extension PreviewedSite.Trouble {
  fileprivate init(_ error: any Error) {
    self.init((error as? BuildTrouble)?.message ?? "\(error)")
  }
}
