import ArgumentParser
import Pipeline

/// How pages are made, whatever becomes of them.
struct MakingOptions: ParsableArguments {
  @Option(help: "主题文件夹，优先于网站自己的 Themes/。")
  var theme: String?

  @Option(help: "网站的基础路径，如 /czj/yjs/；代替 site.yaml 里的 base-path。")
  var basePath: String?

  @Option(help: "同时处理几个单位（默认为处理器的个数）。")
  var jobs: Int?

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
    BuildOptions(basePath: basePath, jobs: jobs ?? Machine.processors, hold: hold, strict: strict)
  }
}
