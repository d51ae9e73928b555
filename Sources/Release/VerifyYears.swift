import Archive
import Diagnostics
import Files
import Pipeline

/// What was found about some archived years.
public struct VerifyReport: Sendable {
  public var findings: [Finding] = []
  /// The bags that were looked at.
  public var bags: [BagName] = []
  public var files = 0
}

/// Proves that archived years are as they were: every checksum, no file missing or added, the chain whole, and, if
/// wished, the pages made anew from the archived sources alone.
///
/// - Parameter years: Looked at together with those before them in the chain; none means all.
public func verifyYears(
  _ years: [Int], in folders: SiteFolders, rebuilding: Bool, program: String, on disk: Disk = .real,
  progress: (BuildStep) -> Void = { _ in }
) throws -> VerifyReport {
  let shelf = BagShelf(folders.archive, disk: disk)
  let all = try shelf.bags()
  let wanted =
    years.isEmpty ? all : try withPredecessors(all.filter { years.contains($0.name.year) }, in: shelf)
  var report = VerifyReport(bags: wanted.map(\.name))
  for year in years where !all.contains(where: { $0.name.year == year }) {
    report.findings.append(
      Finding(
        "archive-missing", at: Place(file: shelf.folder), "没有 \(year) 年的存档",
        hint: all.isEmpty
          ? "先运行 gongkai archive \(year)" : "有这些存档：" + all.map(\.name.text).joined(separator: "、")))
  }
  if years.isEmpty {
    for name in shelf.strangers() {
      report.findings.append(
        Finding(
          "archive-file-extra", at: Place(file: Path.join(shelf.folder, name)), "不是存档；文件夹里只放各年度的存档",
          hint: "移走它"))
    }
  }
  for (number, bag) in wanted.enumerated() {
    progress(BuildStep(task: "校验存档", unit: bag.name.text, done: number + 1, total: wanted.count))
    let faults = verify(bag)
    report.findings += faults
    report.files += (try? bag.payload().count) ?? 0
    if rebuilding, faults.isEmpty { report.findings += try rebuild(bag, program: program, on: disk) }
  }
  report.findings += verifyChain(of: wanted, in: shelf)
  report.findings = report.findings.inReadingOrder()
  return report
}

/// Makes the pages of a bag anew, seeing nothing but the bag's own sources, and compares every byte.
private func rebuild(_ bag: Bag, program: String, on disk: Disk) throws -> [Finding] {
  let info = try bag.info()
  let subject = Subject(year: bag.name.year)
  var digests: [String: String] = [:]
  let view = disk.rooted(at: bag.path("data/" + Payload.source))
  let site = try renderYear(
    of: try bag.disclosures(), YearSources.folders, basePath: info[basePathField], on: view
  ) { path, bytes, _ in
    digests[path] = try sha512(bytes)
  }
  var hint: String?
  if let made = info[programField], made != program { hint = "存档由 \(made) 生成，现在是 \(program)；请用生成它的版本复验" }
  guard site != nil else {
    return [
      Finding(
        "archive-rebuild", at: Place(file: bag.path("data/" + Payload.source)), "存档的源文件不能独立生成网页", hint: hint,
        subject: subject)
    ]
  }
  let comparison = try bag.compare(digests, below: Payload.site)
  func findings(_ paths: [String], _ message: String) -> [Finding] {
    paths.map {
      Finding(
        "archive-rebuild", at: Place(file: bag.path("data/\(Payload.site)/\($0)")), message, hint: hint,
        subject: subject)
    }
  }
  return findings(comparison.changed, "由存档的源文件重新生成，结果不同")
    + findings(comparison.missing, "存档的源文件没有生成这个文件")
    + findings(comparison.added, "存档的源文件多生成了这个文件")
}
