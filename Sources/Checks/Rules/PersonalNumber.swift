import Content
import Diagnostics

extension Check {
  /// 证件号、手机号、银行卡号
  static let personalNumber = Check(
    "personal-number", "印出了个人的证件号、手机号或银行卡号",
    why: "公开文件会被复制、收录，撤不回来。校验位相符的身份证号、手机号、银行卡号、护照号一律不能公开，也不能豁免；拿不准的（老式身份证号、"
      + "分段书写的卡号）是警告，网页上以●代替。单位办公电话写在 unit.yaml 或 site.yaml 的 contact，就不算个人号码；"
      + "前面写着编码、代码、文号等字样的不算。报告里只印首尾。",
    references: ["PRV-01"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable,
        (
          "narrative.md",
          "# 概况\n\n统一社会信用代码 11430104006128473K，项目编码 110101199003074514，咨询电话 0731-12345678，收入 13812345678 元。\n"
        )),
      .fails(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# 概况\n\n慰问困难职工一人（↓430101198501011233）。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n联系人手机↓13812345678。\n")),
      .fails(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# 概况\n\n开户行账号：↓6222021234567890128。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n护照号↓E12345678。\n")),
    ]
  ) { context in
    context.personalNumbers([.identity, .oldIdentity, .mobile, .card, .passport]).map { sighting in
      let name =
        switch sighting.kind {
        case .identity: "身份证号"
        case .oldIdentity: "老式身份证号"
        case .mobile: "手机号"
        case .card: "银行卡号"
        case .passport: "护照号"
        }
      return context.secretFinding(
        "personal-number", sighting.isCertain ? .error : .warning, sighting.range,
        sighting.isCertain
          ? "这里有\(name) \(context.masked(sighting.range))" : "这里像是\(name) \(context.masked(sighting.range))",
        hint: sighting.kind == .mobile
          ? "删去；是公开的办公电话，就写进 unit.yaml 的 contact" : "删去；是编号而不是\(name)，在前面写明“编号”")
    }
  }
}
