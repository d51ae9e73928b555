/// The files asked for since the last change: a page and its findings ask for the same one at once.
///
/// Files and changes wait for one another, so that no page is made from half a change.
actor FileMemory {
  private typealias Answer = Result<PreviewedSite.File?, PreviewedSite.Trouble>
  private typealias Change = Result<PreviewedSite.Change, PreviewedSite.Trouble>

  private let site: PreviewedSite
  private var answers: [String: Task<Answer, Never>] = [:]
  private var change: Task<Change, Never>?
  private static let limit = 16

  init(_ site: PreviewedSite) { self.site = site }

  func file(_ path: String) async throws(PreviewedSite.Trouble) -> PreviewedSite.File? {
    while let change { _ = await change.value }
    if let answer = answers[path] { return try await answer.value.get() }
    if answers.count >= Self.limit { answers.removeAll() }
    let site = site
    let answer = Task { () -> Answer in
      do throws(PreviewedSite.Trouble) {
        return .success(try await site.file(path))
      } catch {
        return .failure(error)
      }
    }
    answers[path] = answer
    return try await answer.value.get()
  }

  /// Takes up changes, one after another.
  func refresh(_ paths: Set<String>?) async throws(PreviewedSite.Trouble) -> PreviewedSite.Change {
    while let change { _ = await change.value }
    let (site, asked) = (site, answers.values)
    answers.removeAll()
    let task = Task { () -> Change in
      // Before its value is known: who waits for it must not find it again.
      defer { self.change = nil }
      for answer in asked { _ = await answer.value }
      do throws(PreviewedSite.Trouble) {
        return .success(try await site.refresh(paths))
      } catch {
        return .failure(error)
      }
    }
    change = task
    return try await task.value.get()
  }
}

extension PreviewedSite {
  /// The same site, which makes a file once until the next change.
  func remembering() -> PreviewedSite {
    let memory = FileMemory(self)
    var site = self
    site.file = { path async throws(Trouble) in try await memory.file(path) }
    site.refresh = { paths async throws(Trouble) in try await memory.refresh(paths) }
    return site
  }
}
