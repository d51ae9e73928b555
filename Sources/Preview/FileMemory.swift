/// The files asked for since the last change: a page and its findings ask for the same one at once.
actor FileMemory {
  private typealias Answer = Result<PreviewedSite.File?, PreviewedSite.Trouble>

  private let site: PreviewedSite
  private var answers: [String: Task<Answer, Never>] = [:]
  private static let limit = 16

  init(_ site: PreviewedSite) { self.site = site }

  func file(_ path: String) async throws(PreviewedSite.Trouble) -> PreviewedSite.File? {
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

  func forget() { answers.removeAll() }
}

extension PreviewedSite {
  /// The same site, which makes a file once until the next change.
  func remembering() -> PreviewedSite {
    let memory = FileMemory(self)
    let refresh = refresh
    var site = self
    site.file = { path async throws(Trouble) in try await memory.file(path) }
    site.refresh = { paths async throws(Trouble) in
      do throws(Trouble) {
        let change = try await refresh(paths)
        await memory.forget()
        return change
      } catch {
        await memory.forget()
        throw error
      }
    }
    return site
  }
}
