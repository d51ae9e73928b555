import Diagnostics
import Files

/// A request as far as the preview looks at it.
struct Request: Sendable {
  var method = "GET"
  /// As it came, percent-encoded, without the query.
  var path: String
  var query = ""
  var host: String?
  var range: String?
}

struct Response: Sendable {
  var status: Int
  var headers: [(name: String, value: String)] = []
  var body: [UInt8] = []

  func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// Answers requests from the list of the site's paths.
///
/// A path of a request is a key into that list and is never joined to a folder, so no request leaves the site.
struct Responder: Sendable {
  let site: PreviewedSite
  let audience: Audience
  let port: UInt16

  func respond(to request: Request) async -> Response {
    guard isOurs(request.host) else {
      return message(421, "这个地址不是预览的地址", "请打开 http://127.0.0.1:\(port)/")
    }
    guard request.method == "GET" || request.method == "HEAD" else {
      var response = message(405, "预览只供阅读", "这里只接受 GET 和 HEAD。")
      response.headers.append(("Allow", "GET, HEAD"))
      return response
    }
    guard let path = RequestPath.decode(request.path) else {
      return message(400, "网址写错了", "网址里有不能出现的字符或“..”。")
    }
    do throws(PreviewedSite.Trouble) {
      if path.hasPrefix(PreviewLayer.folder + "/") {
        return try await layerFile(String(path.dropFirst(PreviewLayer.folder.count + 1)), request)
          ?? message(404, "预览没有这个文件", "")
      }
      return try await siteFile(path, request)
    } catch {
      return message(500, "现在不能生成网页", error.message)
    }
  }

  /// Whether a request was meant for this server: a page elsewhere may give our address another name.
  func isOurs(_ host: String?) -> Bool {
    guard let host = host?.lowercased() else { return false }
    return ["localhost", "127.0.0.1", "[::1]"].contains { name in
      host == "\(name):\(port)" || (port == 80 && host == name)
    }
  }

  // MARK: The site

  private func siteFile(_ path: String, _ request: Request) async throws(PreviewedSite.Trouble) -> Response {
    let version = audience.version
    if let file = try await site.file(path) { return answer(file, path, version, request) }
    let base = await site.basePath().utf8.drop { $0 == UInt8(ascii: "/") }
    if !base.isEmpty, path.utf8.starts(with: base) {
      let below = String(Substring(path.utf8.dropFirst(base.count)))
      if let file = try await site.file(below) { return answer(file, below, version, request) }
    }
    if await site.paths().contains(path + "/index.html") {
      let query = request.query.isEmpty ? "" : "?" + request.query
      var response = message(302, "这是一个文件夹", "")
      response.headers.append(("Location", "/" + Path.percentEncoded(path) + "/" + query))
      return response
    }
    guard let missing = try await site.file("404.html") else { return stillNothing(path, version) }
    var response = answer(missing, path, version, request, type: contentType(of: "404.html"))
    response.status = 404
    return response
  }

  /// What stands in place of every page until settings and theme can be read for the first time.
  private func stillNothing(_ path: String, _ version: Version) -> Response {
    let page = """
      <!DOCTYPE html>
      <html lang="zh-Hans"><head><meta charset="utf-8"><title>预览</title></head>
      <body><main><h1>网站现在还不能生成</h1>
      <p>要改正的地方列在“核对结果”里；改好一保存，这里就显示网页。</p></main></body></html>

      """
    return Response(
      status: 503, headers: Self.commonHeaders + [("Content-Type", contentType(of: "index.html"))],
      body: PreviewLayer.added(to: Array(page.utf8), page: path, version: version))
  }

  private func answer(
    _ file: PreviewedSite.File, _ path: String, _ version: Version, _ request: Request, type: String? = nil
  ) -> Response {
    let type = type ?? contentType(of: path)
    let isPlain =
      !type.hasPrefix("text/html") || request.query.split(separator: "&").contains { $0 == "plain" }
    let bytes =
      isPlain ? file.bytes : PreviewLayer.added(to: file.marked, page: path, version: version)
    return self.bytes(bytes, type: type, range: request.range)
  }

  // MARK: The layer

  private func layerFile(_ name: String, _ request: Request) async throws(PreviewedSite.Trouble) -> Response?
  {
    if name == "findings.json" {
      let page = pageAsked(for: request.query)
      let json = FindingsJSON(
        page: page, file: try await site.file(page), findings: await site.findings(),
        paths: await site.paths(), version: audience.version, trouble: audience.trouble)
      return bytes(Array(json.text.utf8), type: contentType(of: name), range: nil)
    }
    return PreviewLayer.file(name).map { bytes($0, type: contentType(of: name), range: request.range) }
  }

  private func pageAsked(for query: String) -> String {
    let value = query.split(separator: "&").first { $0.hasPrefix("page=") }?.dropFirst("page=".count) ?? ""
    return RequestPath.decode("/" + value) ?? ""
  }

  // MARK: Answers

  private func bytes(_ bytes: [UInt8], type: String, range: String?) -> Response {
    var headers = Self.commonHeaders + [("Content-Type", type), ("Accept-Ranges", "bytes")]
    switch ByteRange(range, of: bytes.count) {
    case .whole: return Response(status: 200, headers: headers, body: bytes)
    case .part(let part):
      headers.append(("Content-Range", "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(bytes.count)"))
      return Response(status: 206, headers: headers, body: Array(bytes[part]))
    case .unsatisfiable:
      var response = message(416, "没有这一段", "文件共 \(bytes.count) 字节。")
      response.headers.append(("Content-Range", "bytes */\(bytes.count)"))
      return response
    }
  }

  private func message(_ status: Int, _ title: String, _ text: String) -> Response {
    Response(
      status: status, headers: Self.commonHeaders + [("Content-Type", "text/plain; charset=utf-8")],
      body: Array((text.isEmpty ? title + "\n" : title + "：" + text + "\n").utf8))
  }

  /// Nothing is kept: what is shown is what is on disk. No page elsewhere may make use of it.
  static let commonHeaders = [
    (name: "Cache-Control", value: "no-store"), ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
  ]
}
