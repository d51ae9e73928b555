import Diagnostics

extension ReaderRules {
  /// Settings, folders and encodings.
  static let settings: [FindingRule] = [
    FindingRule(
      "site-settings", "网站设置有误", why: "site.yaml 缺少必填的键、写错了键名或值，网页上的站点信息就不完整。",
      advice: "按 docs/content.md 第二节改正 site.yaml。"),
    FindingRule(
      "unit-settings", "单位设置有误", why: "unit.yaml 说明一个文件夹是哪个单位；没有它或写错了键，这个单位就不能公开。",
      advice: "按 docs/content.md 第三节改正 unit.yaml，至少写 name。"),
    FindingRule(
      "disclosure-settings", "公开文档的设置有误", why: "disclosure.yaml 缺少必填的键、写错了键名或值，文档的信息公开事项就不完整。",
      advice: "按 docs/content.md 改正 disclosure.yaml。"),
    FindingRule(
      "no-units", "还没有单位", why: "content/ 里没有一个单位，生成不了网站。",
      advice: "新建 content/单位简称/unit.yaml，或运行 gongkai init。"),
    FindingRule(
      "unknown-department", .warning, "主管部门不是本站的单位", why: "单位页要链接到主管部门，写错文件夹名就没有链接。",
      advice: "department 写主管部门的文件夹名；主管部门不在本站时删去这一行。"),
    FindingRule(
      "unknown-folder", "文件夹不是单位、年度或公开类别", why: "放错地方的文件夹不会公开，里面的数据就漏掉了。",
      advice: "单位下是年度（如 2022），年度下是公开类别（如 budget）。"),
    FindingRule(
      "disclosure-overdue", .warning, "到期还没有公开",
      why: "部门预算、决算自批复后二十日内公开（预算法第十四条）；期限写在 site.yaml 的 deadlines。",
      advice: "尽快公开；不须公开的单位写进这条期限的 except。"),
    FindingRule(
      "disclosure-due", .info, "还没有公开，期限未到", why: "列出还没有公开的单位，免得误了期限。", advice: "在期限以前公开。"),
    FindingRule(
      "published-in-future", .info, "发布日期还没有到", why: "发布日期晚于今天，可能是准备到时公开，也可能写错了。", advice: "写错了就改正。"),
    FindingRule(
      "unused-file", "文件没有用处", why: "数据文件没有表样认领，或附件没有链接，读者就看不到它。",
      advice: "改文件名、放到正确的文件夹、在正文里链接，或删去。"),
    FindingRule(
      "attachment-missing", "正文链接的文件不在", why: "读者点开链接会得到“找不到网页”。", advice: "把文件放到 narrative.md 旁边，或改正链接。"),
    FindingRule(
      "address-taken", "两个文件要用同一个地址", why: "网站上一个地址只能是一个文件，后写的会盖掉先写的。", advice: "给其中一个改名。"),
    FindingRule(
      "stale-waiver", .warning, "豁免没有对应的问题", why: "多余的豁免会在问题再次出现时悄悄放行。",
      advice: "问题已经改正就删去豁免；否则核对 check、table、row、column、text 与问题是否一致。"),
    FindingRule(
      "disk", "文件读写不了", why: "没有权限、磁盘故障或文件正被改动，读到的内容不可靠。", advice: "核对权限和磁盘，再运行一次。"),
  ]

  /// Text files as such.
  static let files: [FindingRule] = [
    FindingRule(
      "encoding-not-utf8", "文件不是 UTF-8 编码", why: "按错误的编码读，汉字会变成乱码。",
      advice: "在 Excel 或 WPS 中另存为“CSV UTF-8（逗号分隔）”。"),
    FindingRule("encoding-nul-byte", "文件里有 NUL 字节", why: "文本文件里没有 NUL 字节，多半是改了名的 Excel 工作簿或损坏的文件。"),
    FindingRule("yaml-syntax", "YAML 写法有误", why: "写法有误的文件读不出内容。", advice: "检查缩进（只用空格）、冒号后的空格和引号是否成对。"),
    FindingRule("yaml-duplicate-key", "YAML 里有重复的键", why: "同一层里同名的键只有一个有效，另一个会丢。", advice: "删去或改名其中一个。"),
    FindingRule("yaml-too-large", "YAML 嵌套过深或展开后过大", why: "这样的文件会耗尽内存。", advice: "减少层次，不要用锚点重复引用大段内容。"),
    FindingRule("csv-empty", "表格是空的", why: "没有表头就不知道各列是什么。", advice: "第一行写各列的名称。"),
    FindingRule("csv-ragged-row", "一行的格数与表头不同", why: "多一格或少一格，后面的数就对到了别的列。", advice: "补上或删去多出的逗号；千分位的数要加引号。"),
    FindingRule("csv-separator", "各列不是用逗号分隔", why: "用分号或制表符分隔的文件，整行会被读成一格。", advice: "另存为“CSV UTF-8（逗号分隔）”。"),
    FindingRule(
      "csv-stray-quote", "格子里有单独的双引号", why: "CSV 用双引号括起一格，单独的双引号会使格子的界限不清。", advice: "整格括起来，格内的双引号写两遍。"),
    FindingRule("csv-text-after-quote", "引号括起的格子后面还有文字", why: "格子的界限不清。", advice: "格内的双引号写两遍，或改用中文引号。"),
    FindingRule("csv-unclosed-quote", "双引号没有配对", why: "后面的内容全被当成一格。", advice: "在这一格末尾补上双引号。"),
  ]

  /// Tables and sheets against their forms.
  static let tables: [FindingRule] = [
    FindingRule("csv-missing-column", "缺少一列", why: "表样规定的列缺了，公开的表就不完整。", advice: "在表头补上这一列，没有数据就留空。"),
    FindingRule(
      "csv-header-differs", "表头与表样完全不同", why: "文件名是这张表的，表头却几乎没有一列是它的：多半是另一张表，一列一列地报没有用处。",
      advice: "照表样写表头；是另一张表的，改文件名，或用 gongkai forms draft 文件 起草它的表样。"),
    FindingRule(
      "csv-unknown-column", "表样里没有这一列", why: "多出的列不知道放在哪里，不会悄悄丢掉，所以停下。", advice: "改正列名，或在表样里加上这一列。"),
    FindingRule("csv-duplicate-column", "一列出现了几次", why: "同名的列分不清哪个是哪个。", advice: "删去重复的，或写全上级表头，例如 上级/下级。"),
    FindingRule("table-missing-row", "缺少一行", why: "表样规定的行缺了，公开的表就不完整。", advice: "补上这一行，没有发生额填 0。"),
    FindingRule("table-unknown-row", "表样里没有这一行", why: "多出的行不知道放在哪里，不会悄悄丢掉，所以停下。", advice: "改正行名，或在表样里加上这一行。"),
    FindingRule("not-an-amount", "格里不是数", why: "全角数字、带单位、千分位不对的数读不出来，也就无从核对。", advice: "只写半角数字，单位由表样规定。"),
    FindingRule("not-a-level", "层级不是整数", why: "层级决定一行属于哪个上级。", advice: "最外层写 1，下一层写 2。"),
    FindingRule("code-incomplete", "分几列写的编码合不起来", why: "编码不完整，就不知道这一行是哪个科目。", advice: "第一列写三位，后面各列写两位。"),
    FindingRule(
      "ordinal-broken", .warning, "数据里的编号不连续", why: "表样给最外层的行编号（一、二、三、）；数据里的编号断了或重了，往往是漏了一行，或抄重了一行。",
      advice: "核对是否漏行；编号可以不写，网页按顺序编。"),
    FindingRule("sheet-syntax", "填报表的写法不对", why: "写法不对的栏目读不出内容。", advice: "每个栏目一行，写作 栏目名: 内容。"),
    FindingRule("sheet-unknown-field", "表样里没有这一栏", why: "多出的栏目不知道放在哪里。", advice: "改正栏目名。"),
    FindingRule("required-field-empty", "必填的栏目没有填", why: "公开的表就不完整。", advice: "补上内容。"),
    FindingRule(
      "required-table-missing", "缺少必须公开的表", why: "表套规定这一类文档必须有这张表。", advice: "放入这张表的数据文件；没有数据也要放一张空表并说明。"),
    FindingRule("table-file-twice", "一张表有两个文件", why: "不知道以哪个为准。", advice: "只留一个。"),
    FindingRule(
      "unknown-table", .warning, "表没有表样，照原样公开", why: "没有表样的表，数字没有核对过。",
      advice: "写一张表样：gongkai forms draft 文件。"),
  ]
}
