import Files

extension StagedSite {
  /// The real path of the site that this one is to replace; nothing need be there.
  public var site: String { staging.site }

  /// Whether the place holds what gongkai did not make.
  public var replacesOthers: Bool { staging.replacesOthers }

  /// Puts the site in place as a release and keeps the one that was there.
  ///
  /// - Throws: `BuildTrouble`, with the old site in place.
  public consuming func publish(dated date: String?, new: SiteCount, present: SiteCount, keeping: Int) throws
    -> (report: BuildReport, publication: Publication)
  {
    var report = report
    do throws(StagingError) {
      let done = try staging.publish(dated: date, new: new, present: present, keeping: keeping)
      report.written = done.report.written
      report.carriedOver = done.report.carriedOver
      remembrance.keep(staging, isUnchanged: false)
      report.outcome = .published
      return (report, done)
    } catch {
      throw BuildTrouble(error.message)
    }
  }
}
