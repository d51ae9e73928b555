import Diagnostics

// What the reader of narratives says, in one place.
extension Finding {
  static func privateUseCharacter(_ value: UInt32, at place: Place) -> Finding {
    Finding(
      "markdown-private-use-character", at: place, "私用区字符 \(name(of: value)) 在别的电脑上显示不出来",
      hint: "改用正式编码的字；多为旧字库造字或特殊符号，从原文件复制时带入")
  }

  static func controlCharacter(_ value: UInt32, at place: Place) -> Finding {
    Finding(
      "markdown-control-character", at: place, "不可见的控制字符 \(name(of: value))", hint: "删去；多为复制时带入")
  }

  static func unclosedPlaceholder(at place: Place) -> Finding {
    Finding(
      "markdown-placeholder-unclosed", at: place, "“{{”没有配对的“}}”",
      hint: "在公式末尾补上“}}”，中间不能有空行；要写出两个花括号本身，写作 \\{{")
  }

  static func emptyPlaceholder(at place: Place) -> Finding {
    Finding("markdown-placeholder-empty", at: place, "“{{ }}”中没有公式", hint: "写上公式，或删去花括号")
  }

  static func misplacedPlaceholder(in what: String, at place: Place) -> Finding {
    Finding("markdown-placeholder-misplaced", at: place, "\(what)里不能用“{{ … }}”", hint: "直接写出文字")
  }

  static func rawHTML(_ text: String, at place: Place) -> Finding {
    if text.hasPrefix("<!--") {
      return Finding("markdown-raw-html", at: place, "文字说明里不能有 HTML 注释", hint: "删去注释")
    }
    return Finding(
      "markdown-raw-html", at: place, "文字说明里不能用 HTML 标记",
      hint: "改用 Markdown 写法（**加重**、列表、链接），表格用 {{ 表 … }}；要写出“<”本身，写作 \\<")
  }

  static func table(at place: Place) -> Finding {
    Finding(
      "markdown-table", at: place, "文字说明里不能直接写表格", hint: "把数据放进 CSV 文件，再用 {{ 表 … }} 放到这里")
  }

  static func strikethrough(at place: Place) -> Finding {
    Finding(
      "markdown-strikethrough", at: place, "不支持删除线“~~”", hint: "公开的文字直接写定稿；要写出“~~”本身，写作 \\~\\~")
  }

  static func footnote(at place: Place) -> Finding {
    Finding("markdown-footnote", at: place, "不支持脚注", hint: "把说明写在正文的括号里，或写成“注：”另起一段")
  }

  static func taskList(at place: Place) -> Finding {
    Finding("markdown-task-list", at: place, "不支持任务清单的方框", hint: "改写成普通列表，用文字写明“已完成”或“未完成”")
  }

  static func unknownScheme(_ scheme: String, at place: Place) -> Finding {
    Finding(
      "markdown-link-scheme", at: place, "链接地址不能以“\(scheme)”开头",
      hint: "可用 https://、http://、mailto:、tel:，或相对路径、#标题")
  }

  static func brokenAddress(at place: Place) -> Finding {
    Finding("markdown-link-scheme", at: place, "链接地址里有控制字符", hint: "重新输入地址")
  }

  static func emptyDestination(at place: Place) -> Finding {
    Finding("markdown-link-empty", at: place, "链接没有地址", hint: "在圆括号里写上地址")
  }

  static func linkWithoutText(at place: Place) -> Finding {
    Finding("markdown-link-without-text", at: place, "链接没有文字", hint: "在方括号里写上链接指向什么")
  }

  static func imageWithoutText(at place: Place) -> Finding {
    Finding(
      "markdown-image-without-alt", at: place, "图片没有替代文字",
      hint: "在“![”和“]”之间写明图片的内容，供看不见图片的人使用")
  }

  static func imageElsewhere(at place: Place) -> Finding {
    Finding("markdown-image-elsewhere", at: place, "图片在别的网站上", hint: "把图片文件放到本目录，用相对路径引用")
  }

  static func referenceDefinition(at place: Place) -> Finding {
    Finding(
      "markdown-reference-definition", at: place, "不支持把链接地址另写一行", hint: "在原处写作 [文字](地址)")
  }

  static func literalEmphasis(_ stars: String, at place: Place) -> Finding {
    Finding(
      "markdown-emphasis-literal", .warning, at: place, "“\(stars)”没有成为加重标记，会原样印出",
      hint: stars == "__"
        ? "改用 **…**" : "补上配对的“\(stars)”，去掉紧靠它内侧的空格；要写出星号本身，写作 \\*")
  }

  static func headingJump(from old: Int, to new: Int, at place: Place) -> Finding {
    Finding(
      "markdown-heading-jump", .warning, at: place,
      old == 0 ? "第一个标题就低了 \(new - 1) 级" : "标题跳级：从第 \(old) 级直接到第 \(new) 级",
      hint: "少写 \(new - old - 1) 个“#”，或补上中间的标题")
  }

  static func headingNumber(typed: String, automatic: String, at place: Place) -> Finding {
    Finding(
      "markdown-heading-number", .warning, at: place, "标题手写编号“\(typed)”，自动编号为“\(automatic)”",
      hint: "手写编号不印出；核对标题的级别和顺序后删去手写编号")
  }

  static func emptyHeading(at place: Place) -> Finding {
    Finding("markdown-heading-empty", at: place, "标题没有文字", hint: "写上标题，或删去“#”")
  }

  static func indentedCode(at place: Place) -> Finding {
    Finding(
      "markdown-indented-code", .warning, at: place, "行首空四格，会排成代码", hint: "删去行首空格；确为代码时用 ``` 围起")
  }

  static func tooDeep(_ limit: Int, at place: Place) -> Finding {
    Finding("markdown-too-deep", at: place, "嵌套超过 \(limit) 层，更深的内容没有读", hint: "减少引用、列表或标记的层次")
  }

  private static func name(of value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(4 - digits.count, 0)) + digits
  }
}
