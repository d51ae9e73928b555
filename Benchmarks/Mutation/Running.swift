import Content
import Diagnostics

struct Options {
  var folders: [String] = []
  var sample: Int?
  /// Whether each mutant that was not found is listed, too.
  var lists = false
  /// Whether only narratives are changed.
  var isTextOnly = false
  var jobs = 2

  init(_ arguments: some Sequence<String>) {
    var rest = Array(arguments)[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--sample": sample = rest.popFirst().flatMap { Int($0) }
      case "--list": lists = true
      case "--text": isTextOnly = true
      case "--jobs": jobs = rest.popFirst().flatMap { Int($0) } ?? jobs
      default: folders.append(argument)
      }
    }
  }
}

extension CleanUnit {
  /// The unit with its tables changed, and with each narrative typed out and changed.
  ///
  /// - Parameters:
  ///   - sample: how many mutants of a kind are taken at most.
  ///   - isTextOnly: whether the tables are left as they are.
  func trials(sample: Int?, isTextOnly: Bool) -> [Trial] {
    guard var tables = Trial(self) else { return [] }
    var findings: [Finding] = []
    guard let bound = bound(&findings) else { return [] }
    func chosen(_ mutants: [Mutant], _ name: String) -> [Mutant] {
      guard let sample else { return mutants }
      return Mutant.Kind.allCases.flatMap { kind -> [Mutant] in
        var chance = SeededGenerator("\(site)/\(slug)/\(name)/\(kind)")
        let all = mutants.filter { $0.kind == kind }
        return all.count <= sample ? all : Array(all.shuffled(using: &chance).prefix(sample))
      }
    }
    if !isTextOnly { tables.mutants = chosen(tableMutants(of: bound), "") }
    var trials = [tables]
    for disclosure in bound.disclosures {
      let path = disclosure.key + "/narrative.md"
      guard let bytes = files[path], let narrative = disclosure.narrative,
        let typed = TypedNarrative(String(decoding: bytes, as: UTF8.self), narrative),
        var trial = Trial(setting(path, to: Array(typed.text.utf8)))
      else { continue }
      trial.mutants = chosen(typed.mutants(in: path, year: disclosure.year), disclosure.key)
      trials.append(trial)
    }
    return trials
  }
}

/// Tries every mutant, several at once; the outcomes come in the order of the mutants.
func run(_ trials: [Trial], jobs: Int) async -> [Outcome] {
  let work = trials.indices.flatMap { trial in trials[trial].mutants.indices.map { (trial, $0) } }
  var outcomes = [Outcome?](repeating: nil, count: work.count)
  await withTaskGroup(of: [(Int, Outcome)].self) { group in
    let workers = max(1, jobs)
    for worker in 0..<workers {
      group.addTask {
        stride(from: worker, to: work.count, by: workers).map { index in
          let (trial, mutant) = work[index]
          return (index, trials[trial].run(trials[trial].mutants[mutant]))
        }
      }
    }
    for await done in group {
      for (index, outcome) in done { outcomes[index] = outcome }
    }
  }
  return outcomes.compactMap { $0 }
}
