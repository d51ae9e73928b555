import Diagnostics
import Forms
import Parsing

extension RuleSwitches {
  /// Ids that are no checks, and checks that cannot be turned off.
  ///
  /// - Parameter id: Of the findings: the file that says so has a mistake.
  public func mistakes(_ id: String) -> [Finding] {
    off.compactMap { name in
      guard Check.named(name.text) != nil else {
        let near = nearest(to: name.text, among: Check.all.map(\.id))
        let hint = near.map { "是否想写 \($0)？" } ?? "运行 gongkai explain 列出全部规则"
        return Finding(id, at: name.place, "没有“\(name.text)”这条规则", hint: hint)
      }
      // Whether certain personal data is printed is no matter of a place.
      guard name.text == Check.personalNumber.id else { return nil }
      return Finding(id, at: name.place, "规则“\(name.text)”不能关掉", hint: "查到的个人信息不能公开；其实是编号的，在前面写明“编号”")
    }
  }
}
