/// The help and the usage errors of the argument parser, which knows only English, in Chinese.
///
///     chineseUsage("Error: Unknown option '--fom'. Did you mean '--format'?")
///     // "gongkai: 没有“--fom”这个选项；是否想写 --format？"
///
/// What has no counterpart here stays as it is, so that nothing is lost.
func chineseUsage(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { chineseLine(String($0)) }
    .joined(separator: "\n")
}

private func chineseLine(_ line: String) -> String {
  for (english, chinese) in headings where line == english { return chinese }
  if let rest = line.after("Error: ") { return "gongkai: " + chineseError(rest) }
  if let rest = line.after("Usage: ") ?? line.after("USAGE: ") {
    return "用法：" + rest.replacing("<subcommand>", with: "<命令>")
  }
  if let rest = line.after("OVERVIEW: ") { return rest }
  if let rest = line.after("Help:  ") { return "  " + rest }
  if let match = line.wholeMatch(of: /\s*See '(.+) <subcommand>' for detailed help\./) {
    return "“\(match.1) <命令>”显示一个命令的详细用法。"
  }
  if let match = line.wholeMatch(of: /\s*See '(.+)' for more information\./) { return "详细用法：\(match.1)" }
  var line = line.replacing("(default) ", with: "（默认）", maxReplacements: 1)
  for (english, chinese) in remarks where line.hasSuffix(english) {
    line = String(line.dropLast(english.count)) + chinese
  }
  if let match = line.firstMatch(of: /\ ?\(values: (.+); default: (.+)\)$/) {
    let values = match.1.replacing(", ", with: "、")
    line.replaceSubrange(match.range, with: "可选 \(values)，默认 \(match.2)。")
  }
  return line
}

private let headings = [("ARGUMENTS:", "参数："), ("OPTIONS:", "选项："), ("SUBCOMMANDS:", "命令：")]
private let remarks = [("Show the version.", "显示版本。"), ("Show help information.", "显示帮助。")]

private func chineseError(_ text: String) -> String {
  if let match = text.wholeMatch(of: /Unknown option '(.+)'\. Did you mean '(.+)'\?/) {
    return "没有“\(match.1)”这个选项；是否想写 \(match.2)？"
  }
  if let match = text.wholeMatch(of: /Unknown option '(.+)'/) { return "没有“\(match.1)”这个选项" }
  if let match = text.wholeMatch(of: /Unexpected argument '(.+)'/) { return "多了一个参数“\(match.1)”" }
  if let match = text.wholeMatch(of: /(\d+) unexpected arguments: '(.+)'/) {
    return "多了 \(match.1) 个参数：\(match.2.replacing("', '", with: "、"))"
  }
  if let match = text.wholeMatch(of: /Missing value for '(.+)'/) { return "“\(match.1)”后面缺少一个值" }
  if let match = text.wholeMatch(of: /Missing expected argument '(.+)'/) { return "缺少参数“\(match.1)”" }
  if let match = text.wholeMatch(of: /The value '(.*)' is invalid for '(.+)'\. Please provide one of (.+)\./)
  {
    let values = match.3.replacing("'", with: "").replacing(" and ", with: "、").replacing(" or ", with: "、")
      .replacing(", ", with: "、")
    return "“\(match.2)”不能是“\(match.1)”，只能是 \(values)"
  }
  if let match = text.wholeMatch(of: /The value '(.*)' is invalid for '(.+)'/) {
    return "“\(match.2)”不能是“\(match.1)”"
  }
  if let match = text.wholeMatch(of: /The option '(.+)' does not take any value, but '(.*)' was specified\./)
  {
    return "“\(match.1)”后面不带值，这里写了“\(match.2)”"
  }
  return text
}

extension String {
  /// What follows a beginning, or nil where the text begins otherwise.
  fileprivate func after(_ beginning: String) -> String? {
    hasPrefix(beginning) ? String(dropFirst(beginning.count)) : nil
  }
}
