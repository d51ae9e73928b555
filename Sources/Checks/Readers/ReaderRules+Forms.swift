import Diagnostics

extension ReaderRules {
  /// Forms, sets of forms and the model of facts.
  static let forms: [FindingRule] = [
    FindingRule(
      "form-syntax", "表样写法有误", why: "表样决定一张表怎样读、怎样核对、怎样印；写法有误就不能用。", advice: "按 docs/forms-language.md 改正。"),
    FindingRule(
      "form-set-syntax", "表套写法有误", why: "表套决定一类文档有哪些表。", advice: "按 docs/forms-language.md 改正 set.yaml。"),
    FindingRule("form-extends", "扩展的底本有误", why: "底本找不到，或扩展绕成了圈，合并不出表样。", advice: "核对 extends 写的 id。"),
    FindingRule("form-duplicate-id", "id 重复", why: "同名的表样、行或列分不清。", advice: "改其中一个的 id。"),
    FindingRule("form-name-twice", .warning, "一套里两张表同名", why: "同名的数据文件两张表都会用。", advice: "改一张的标题或别名。"),
    FindingRule("form-unknown-column", "表样里没有所指的列", why: "合计、公式写到了不存在的列，就不会核对。", advice: "按提示改正名称。"),
    FindingRule("form-ambiguous-column", "所指的列不止一个", why: "不知道指的是哪一列。", advice: "写它的 id。"),
    FindingRule("form-unknown-row", "表样里没有所指的行", why: "合计、对齐写到了不存在的行，就不会核对。", advice: "按提示改正名称。"),
    FindingRule("form-unknown-name", "关系式里的名称不在这张表", why: "关系式就不会核对。", advice: "按提示改正名称。"),
    FindingRule("form-tags-conflict", "行和列的标签互不包含", why: "一格不能同时说两件不相干的事。", advice: "用 ~ 去掉其中一个标签。"),
    FindingRule("form-alias-twice", .info, "别名重复", why: "重复的别名没有用处。", advice: "删去。"),
    FindingRule("form-column-untagged", .info, "列没有标签", why: "没有标签的列不与别的表核对。", advice: "写 states；拿不准就不写。"),
    FindingRule(
      "form-total-unchecked", .info, "合计没有写由谁相加", why: "这个合计不会核对。", advice: "写 adds；本来就不等于各项之和的不用理会。"),
    FindingRule("facts-syntax", "事实模型写法有误", why: "事实的维度和定律决定各表之间怎样核对。", advice: "核对 facts.yaml。"),
    FindingRule(
      "key-figure-ambiguous", .warning, "关键数字对应几格", why: "不知道是哪一个数，单位页上就不显示。", advice: "公式里写明上级或列。"),
    FindingRule(
      "relation-ambiguous", .warning, "表套的关系对应几格", why: "不知道是哪一个数，这个关系就没有核对。", advice: "公式里写明上级或列。"),
    FindingRule(
      "code-without-name", .info, "有科目编码，没有名称", why: "名称由科目表补上，印在网页和下载里；数据文件不变。",
      advice: "在数据里补上名称。"),
    FindingRule(
      "name-without-code", .info, "按名称找不到科目编码", why: "这一行照样印，只是不陈述科目的事实，也就不与别的表核对。",
      advice: "核对科目名称；本地的科目写进 content/forms/classifications/。"),
  ]

  /// Themes.
  static let themes: [FindingRule] = [
    FindingRule("theme-missing", "没有这个主题", why: "没有主题就不能生成网页。", advice: "新建主题文件夹，或写 theme: standard。"),
    FindingRule(
      "theme-syntax", "模板写法有误", why: "标签不配对或放错了地方，内容会不见。", advice: "按 Themes/standard/README.md 改正。"),
    FindingRule("theme-asset", "主题的资源有误", why: "资源重名、读不出或引用了别的网站的文件。", advice: "按提示改正。"),
    FindingRule("theme-unknown-block", "没有这个块", why: "写在不存在的块里的内容不会输出。", advice: "按提示改正名称。"),
    FindingRule("theme-unknown-partial", "没有这个部件", why: "引入的部件不存在，网页会缺一块。", advice: "按提示改正名称。"),
    FindingRule(
      "theme-unknown-variable", "没有这个变量", why: "写错的变量什么也不输出。", advice: "可用的变量见 Themes/standard/README.md。"),
    FindingRule("theme-unused-file", .warning, "主题用不到这个文件", why: "多半是文件名写错了，改动不会生效。", advice: "核对文件名，或删去。"),
    FindingRule("theme-wrong-use", "变量的用法不对", why: "该转义的没有转义，或写好的片段被转义成了代码。", advice: "按提示改写。"),
  ]
}
