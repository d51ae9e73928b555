import Archive
import Content
import Diagnostics
import Files
import Parsing
import Site

/// The pages that reach over years and units: each unit's own, the portal and the site maps.
extension SiteWork {
  /// Everything here is made of summaries; pages whose summaries have not changed are not made again.
  func overview(
    of summaries: [UnitSummary], _ renderer: SiteRenderer, known: UnitRecord?, written: [WrittenPages],
    to output: PageOutput
  ) throws -> UnitOutcome {
    var outcome = UnitOutcome(slug: Memory.site)
    guard frame.isWhole else { return outcome }
    let paths = Set(summaries.flatMap { [$0.path] + $0.publishedPaths } + archived.listPaths).union(shared)
    let pathsKey = digestKey(paths.sorted(by: Path.precedes)) ?? ""
    let digests = summaries.map(\.digest)
    let units = summaries.map(\.unit)

    var pages: [PageRecord] = []
    func take(_ name: String, _ key: String?, _ render: () -> [Page]) throws {
      if let page = known?.page(name), key != nil, page.key == key,
        times.measure(.write, { output.carry([page], written) })
      {
        pages.append(page)
        return
      }
      let rendered = times.measure(.render) { RenderedPages(pages: render()) }
      let findings = times.measure(.inspect) {
        inspect(rendered, elsewhere: paths.subtracting(rendered.paths), settings: frame.settings)
      }
      var none: [Finding] = []
      try times.measure(.write) { try output.write(name, rendered, &none) }
      pages.append(
        PageRecord(
          name: name, key: key, findings: findings, count: rendered.pages.count { $0.kind.isHTML },
          paths: rendered.paths))
      outcome.made.append(name)
    }

    for (summary, digest) in zip(summaries, digests) {
      let relatives = UnitRelatives(of: summary.unit, among: units)
      try take(summary.slug, pageKey([pathsKey, digest, relatives.text])) {
        [renderer.renderUnitPage(summary, relatives: relatives)]
      }
    }
    try take(Memory.site, pageKey([pathsKey] + digests)) { renderer.renderSite(summaries) }

    outcome.findings = pages.flatMap(\.findings)
    outcome.pages = pages
    outcome.isKnown = outcome.made.isEmpty
    if let key {
      outcome.record = UnitRecord(siteKey: key, sources: [], summary: nil, findings: [], pages: pages)
    }
    return outcome
  }

  private func pageKey(_ parts: [String?]) -> String? {
    var whole: [String] = []
    for part in [key] + parts {
      guard let part else { return nil }
      whole.append(part)
    }
    return digestKey(whole)
  }

  /// What only all units together can be asked.
  func findings(across summaries: [UnitSummary]) -> [Finding] {
    var findings = inspectIndexNumbers(summaries)
    guard options.unit == nil else { return findings }
    findings += inspectDepartments(summaries)
    findings += inspectTiming(
      summaries, deadlines: frame.settings.deadlines, kinds: frame.library.kinds, today: options.today)
    if slugs.isEmpty {
      findings.append(
        Finding(
          "no-units", at: Place(file: folders.content), "content/ 里还没有单位",
          hint: "新建 content/单位简称/unit.yaml，写 name: 单位全称"))
    }
    return findings
  }

  /// The pages of archived years, from their bags and unchanged.
  func carryOver(besides overview: UnitOutcome, to staging: Staging) throws {
    let present = Set(overview.pages.flatMap(\.paths))
    do {
      try archived.carryOver(besides: present) { try staging.write($0, $1) }
    } catch let error as StagingError {
      throw BuildTrouble(error.message)
    } catch let error as BagError {
      throw BuildTrouble(error.message)
    }
  }
}

/// A department (主管部门) that is no unit of the site would silently be left out.
private func inspectDepartments(_ summaries: [UnitSummary]) -> [Finding] {
  let slugs = summaries.map(\.slug)
  return summaries.compactMap { summary in
    guard let department = summary.unit.department, !slugs.contains(department) else { return nil }
    let named = summaries.first { $0.unit.name == department }?.slug
    let meant = (named ?? nearest(to: department, among: slugs)).map { "是否想写 \($0)？" }
    return Finding(
      "unknown-department", .warning, at: summary.unit.place, "主管部门“\(department)”不是本站的单位",
      hint: meant ?? "department 写主管部门的文件夹名；主管部门不在本站时删去这一行", subject: Subject(unit: summary.slug))
  }
}

extension UnitSummary {
  /// The disclosures' pages that the site has.
  fileprivate var publishedPaths: [String] { documents.filter(\.isPublished).map(\.path) }

  /// Of everything that pages say of the unit.
  fileprivate var digest: String? {
    var writer = RecordWriter()
    writer.write(self)
    return try? sha256(writer.bytes)
  }
}

extension UnitRelatives {
  fileprivate var text: String {
    var writer = RecordWriter()
    writer.write(parent) { $0.write([$1.slug, $1.name]) { $0.write($1) } }
    writer.write(subunits) { $0.write([$1.slug, $1.name]) { $0.write($1) } }
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
