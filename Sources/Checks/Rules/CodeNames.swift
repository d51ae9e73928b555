import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 名称与编码不符
  static let nameContradictsCode = Check(
    "name-contradicts-code", .warning, "科目名称与编码不符",
    why: """
      编码和名称是同一个科目的两种写法，不一样就必有一错，读者不知道该信哪个，合计也可能归错了类。名称正是同级另一个科目的，是错误；\
      科目表里没有这个名称的，是警告。简称、加注、改名前后的名称、“支出”二字的有无都不算；科目表里没有对照过原件的名称，只提示。\
      本地的叫法写进 content/forms/classifications/ 就不再提醒。
      """,
    references: ["COD-02"],
    examples: [
      .passes(exampleFunctions, ("支出表.csv", "编码,名称,支出\n201,一般公共服务,10.00\n20129,群众团体事务,10.00\n,合计,10.00\n")),
      .passes(exampleFunctions, ("支出表.csv", "编码,名称,支出\n2012901,行政运行（总工会本级）,10.00\n,合计,10.00\n")),
      .passes(exampleFunctions, ("支出表.csv", "编码,名称,支出\n2080505,基本养老保险缴费,10.00\n,合计,10.00\n")),
      .passes(exampleFunctions, ("支出表.csv", "编码,名称,支出\n20805,行政事业单位离退休,10.00\n,合计,10.00\n")),
      .fails(exampleFunctions, ("支出表.csv", "编码,名称,支出\n20129,↓档案事务,10.00\n,合计,10.00\n")),
      .fails(exampleFunctions, ("支出表.csv", "编码,名称,支出\n20127,↓档案事务,10.00\n,合计,10.00\n")),
      .fails(exampleFunctions, ("支出表.csv", "编码,名称,支出\n20129,↓工会活动,10.00\n,合计,10.00\n")),
      .passes(examplePairs, examplePairsTable(department: "基本工资", government: "工资奖金津补贴")),
      .fails(examplePairs, examplePairsTable(department: "↓津贴补贴", government: "工资奖金津补贴")),
      .fails(examplePairs, examplePairsTable(department: "基本工资", government: "↓社会保障缴费")),
    ]
  ) { context in
    var said: Set<String> = []
    return context.codeRows.compactMap { row in
      guard let name = row.name else { return nil }
      let list = row.classification
      let official = list.name(of: row.code) ?? ""
      switch list.verdict(on: name.text, of: row.code) {
      case .agrees, .unknown: return nil
      case .belongs(let others):
        let isKnown = !official.isEmpty
        let isSure = (!isKnown || list.isSure(row.code)) && others.allSatisfy(list.isSure)
        let other = others.first ?? ""
        return Finding(
          "name-contradicts-code", isSure ? .error : .info, at: name.place,
          "“\(name.text)”的编码是 \(others.joined(separator: "、"))，这里写的是 \(row.code)"
            + (isKnown ? "（\(official)）" : "（科目表里没有）"),
          hint: isSure ? "核对编码和名称：编码改为 \(other)" + (isKnown ? "，或名称改为“\(official)”" : "") : nil,
          subject: row.subject)
      case .differs:
        // The same name in every table of a disclosure is one matter.
        guard said.insert("\(row.code) \(normalizedName(name.text))").inserted else { return nil }
        let isSure = list.isSure(row.code)
        return Finding(
          "name-contradicts-code", isSure ? .warning : .info, at: name.place,
          "\(row.code) 在科目表里是“\(official)”，这里写的是“\(name.text)”",
          hint: isSure
            ? "核对编码和名称；本地就这样叫的，把“\(row.code),\(name.text)”写进 content/forms/classifications/\(row.classificationID).csv"
            : "科目表里的这个名称没有对照过原件，只供参考", subject: row.subject)
      }
    }
  }

  /// 编码不在科目表里
  static let codeUnknown = Check(
    "code-unknown", .warning, "编码的写法不对，或科目表里没有",
    why: "功能分类编码类 3 位、款 5 位、项 7 位，经济分类类 3 位、款 5 位，下级的编码以上级的开头；位数不对的归不到上级，合计就会漏掉它。位数对而科目表里没有的，可能是本地的或新设的，只提示。",
    references: ["COD-01"],
    examples: [
      .passes(
        exampleFunctions, ("支出表.csv", "编码,名称,支出\n20129,群众团体事务,10.00\n201290101,本级明细,10.00\n,合计,10.00\n")),
      .passes(exampleFunctions, ("支出表.csv", "编码,名称,支出\n20777,本地自设的款,10.00\n,合计,10.00\n")),
      .fails(exampleFunctions, ("支出表.csv", "编码,名称,支出\n↓2012,群众团体事务,10.00\n,合计,10.00\n")),
    ]
  ) { context in
    var said: Set<String> = []
    return context.codeRows.compactMap { row in
      let list = row.classification
      guard list.name(of: row.code) == nil, !list.isLocalDetail(row.code) else { return nil }
      let length = row.code.utf8.count
      guard said.insert("\(row.classificationID) \(row.code)").inserted else { return nil }
      if length < 3 || length % 2 == 0 {
        return Finding(
          "code-unknown", .warning, at: row.place, "“\(row.code)”有 \(length) 位，科目编码是 3、5、7 位",
          hint: "核对编码：类 3 位、款 5 位、项 7 位", subject: row.subject)
      }
      return Finding(
        "code-unknown", .info, at: row.place, "科目表里没有 \(row.code)",
        hint: "核对编码；本地自设的写进 content/forms/classifications/\(row.classificationID).csv", subject: row.subject)
    }
  }

  /// 编码已经停用
  static let codeObsolete = Check(
    "code-obsolete", .warning, "科目已经停用",
    why: "停用的科目还在用，多半是照上年的表抄来的；它的数应当归到新的科目，否则两年不能比。表里有上年数的，停用后第一年还可以有这一行。",
    references: ["COD-03"],
    examples: [
      .passes(exampleFunctions, ("支出表.csv", "编码,名称,支出\n2089999,其他社会保障和就业支出,10.00\n,合计,10.00\n")),
      .fails(exampleFunctions, ("支出表.csv", "编码,名称,支出\n↓2089901,其他社会保障和就业支出,10.00\n,合计,10.00\n")),
    ]
  ) { context in
    var said: Set<String> = []
    return context.codeRows.compactMap { row in
      guard let last = row.classification.lastYear(ofFormer: row.code) else { return nil }
      if last == context.disclosure.year - 1, row.hasLastYear { return nil }
      guard said.insert("\(row.classificationID) \(row.code)").inserted else { return nil }
      let isSure = row.classification.isSure(row.code)
      return Finding(
        "code-obsolete", isSure ? .warning : .info, at: row.place,
        "\(row.code)“\(row.classification.name(of: row.code) ?? "")”用到 \(last) 年为止",
        hint: "核对 \(context.disclosure.year) 年的科目",
        subject: row.subject)
    }
  }
}

private let examplePairs = (
  name: "forms/pairs.yaml",
  text: """
  id: pairs
  title: 对照表
  unit: 万元
  columns:
    - {id: code, title: 部门编码, type: code, of: economic}
    - {id: name, title: 部门名称, type: name, of: economic}
    - {id: gov-code, title: 政府编码, type: code, of: gov-economic}
    - {id: gov-name, title: 政府名称, type: name, of: gov-economic}
    - {id: amount, title: 支出, type: amount}
  rows: [{id: lines, codes: [economic, gov-economic]}, {id: total, title: 合计, adds: lines}]
  empty: 本表无发生额。
  """
)

private func examplePairsTable(department: String, government: String) -> (name: String, text: String) {
  ("对照表.csv", "部门编码,部门名称,政府编码,政府名称,支出\n30101,\(department),50101,\(government),10.00\n,合计,,,10.00\n")
}
