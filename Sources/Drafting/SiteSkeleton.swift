import Content
import Files
import Forms

/// What a first site is made from; what is not told stands in it as an example.
public struct SiteAnswers: Sendable {
  public var unit: DraftUnit
  public var year: Int
  /// Each kind with its form set.
  public var kinds: [(kind: Kind, choice: SetChoice)]
  public var siteName: String?
  public var domain: String?
  public var siteCode: String?
  public var organiser: String?

  public init(unit: DraftUnit, year: Int, kinds: [(kind: Kind, choice: SetChoice)]) {
    self.unit = unit
    self.year = year
    self.kinds = kinds
  }
}

/// A first site: settings, one unit, one disclosure of each kind, and what to do next.
public func draftSite(_ answers: SiteAnswers, library: FormLibrary) -> [NewFile] {
  let unit = "content/\(answers.unit.slug)/"
  var files = [
    NewFile(".gitignore", "public/\n.gongkai/\n"),
    NewFile("说明.md", guide(answers)),
    NewFile("content/site.yaml", settings(answers)),
  ]
  files.append(UnitSettings(answers.unit).file(below: unit))
  for (kind, choice) in answers.kinds {
    let skeleton = DisclosureSkeleton(
      library, unit: answers.unit, year: answers.year, kind: kind, choice: choice, filling: .example)
    files += skeleton.files().map { file in
      var file = file
      file.path = unit + file.path
      return file
    }
  }
  return files
}

/// `unit.yaml`.
struct UnitSettings {
  let unit: DraftUnit

  init(_ unit: DraftUnit) { self.unit = unit }

  var file: NewFile { file(below: "") }

  func file(below folder: String) -> NewFile {
    var text = "name: \(YAMLText.scalar(unit.name, inFlow: false))\n"
    if !unit.region.isEmpty {
      text += "region: \(YAMLText.scalar(unit.region.joined(separator: "/"), inFlow: false))   # 决定用哪套表样\n"
    }
    return NewFile(folder + "unit.yaml", text)
  }
}

private func settings(_ answers: SiteAnswers) -> String {
  let remark = "   # \(Mark.example.text)"
  func line(_ key: String, _ told: String?, _ example: String, _ words: String) -> String {
    "\(key): \(YAMLText.scalar(told ?? example, inFlow: false))" + (told == nil ? remark + words : "") + "\n"
  }
  let unit = answers.unit.name
  return "# 整个网站的设置；能写的键见 gongkai 的 docs/content.md\n"
    + "name: \(YAMLText.scalar(answers.siteName ?? "\(unit)信息公开", inFlow: false))\n"
    + line("domain", answers.domain, "www.example.gov.cn", "改成网站的域名")
    + line("site-code", answers.siteCode, "bm00000000", "改成政府网站标识码")
    + "organiser: \(YAMLText.scalar(answers.organiser ?? unit, inFlow: false))\n"
    + "contact:\n  联系电话: 0000-00000000\(remark)改成对外的电话\n"
    + "# icp: ICP备案号\n# police: 公安备案号\n"
    + "banner: \(Mark.example.text)网站由 gongkai init 建立，数字和文字尚未填写，不是正式公开的信息。\n"
}

private func guide(_ answers: SiteAnswers) -> String {
  let folder = "content/\(answers.unit.slug)/\(answers.year)/"
  let kinds = answers.kinds.map { kind, choice in
    "- `\(folder)\(kind.id)/`：\(kind.title)，用表套 \(choice.set.id)（\(choice.set.title)）\n"
  }.joined()
  return """
    # 这个文件夹

    由 `gongkai init` 建立，现在就能生成网页：

    ```sh
    gongkai serve      # 在本机预览，改动一保存就显示
    gongkai build      # 生成 public/
    gongkai check      # 核对，并列出还没有换掉的示例
    ```

    ## 接着改什么

    1. `content/site.yaml`：域名、标识码、电话，删去 `banner` 一行。
    2. `content/\(answers.unit.slug)/unit.yaml`：单位的名称。文件夹名 `\(answers.unit.slug)` 是网址的一部分，公开以前可以改。
    3. 每份公开文档一个文件夹，里面：
       - `*.csv`：表，用 Excel、WPS 打开，填好存为“CSV UTF-8（逗号分隔）”；表头和固定的行不要改，科目、单位、项目各行自己加。
       - `*.yaml`：填报表和设置，用文本编辑器改。
       - `narrative.md`：正文；`{{ }}` 里的数字自动取自表，不用手抄。
       - 没有这项内容、又不是必须公开的表，删去它的文件。

    现有的公开文档：

    \(kinds)
    凡标“\(Mark.example.text)”的都是例子，换掉一处，`gongkai check` 就少报一处。

    ## 明年

    ```sh
    gongkai new \(answers.unit.slug) \(answers.year + 1) \(answers.kinds.first?.kind.id ?? "budget")
    ```

    照今年的文档起草明年的：表和公式照搬，上年数填好，要重写的地方标上“\(Mark.fill.text)”“\(Mark.review.text)”。

    """
}
