// make mutation: how many faults of a disclosure the checks find.
//
//     mutation 网站的文件夹… [--sample 每个单位每种改动至多几个] [--jobs 几个同时做] [--text 只改正文] [--list]
let options = Options(CommandLine.arguments.dropFirst())
var trials: [Trial] = []
for folder in options.folders {
  for unit in try CleanUnit.units(ofSite: folder) {
    trials += unit.trials(sample: options.sample, isTextOnly: options.isTextOnly)
  }
}
let report = Report(
  trials: trials, outcomes: await run(trials, jobs: options.jobs), sample: options.sample)
print(report.markdown, terminator: "")
if options.lists { print("\n" + report.escapes, terminator: "") }
