import Diagnostics
import Forms
import Parsing

/// What `content/site.yaml` says of the whole site.
public struct SiteSettings: Sendable, Hashable {
  public var name: String
  /// Registered domain, such as `www.example.gov.cn`.
  public var domain: String
  /// 网站标识码.
  public var siteCode: String
  /// 主办单位.
  public var organiser: String
  public var contacts: [Contact]
  /// ICP备案号.
  public var icp: String?
  /// 公安备案号, in full.
  public var police: String?
  /// Where the 党政机关 badge leads.
  public var agency: String?
  /// Where “我为政府网站找错” leads.
  public var findError: String?
  public var description: String
  public var keywords: [String]
  /// `/` or `/czj/yjs/`; used only where an absolute address is required.
  public var basePath: String
  public var theme: String
  /// A line at the head of every page, such as “示例数据”.
  public var banner: String?
  public var waivers: [Waiver]
  /// By when everyone is to have published (公开期限).
  public var deadlines: [Deadline] = []
  public var checks = RuleSwitches()

  public struct Contact: Sendable, Hashable {
    public var label: String
    public var value: String
  }

  public static let keys = [
    "name", "domain", "site-code", "organiser", "contact", "icp", "police", "agency", "find-error",
    "description",
    "keywords", "base-path", "theme", "banner", "waivers", "deadlines", "checks",
  ]

  /// Reads the settings; what every page must carry (国办发〔2017〕47号) is required.
  public static func read(_ root: YAML, findings: inout [Finding]) -> SiteSettings? {
    var reader = MapReader(root, "站点设置", keys: keys, id: "site-settings")
    let name = reader.text("name", required: true)
    let domain = reader.text("domain", required: true)
    let code = reader.text("site-code", required: true)
    let organiser = reader.text("organiser", required: true)
    var settings = SiteSettings(
      name: name ?? "", domain: domain ?? "", siteCode: code ?? "", organiser: organiser ?? "", contacts: [],
      icp: reader.text("icp"), police: reader.text("police"), agency: reader.link("agency"),
      findError: reader.link("find-error"),
      description: reader.text("description") ?? (name.map { $0 + "：预算、决算与绩效信息" } ?? ""),
      keywords: reader.texts("keywords"), basePath: reader.text("base-path") ?? "/",
      theme: reader.text("theme") ?? "standard", banner: reader.text("banner"), waivers: [])
    if settings.keywords.isEmpty { settings.keywords = ["预算", "决算", "绩效", "信息公开"] }
    if case .scalar? = reader.node("contact") {
      settings.contacts = reader.text("contact").map { [Contact(label: "联系方式", value: $0)] } ?? []
    } else {
      settings.contacts = reader.pairs("contact").compactMap { key, value in
        value.scalar.map { Contact(label: key.text, value: $0.text) }
      }
    }
    if !settings.basePath.hasPrefix("/") || settings.basePath.contains("//")
      || settings.basePath.contains("..")
    {
      reader.report(
        reader.place(of: "base-path"), "base-path“\(settings.basePath)”应以 / 开头", hint: "例如 / 或 /czj/yjs/")
    } else if !settings.basePath.hasSuffix("/") {
      settings.basePath += "/"
    }
    if settings.theme.contains("/") || settings.theme.hasPrefix(".") {
      reader.report(reader.place(of: "theme"), "theme 是 Themes/ 下的一个文件夹名，不能是路径")
    }
    settings.waivers = Waiver.read(&reader)
    settings.deadlines = Deadline.read(&reader)
    settings.checks = RuleSwitches(&reader)
    findings += reader.findings
    return reader.findings.blocking.isEmpty ? settings : nil
  }
}

extension SiteSettings {
  /// Stands in where `site.yaml` cannot be read, so that the units can still be looked at; no page is made from it.
  public static let unreadable = SiteSettings(
    name: "", domain: "", siteCode: "", organiser: "", contacts: [], icp: nil, police: nil, agency: nil,
    findError: nil, description: "", keywords: [], basePath: "/", theme: "standard", banner: nil, waivers: [])
}

extension Waiver {
  static let keys = ["check", "table", "row", "column", "text", "reason"]

  /// Reads the `waivers` list; each needs the check, a place and a reason.
  static func read(_ reader: inout MapReader) -> [Waiver] {
    var waivers: [Waiver] = []
    for item in reader.list("waivers") {
      var entry = MapReader(item, "豁免", keys: keys, id: reader.id)
      let check = entry.text("check", required: true)
      let reason = entry.text("reason", required: true)
      let waiver = Waiver(
        check: check ?? "", table: entry.text("table"), row: entry.text("row"), column: entry.text("column"),
        text: entry.text("text"), reason: reason ?? "", place: item.place)
      if waiver.table == nil, waiver.text == nil, waiver.row == nil {
        entry.report(item.place, "豁免没有写明位置", hint: "写 table、row、column，或 text: 正文里的原话")
      } else if check != nil, reason != nil {
        waivers.append(waiver)
      }
      for finding in entry.findings { reader.report(finding.place, finding.message, hint: finding.hint) }
    }
    return waivers
  }
}

extension MapReader {
  /// A web address with a scheme that a page may link to.
  mutating func link(_ key: String) -> String? {
    guard let scalar = scalar(key) else { return nil }
    if scalar.text.hasPrefix("https://") || scalar.text.hasPrefix("http://") { return scalar.text }
    report(scalar.place, "“\(key)”应当是以 https:// 开头的网址，这里是“\(scalar.text)”")
    return nil
  }
}
