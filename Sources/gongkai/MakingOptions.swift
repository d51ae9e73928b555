import ArgumentParser
import Fiscal
import Pipeline

/// How pages are made, whatever becomes of them.
struct MakingOptions: ParsableArguments {
  @Option(help: "主题文件夹，优先于网站自己的 Themes/。")
  var theme: String?

  @Option(help: "网站的基础路径，如 /czj/yjs/；代替 site.yaml 里的 base-path。")
  var basePath: String?

  @Option(help: "同时处理几个单位（默认为处理器的个数）。")
  var jobs: Int?

  @OptionGroup var day: DayOptions

  func validate() throws {
    try requirePositive(jobs)
    try requireBasePath(basePath)
  }

  /// The folders of a site, with what builds remember.
  func folders(_ place: PlaceOptions, output: String? = nil) -> SiteFolders {
    SiteFolders(content: place.contentFolder, output: output, theme: theme.map { place.resolve($0) })
      .remembering()
  }

  func build(hold: Bool = false, strict: Bool = false) -> BuildOptions {
    BuildOptions(
      basePath: basePath, jobs: jobs ?? Machine.processors, hold: hold, strict: strict, today: day.today)
  }
}

/// The day on which deadlines are judged.
struct DayOptions: ParsableArguments {
  @Option(name: .customLong("today"), help: "按哪一天判断公开期限，如 2025-02-20（默认为今天）。")
  var day: CalendarDay?

  /// The clock is read here and nowhere else; no page depends on it.
  var today: CalendarDay? { day ?? Clock.now().flatMap { CalendarDay($0) } }
}

extension CalendarDay: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
