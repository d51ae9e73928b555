/// What libyaml found, in Chinese; words it does not know are passed on.
func yamlProblem(_ problem: String) -> String {
  problems.first { problem.contains($0.english) }?.chinese ?? problem
}

private let problems: [(english: String, chinese: String)] = [
  ("tab character", "缩进用了制表符"),
  ("undefined alias", "引用（*）了没有定义的锚点"),
  ("another document", "一个文件里有两份文档（---）"),
  ("single document", "一个文件里有两份文档（---）"),
  ("Maximum nesting level", "嵌套过深"),
  ("expected key", "这里应是“键: 值”"),
  ("expected '-'", "这里应是以“- ”开头的一项，或缩进与上文不一致"),
  ("could not find expected ':'", "键的后面没有冒号，或冒号后没有空格"),
  ("mapping values are not allowed", "这里不能再有“: ”；含冒号的文字要加引号"),
  ("mapping keys are not allowed", "这里不能有“? ”开头的键"),
  ("block sequence entries are not allowed", "这里不能有“- ”开头的项"),
  ("block collections are not allowed", "这里不能有“- ”或“? ”开头的项"),
  ("unexpected end of stream", "引号没有配对，直到文件末尾也没有结束"),
  ("unexpected document indicator", "引号还没有结束就遇到了 --- 或 …"),
  ("expected ',' or ']'", "方括号没有配对，或各项之间缺少逗号"),
  ("expected ',' or '}'", "花括号没有配对，或各项之间缺少逗号"),
  ("cannot start any token", "这个字符不能用在值的开头，要加引号"),
  ("unknown escape character", "双引号里有不认识的转义；反斜杠要写两遍，或改用单引号"),
  ("hexdecimal number", "转义里应是十六进制数"),
  ("Unicode character escape", "转义的码点无效"),
  ("undefined tag handle", "以 ! 开头的文字要加引号"),
  ("expected node content", "这里缺少值"),
  ("expected alphabetic or numeric", "以 & 或 * 开头的文字要加引号"),
  ("expected whitespace", "这里应有空格或换行"),
  ("expected comment or line break", "“|”或“>”的后面要换行"),
  ("indentation indicator", "“|”或“>”后面的缩进数无效"),
  ("directive", "以 % 开头的行无效"),
  ("version", "以 % 开头的行无效"),
  ("incompatible YAML", "以 % 开头的行无效"),
  ("control characters are not allowed", "有控制字符"),
  ("unexpected ':'", "这里不能有冒号"),
  ("tag", "以 ! 开头的文字要加引号"),
]
