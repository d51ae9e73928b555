/// What libyaml, which knows only English, says of a syntax error, in Chinese; unknown words stay as they are.
func chineseProblem(_ problem: String) -> String { problems[problem] ?? problem }

private let problems = [
  "did not find expected ',' or ']'": "方括号 [ ] 没有闭合，或两项之间缺少逗号",
  "did not find expected ',' or '}'": "花括号 { } 没有闭合，或两项之间缺少逗号",
  "did not find expected key": "这里应当是下一个键；缩进没有对齐，或上面的引号没有配对",
  "did not find expected '-' indicator": "这里应当是列表的下一项“- ”；缩进没有对齐",
  "did not find expected node content": "这里缺少内容",
  "did not find expected <document start>": "这里多出了内容",
  "did not find expected alphabetic or numeric character": "“&”或“*”后面缺少名称",
  "mapping values are not allowed in this context": "这里不能再写“键: 值”；值里有冒号时，整个值要加引号",
  "could not find expected ':'": "键的后面缺少冒号",
  "block sequence entries are not allowed in this context": "这里不能写列表项“- ”",
  "found character that cannot start any token": "这个字符不能作为值的开头，整个值要加引号",
  "found unexpected end of stream": "引号没有配对，直到文件末尾",
  "found unknown escape character": "双引号里的反斜杠后面不是转义字符；改用单引号",
  "found a tab character that violates indentation": "缩进用了制表符，应为空格",
  "found a tab character where an indentation space is expected": "缩进用了制表符，应为空格",
  "found undefined alias": "“*”引用的名称没有用“&”定义",
  "found unexpected document indicator": "这里不能有“---”或“...”",
]
