import Diagnostics
import Files

/// What happens during a preview, for the terminal.
public enum PreviewEvent: Sendable {
  /// Requests are answered; `wanted` tells where another port was asked for.
  case listening(port: UInt16, wanted: UInt16)
  /// A change was taken up.
  case refreshed(PreviewRefresh)
  /// The site cannot be looked at for now; the last state is shown on.
  case trouble(String)
}

/// A change that was taken up.
public struct PreviewRefresh: Sendable {
  public var changes: FolderChanges
  /// How many pages became others.
  public var pages: Int
  public var duration: Duration
  /// All findings of the site.
  public var findings: [Finding]
}

/// Why there is no preview.
public struct PreviewRefusal: Error, Sendable {
  public var message: String

  public init(_ message: String) { self.message = message }
}

/// Shows a site while it is written: serves it to this machine, watches its sources, tells open pages.
///
/// Runs until the task is cancelled.
/// - Parameters:
///   - folders: What the site is made from.
///   - port: Where it is taken, the next free one serves; 0 leaves the choice to the system.
public func preview(
  _ site: PreviewedSite, watching folders: [String], port: UInt16,
  tell: @escaping @Sendable (PreviewEvent) -> Void
) async throws(PreviewRefusal) {
  let site = site.remembering()
  let watch: FolderWatch
  do throws(DiskError) {
    watch = try FolderWatch(folders)
  } catch {
    throw PreviewRefusal("不能监视文件夹：\(error)")
  }
  defer { watch.stop() }
  // After the watch began: what changes meanwhile is taken up next.
  do throws(PreviewedSite.Trouble) {
    _ = try await site.refresh(nil)
  } catch {
    throw PreviewRefusal(error.message)
  }
  let audience = Audience()
  let server = PreviewServer(site: site, audience: audience)
  do {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await serve(server, from: port, tell) }
      group.addTask { try await follow(watch, site, audience, tell) }
      defer { group.cancelAll() }
      try await group.next()
    }
  } catch let refusal as PreviewRefusal {
    throw refusal
  } catch is CancellationError {
    return
  } catch {
    throw PreviewRefusal("\(error)")
  }
}

/// Serves on a port, or on the next free one after it.
private func serve(
  _ server: PreviewServer, from wanted: UInt16, _ tell: @escaping @Sendable (PreviewEvent) -> Void
) async throws(PreviewRefusal) {
  let last = UInt16(clamping: Int(wanted) + 99)
  for port in wanted...max(wanted, last) {
    do throws(PreviewServer.Refusal) {
      return try await server.run(on: port) { tell(.listening(port: $0, wanted: wanted == 0 ? $0 : wanted)) }
    } catch {
      switch error {
      case .taken: continue
      case .notPermitted: throw PreviewRefusal("没有权限使用端口 \(port)；请用 --port 写一个 1024 以上的端口")
      case .other(let why): throw PreviewRefusal("不能在端口 \(port) 上提供预览：\(why)")
      }
    }
  }
  throw PreviewRefusal("端口 \(wanted) 到 \(last) 都被占用；请用 --port 写另一个端口")
}

/// Takes up every change, and tells the pages that are open.
private func follow(
  _ watch: FolderWatch, _ site: PreviewedSite, _ audience: Audience,
  _ tell: @Sendable (PreviewEvent) -> Void
) async throws(PreviewRefusal) {
  while true {
    let changes: FolderChanges
    do throws(DiskError) {
      guard let next = try await watch.next() else { return }
      changes = next
    } catch {
      throw PreviewRefusal("不能再监视文件夹：\(error)")
    }
    let start = ContinuousClock.now
    do throws(PreviewedSite.Trouble) {
      var paths: Set<String>?
      if case .paths(let some) = changes { paths = some }
      let change = try await site.refresh(paths)
      audience.tell(change)
      tell(
        .refreshed(
          PreviewRefresh(
            changes: changes, pages: change.pages.count { $0.hasSuffix(".html") }, duration: .now - start,
            findings: await site.findings())))
    } catch {
      audience.tell(trouble: error.message)
      tell(.trouble(error.message))
    }
  }
}
