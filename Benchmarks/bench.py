"""The benchmark: the same disclosures by gongkai, by Hugo and by `cp -r`, in turn, with their figures compared."""

import argparse
import os
import shutil
import sys
import time
from datetime import date
from pathlib import Path

import hotspots
import live
import machine
import record
import tally
from compare import compare
from generate import change_one_figure, generate
from measure import Failed, Programs

SEED = 20220218
ROOT = Path(__file__).resolve().parent.parent


def main():
    options = _options()
    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    results = []
    places = {size: folder / f"site-{size}" for size in options.sizes}
    try:
        for size in options.sizes:
            results.append(_bench(size, options, places[size]))
        profile = _profile(options, folder / "profile") if options.profile else None
    except Failed as failure:
        sys.exit(f"{failure}")
    finally:
        if not options.keep:
            for place in [*places.values(), folder / "profile"]:
                shutil.rmtree(place, ignore_errors=True)
    print("\n" + "\n".join(tally.table(results) + [""] + tally.growth(results)))
    for result in results:
        print("\n".join(f"{result.size:,} 份，{name}：{values}" for name, values in result.runs.listed()))
    if profile:
        print("\n" + "\n".join(profile))
    if options.record:
        _record(options, results, profile)


def _options():
    parser = argparse.ArgumentParser(description="性能测试：gongkai、Hugo、cp -r 轮流生成同样的文档，并比较网页上的数。")
    parser.add_argument("--gongkai", type=lambda text: Path(text).resolve(), required=True, help="gongkai 程序")
    parser.add_argument("--hugo", type=lambda text: Path(text).resolve(), required=True, help="hugo 程序")
    parser.add_argument("--folder", type=Path, default=ROOT / ".build/bench", help="在哪个文件夹里生成网站")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 10000], help="几份文档")
    parser.add_argument("--repeat", type=int, default=3, help="每样跑几次")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--keep", action="store_true", help="留下生成的网站")
    parser.add_argument("--profile", type=int, metavar="N", help="用 N 份文档看时间花在哪里（要有 perf）")
    parser.add_argument("--record", action="store_true", help="把结果写进 docs/performance.md")
    return parser.parse_args()


def _bench(size, options, folder):
    _fresh(folder)
    _say(f"写 {size:,} 份文档……")
    formulas = generate(folder, size, options.seed)
    programs = Programs(options.gongkai, options.hugo, folder)
    runs = tally.Runs()
    for turn in range(1, options.repeat + 1):
        _say(f"{size:,} 份，第 {turn} 次，共 {options.repeat} 次")
        programs.clean_ours()
        run = programs.build_ours()
        runs.clean.append(run)
        if turn == 1:
            _say(run.output.strip())
            if "错误 0 个，警告 0 个" not in run.output:
                raise Failed("生成的文档应当没有错误，也没有警告")
        programs.clean_theirs()
        runs.hugo.append(programs.build_theirs())
        if turn == 1:
            faults, compared, disclosures = compare(folder)
            _say(f"比较了 {disclosures} 份文档的 {compared:,} 个数，不同 {len(faults)} 处")
            if faults:
                raise Failed("两边的数不同：\n" + "\n".join(faults[:10]))
        runs.copy.append(programs.copy())
        runs.unchanged.append(programs.build_ours())
        change_one_figure(folder, options.seed, turn)
        runs.changed.append(programs.build_ours())
        runs.hugo_changed.append(programs.build_theirs())
    faults, _, _ = compare(folder, limit=50)
    if faults:
        raise Failed("改了一个数以后，两边的数不同：\n" + "\n".join(faults[:10]))
    result = tally.Result(
        size, runs,
        compared=f"{size:,} 份：比较了 {disclosures:,} 份文档，{compared:,} 个数，次序和数都相同",
        files=f"{size:,} 份：{_files(folder / 'gongkai/content')}，每份文档约 {round(formulas / size)} 个公式；"
              f"gongkai 写出 {_files(folder / 'gongkai/public')}，Hugo 写出 {_files(folder / 'hugo/public')}")
    _measure_live(result, options, folder)
    return result


def _measure_live(result, options, folder):
    if result.size > 1000:
        return
    if not live.has_serve(options.gongkai):
        result.live_word = "没有测：还没有 serve 命令"
        return
    _say("预览中改一个数")
    try:
        result.live = live.measure(options.gongkai, folder, options.seed)
    except (TimeoutError, RuntimeError, OSError) as trouble:
        result.live_word = f"没有测成：{trouble}"


def _profile(options, folder):
    _fresh(folder)
    _say(f"看时间花在哪里：{options.profile} 份文档")
    generate(folder, options.profile, options.seed)
    data = folder / "perf.data"
    trouble = hotspots.record([str(options.gongkai), "build", "--jobs", "1"], folder / "gongkai", data)
    lines = [f"没有结果：{trouble}"] if trouble else hotspots.lines_of(hotspots.read(data))
    return lines


def _record(options, results, profile):
    lines = [f"{label}：{value}。" for label, value in machine.describe(options.gongkai, options.hugo)]
    lines += ["", f"{date.today().isoformat()}，种子 {options.seed}，每样 {options.repeat} 次，取中位数。", ""]
    lines += tally.table(results) + [""] + tally.growth(results) + ["", "各次的秒数（括号里是处理器时间）：", ""]
    for result in results:
        lines += [f"- {result.size:,} 份，{name}：{values}" for name, values in result.runs.listed()]
    lines += [""] + [f"- {result.compared}" for result in results] + [f"- {result.files}" for result in results]
    record.replace("measured", lines)
    if profile:
        record.replace("profile", [f"`gongkai build --jobs 1`，{options.profile} 份文档：", "", "```", *profile, "```"])
    _say(f"写进了 {record.PAGE.relative_to(ROOT)}")


def _fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _files(folder):
    count = size = 0
    for path, _, names in os.walk(folder):
        count += len(names)
        size += sum(os.path.getsize(os.path.join(path, name)) for name in names)
    return f"{count:,} 个文件、{size / 1_000_000:,.0f} MB"


def _say(text):
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
