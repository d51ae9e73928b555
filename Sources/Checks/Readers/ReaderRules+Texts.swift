import Diagnostics

extension ReaderRules {
  /// The narrative and its formulas.
  static let texts: [FindingRule] = [
    FindingRule("formula-syntax", "公式写法有误", why: "正文里的数由公式从表里取来；写法有误就没有数。", advice: "按 docs/formulas.md 改正。"),
    FindingRule(
      "unresolved-figure", "公式取不到数", why: "表名、行名或列名与表里的不同，或那一格没有数。", advice: "按提示改正名称；要的数不在表里时写进补充数据。"),
    FindingRule("unresolved-table", "正文要放的表找不到", why: "读者看不到这张表。", advice: "核对表名；有几份时写明是哪一份。"),
    FindingRule("table-inside-text", "表格没有单独成段", why: "表格不能放在一句话中间。", advice: "把 {{ 表 … }} 单独放一行，上下各空一行。"),
    FindingRule("table-placed-twice", "一张表在正文里放了两次", why: "锚点和下载地址只能有一处。", advice: "只留一处，另一处用链接。"),
    FindingRule("markdown-control-character", "不可见的控制字符", why: "多为复制时带入，读屏软件会读错。", advice: "删去。"),
    FindingRule("markdown-private-use-character", "私用区字符", why: "在别的电脑上显示不出来。", advice: "改用正式编码的字。"),
    FindingRule(
      "markdown-emphasis-literal", .warning, "加重标记没有生效", why: "星号会原样印出。", advice: "补上配对的标记；要写出星号本身，前面加 \\。"),
    FindingRule("markdown-footnote", "不支持脚注", why: "脚注在网页上没有地方放。", advice: "写在正文的括号里，或写成“注：”另起一段。"),
    FindingRule("markdown-heading-empty", "标题没有文字", why: "目录里会多出一个空行。", advice: "写上标题，或删去“#”。"),
    FindingRule(
      "markdown-heading-jump", .warning, "标题跳级", why: "读屏软件按级别浏览标题，跳级会让人以为漏了内容。", advice: "逐级使用 #、##、###。"),
    FindingRule(
      "markdown-heading-number", .warning, "手写的标题编号与自动编号不同", why: "编号自动生成，手写的不印出；两者不同多半是级别或次序不对。",
      advice: "核对后删去手写编号。"),
    FindingRule(
      "markdown-image-elsewhere", "图片在别的网站上", why: "别的网站会变、会消失，也会知道谁在看。", advice: "把图片放到本目录，用相对路径。"),
    FindingRule(
      "markdown-image-without-alt", "图片没有替代文字", why: "看不见图片的人不知道它是什么。", advice: "在“![”和“]”之间写明图片的内容。"),
    FindingRule(
      "markdown-indented-code", .warning, "行首空四格，会排成代码", why: "Markdown 把行首四个空格当作代码。", advice: "删去行首空格。"),
    FindingRule("markdown-link-empty", "链接没有地址", why: "点不开。", advice: "在圆括号里写上地址。"),
    FindingRule(
      "markdown-link-scheme", "链接地址不能这样写", why: "只有网页、邮件、电话和本站的文件可以链接。",
      advice: "用 https、http、mailto、tel 或相对路径。"),
    FindingRule("markdown-link-without-text", "链接没有文字", why: "读屏软件读不出链接指向什么。", advice: "在方括号里写上文字。"),
    FindingRule("markdown-placeholder-empty", "花括号里没有公式", why: "印出来是空的。", advice: "写上公式，或删去花括号。"),
    FindingRule("markdown-placeholder-misplaced", "这里不能用公式", why: "代码、链接地址等处的公式不会计算。", advice: "直接写出文字。"),
    FindingRule("markdown-placeholder-unclosed", "花括号没有配对", why: "公式会原样印出。", advice: "在公式末尾补上“}}”。"),
    FindingRule("markdown-raw-html", "文字说明里有 HTML", why: "HTML 不经核对，可能破坏网页。", advice: "改用 Markdown 写法。"),
    FindingRule(
      "markdown-reference-definition", "不支持另写一行的链接地址", why: "地址和文字分开容易写错。", advice: "在原处写作 [文字](地址)。"),
    FindingRule("markdown-strikethrough", "不支持删除线", why: "公开的是定稿。", advice: "直接写定稿的文字。"),
    FindingRule(
      "markdown-table", "文字说明里直接写了表格", why: "写在文字里的表不能核对，也不能下载。", advice: "把数据放进 CSV 文件，再用 {{ 表 … }} 放到这里。"),
    FindingRule("markdown-task-list", "不支持任务清单", why: "方框在公开的网页上没有意义。", advice: "改写成普通列表。"),
    FindingRule("markdown-too-deep", "嵌套太深", why: "更深的内容没有读。", advice: "减少引用、列表或标记的层次。"),
  ]
}
