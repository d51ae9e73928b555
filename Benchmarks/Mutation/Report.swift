import Checks
import Forms
import MutationOracle

/// The outcomes in tables.
struct Report {
  let trials: [Trial]
  let outcomes: [Outcome]
  let sample: Int?

  /// How many of some mutants were found.
  private struct Tally {
    var made = 0
    var decidable = 0
    var caught = 0
    var first = 0
    var named = 0
    var extra = 0
    var undecidable = 0

    init(_ outcomes: [Outcome]) {
      made = outcomes.count
      for outcome in outcomes {
        if outcome.isDecidable {
          decidable += 1
          if outcome.isCaught { caught += 1 }
        } else if outcome.isCaught {
          extra += 1
        } else {
          undecidable += 1
        }
        if outcome.isCaught, outcome.isDecidable {
          if outcome.isFirst { first += 1 }
          if outcome.isNamed { named += 1 }
        }
      }
    }

    /// In tenths of a percent, rounded down, so that 100 % is all.
    static func share(_ part: Int, of whole: Int) -> String {
      guard whole > 0 else { return "—" }
      let permille = part * 1000 / whole
      return "\(permille / 10).\(permille % 10)%"
    }

    var cells: String {
      "\(made) | \(decidable) | \(caught) | \(Self.share(caught, of: decidable)) | \(Self.share(first, of: caught)) | \(Self.share(named, of: caught)) | \(decidable - caught) | \(extra) | \(undecidable)"
    }
  }

  private static let head = """
    | 改动 | 个数 | 可判定 | 报出 | 报出率 | 首条指对 | 有一条指对 | 漏报 | 另报出 | 无从判定 |
    |---|---|---|---|---|---|---|---|---|---|

    """

  var markdown: String {
    var text = """
      ## 改错一处，报不报

      `make mutation` 把每个填得正确的网站每次改错一处，再核对，由它写成本节。\(scope)正确的网站本身：\(alarms)。

      “可判定”由另一套程序判断（`Benchmarks/MutationOracle`）：它不用核对规则的任何代码，只从表样的声明逐个列出等式和不等式，在末位一半的区间里算；
      改了以后仍然都成立的，是“无从判定”。正文里先把公式换成它算出的字再改：公式由表算出的数、手机号都算可判定；只用补充数据算的，表里没有，不算；年度在标题里、或同一小句里跟着公式算出的数的，才算。
      少一张表，表样必填的算。“指对”：问题的位置或第一条注指着改动的那一格（漏行、对调指着那个文件，正文指着那一行，少一张表指着那份文档）；
      先错误、后警告，依文件次序，第一条问题就指对的是“首条指对”。“另报出”是另一套程序不知道、规则报出的（如负数、编码）。


      """
    text += Self.head
    for kind in Mutant.Kind.allCases {
      let mine = outcomes.filter { $0.mutant.kind == kind }
      if !mine.isEmpty { text += "| \(kind.rawValue) | \(Tally(mine).cells) |\n" }
    }
    text += "| **合计** | \(Tally(outcomes).cells) |\n"
    return text + relations + rules
  }

  private var scope: String {
    let sites = Set(trials.map(\.unit.site)).count
    let part = sample.map { "每个单位每种改动至多取 \($0) 个（固定的种子），" } ?? "全部改动，"
    return "共 \(sites) 个网站，\(part)\(outcomes.count) 个。"
  }

  private var alarms: String {
    let findings = trials.reduce(0) { $0 + $1.findings.count }
    let violations = trials.reduce(0) { $0 + $1.violations.count }
    return "错误和警告 \(findings) 条，另一套程序认为不成立的关系 \(violations) 条"
  }

  /// Of the relations that were broken, how many mutants were found at all, and by the rule that should.
  private var relations: String {
    var text = """

      按改坏的关系（一处改动可以改坏几种；“本规则报出”之外的，由别的规则先报出，同一个数有争议时不再重复）：

      | 关系对应的规则 | 改坏的 | 报出 | 本规则报出 |
      |---|---|---|---|

      """
    for relation in Oracle.Relation.allCases {
      let broken = outcomes.filter { $0.broken.contains(relation.rawValue) }
      if broken.isEmpty { continue }
      let caught = broken.count(where: \.isCaught)
      let own = broken.count { $0.rules.contains(relation.rawValue) }
      text +=
        "| `\(relation.rawValue)` | \(broken.count) | \(caught)（\(Tally.share(caught, of: broken.count))） | \(own) |\n"
    }
    return text
  }

  private var rules: String {
    var count: [String: (spoke: Int, alone: Int, first: Int, right: Int)] = [:]
    for outcome in outcomes where outcome.isCaught {
      let ids = Set(outcome.rules)
      for id in ids {
        count[id, default: (0, 0, 0, 0)].spoke += 1
        if ids.count == 1 { count[id, default: (0, 0, 0, 0)].alone += 1 }
      }
      guard let first = outcome.rules.first else { continue }
      count[first, default: (0, 0, 0, 0)].first += 1
      if outcome.isFirst { count[first, default: (0, 0, 0, 0)].right += 1 }
    }
    var text = """

      按报出的规则（含读取时的问题）：

      | 规则 | 报出的改动 | 只有它报出 | 是首条 | 首条指对 |
      |---|---|---|---|---|

      """
    for (id, count) in count.sorted(by: { ($1.value.spoke, $0.key) < ($0.value.spoke, $1.key) }) {
      text +=
        "| `\(id)` | \(count.spoke) | \(count.alone) | \(count.first) | \(Tally.share(count.right, of: count.first)) |\n"
    }
    return text
  }

  /// What was not found, and what was found elsewhere first, one a line.
  var escapes: String {
    var text = ""
    for outcome in outcomes where outcome.isDecidable {
      let broken = outcome.broken.sorted().joined(separator: ",")
      if !outcome.isCaught {
        text +=
          "漏报\t\(outcome.mutant.kind.rawValue)\t\(outcome.site)\t\(outcome.mutant.path)\t\(outcome.mutant.words)\t\(broken)\n"
      } else if !outcome.isFirst {
        text +=
          "指错\t\(outcome.mutant.kind.rawValue)\t\(outcome.site)\t\(outcome.mutant.path)\t\(outcome.mutant.words)\t\(outcome.first ?? "")\n"
      }
    }
    for outcome in outcomes where !outcome.isDecidable {
      text +=
        "\(outcome.isCaught ? "另报" : "无从")\t\(outcome.mutant.kind.rawValue)\t\(outcome.site)\t\(outcome.mutant.path)\t\(outcome.mutant.words)\t\(outcome.first ?? "")\n"
    }
    for trial in trials {
      for violation in trial.violations {
        text += "本有\t\(trial.unit.site)\t\(violation.relation.rawValue)\t\(violation.words)\n"
      }
      for finding in trial.findings { text += "误报\t\(trial.unit.site)\t\(Trial.name(finding))\n" }
    }
    return text
  }
}
