import Diagnostics
import Synchronization

@testable import Preview

/// A site of a few files that a test changes as it likes.
final class SmallSite: Sendable {
  struct State {
    var files: [String: PreviewedSite.File] = [:]
    var findings: [Finding] = []
    var basePath = "/"
    var change = PreviewedSite.Change(pages: [], findingsChanged: false)
    var trouble: PreviewedSite.Trouble?
    var refreshed: [Set<String>?] = []
  }

  let state: Mutex<State>

  init() {
    var state = State()
    for (path, text) in [
      ("index.html", "<html><head><title>首页</title></head><body>首页</body></html>\n"),
      ("404.html", "<html><head></head><body>找不到</body></html>\n"),
      ("jyj/2024/budget/表.csv", "科目,金额\n"), ("assets/site.css", "a{}\n"), ("附件.pdf", "%PDF"),
    ] {
      state.files[path] = .init(bytes: Array(text.utf8))
    }
    state.files["jyj/2024/budget/index.html"] = .init(
      bytes: Array("<html><head></head><body><td>1</td></body></html>\n".utf8),
      marked: Array("<html><head></head><body><td data-place=\"表.csv:2:1\">1</td></body></html>\n".utf8))
    self.state = Mutex(state)
  }

  var previewed: PreviewedSite {
    PreviewedSite(
      file: { path async throws(PreviewedSite.Trouble) in
        let (file, trouble) = self.state.withLock { ($0.files[path], $0.trouble) }
        if let trouble { throw trouble }
        return file
      },
      paths: { self.state.withLock { Set($0.files.keys) } },
      findings: { self.state.withLock(\.findings) },
      refresh: { paths async throws(PreviewedSite.Trouble) in
        let (change, trouble) = self.state.withLock { state in
          state.refreshed.append(paths)
          return (state.change, state.trouble)
        }
        if let trouble { throw trouble }
        return change
      },
      basePath: { self.state.withLock(\.basePath) })
  }

  var responder: Responder { Responder(site: previewed, audience: Audience(), port: 8000) }

  func get(
    _ path: String, query: String = "", method: String = "GET", host: String? = "127.0.0.1:8000",
    range: String? = nil
  ) async -> Response {
    await responder.respond(
      to: Request(method: method, path: path, query: query, host: host, range: range))
  }
}

extension Response {
  var text: String { String(decoding: body, as: UTF8.self) }
}
