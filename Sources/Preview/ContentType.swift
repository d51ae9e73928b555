import Files

/// The media type of a file by its name; text says that it is UTF-8.
func contentType(of path: String) -> String {
  types[Path.fileExtension(path).lowercased()] ?? "application/octet-stream"
}

private let types = [
  "html": "text/html; charset=utf-8", "htm": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
  "js": "text/javascript; charset=utf-8", "json": "application/json; charset=utf-8",
  "csv": "text/csv; charset=utf-8", "txt": "text/plain; charset=utf-8", "md": "text/plain; charset=utf-8",
  "yaml": "text/plain; charset=utf-8", "xml": "application/xml; charset=utf-8",
  "svg": "image/svg+xml; charset=utf-8", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
  "gif": "image/gif", "webp": "image/webp", "avif": "image/avif", "ico": "image/x-icon",
  "woff": "font/woff", "woff2": "font/woff2", "pdf": "application/pdf", "zip": "application/zip",
  "doc": "application/msword", "xls": "application/vnd.ms-excel",
  "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "ofd": "application/ofd",
  "mp4": "video/mp4", "mp3": "audio/mpeg",
]
