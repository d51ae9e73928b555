import Diagnostics

extension ReaderRules {
  /// Finished pages.
  static let pages: [FindingRule] = [
    FindingRule(
      "page-canonical", "正式网址不在本站", why: "搜索引擎会把网页记到别的地址。", advice: "核对 site.yaml 的 domain 和 base-path。"),
    FindingRule("page-dead-link", "链接指向的网页不存在", why: "读者会得到“找不到网页”。", advice: "改正链接，或放上文件。"),
    FindingRule("page-dead-reference", "引用的 id 不在本页", why: "读屏软件找不到标题或说明。", advice: "核对主题模板里的 aria 属性。"),
    FindingRule("page-duplicate-id", "锚点重复", why: "链接只能到达第一个。", advice: "改标题的用词，使两处不同。"),
    FindingRule(
      "page-foreign-resource", "引用了别的网站的文件", why: "别的网站会变，也会知道谁在看。", advice: "把文件放到主题的 assets/ 或正文旁边。"),
    FindingRule("page-headings", "标题的层次不对", why: "读屏软件按标题浏览网页。", advice: "一页一个一级标题，往下逐级使用。"),
    FindingRule("page-index-number", "索引号重复", why: "索引号在全站只能用一次。", advice: "改正 index-number。"),
    FindingRule("page-language", "网页没有写明语言", why: "读屏软件不知道用什么语言读。", advice: "布局模板写 <html lang=\"zh-Hans\">。"),
    FindingRule("page-link-scheme", "链接不是网址", why: "浏览器打不开。", advice: "只用 https、http、mailto、tel 或本站的文件。"),
    FindingRule(
      "page-meta", "缺少规定的 meta 标签", why: "政府网站的网页要有规定的标签，普查时逐页核对。",
      advice: "布局模板输出 meta 列表；内容来自 site.yaml 和 disclosure.yaml。"),
    FindingRule("page-path-twice", "两个文件要写到同一个地方", why: "后写的会盖掉先写的。", advice: "给其中一个附件或表改名。"),
  ]

  /// Archived years.
  static let archives: [FindingRule] = [
    FindingRule("archived-content-changed", "已封存的内容被改动", why: "已经公开并封存的数字不能悄悄改。", advice: "恢复原文；要更正，另发更正说明。"),
    FindingRule("archive-missing", "没有这一年的存档", why: "没有存档就无从校验。", advice: "运行 gongkai archive 年度。"),
    FindingRule("archive-incomplete", "存档的字节数或文件数不符", why: "存档不完整。", advice: "从备份恢复。"),
    FindingRule("archive-file-missing", "封存的文件不见了", why: "存档不完整。", advice: "从备份恢复。"),
    FindingRule("archive-file-extra", "存档里多出文件", why: "存档封存后不能添加文件。", advice: "移走它。"),
    FindingRule("archive-file-changed", "封存的文件被改动", why: "内容与封存时不同。", advice: "从备份恢复。"),
    FindingRule("archive-file-renamed", "封存的文件被改名", why: "按原来的名字找不到它。", advice: "改回原来的名字。"),
    FindingRule("archive-odd-file", "存档里有不是普通文件的东西", why: "链接、设备等不能封存。", advice: "移走它，从备份恢复原来的文件。"),
    FindingRule("archive-manifest", "存档的清单有误", why: "清单被改过或写法不对，就不能证明文件没有变。", advice: "从备份恢复。"),
    FindingRule("archive-chain", "存档的链条断了", why: "每份存档记着前一份的摘要；链条断了，就不能证明前一份没有换过。", advice: "恢复备份里的存档。"),
    FindingRule("archive-rebuild", "由存档重新生成的网页不同", why: "存档的源文件与网页对不上。", advice: "从备份恢复；程序不同时用封存时的版本。"),
  ]
}
