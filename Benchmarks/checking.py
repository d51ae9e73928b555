"""What checking costs beyond reading: processor time of the step 核对 for each disclosure, by sampling.

    python3 Benchmarks/checking.py [.build/release/gongkai [another program to compare with]]

With two programs, they run in turn. The steps that no check is part of are told beside it: on a machine that does other
work at the same time they show how fast it was.
"""

import statistics
import sys
import tempfile
from collections import Counter
from pathlib import Path

import gongkai_site
import hotspots
from model import YEARS, YEARS_PER_UNIT, units
from vocabulary import read_codes

ROOT = Path(__file__).resolve().parent.parent
SEED = 20220218
DISCLOSURES = 200
ROUNDS = 3
FREQUENCY = 499

# How the figures stand in the text, and whether by formulas.
TEXTS = [("数由公式取得", True), ("数都是打字的", False)]
OTHER_STEPS = ("对表 bind", "渲染 render", "解析 parse")


def write_site(content, formulas):
    codes = read_codes(YEARS)
    gongkai_site.write_frame(content)
    for made in units(DISCLOSURES // YEARS_PER_UNIT, SEED, codes):
        gongkai_site.write_unit(content, made)
        for budget in made.budgets:
            gongkai_site.write_disclosure(content, budget, codes, formulas)


def sample(program, folder, data):
    """Milliseconds of processor time for each disclosure: of the checks, and of the other steps together."""
    trouble = hotspots.record([str(program), "check", "content", "--jobs", "1", "-q"], folder, data, FREQUENCY)
    if trouble:
        sys.exit(trouble)
    steps = Counter(hotspots.step(frames) for frames in hotspots.stacks(data))
    scale = 1000 / FREQUENCY / DISCLOSURES
    return steps["核对 check"] * scale, sum(steps[step] for step in OTHER_STEPS) * scale


def main():
    programs = [Path(name).resolve() for name in sys.argv[1:3] or [ROOT / ".build/release/gongkai"]]
    with tempfile.TemporaryDirectory() as place:
        for title, formulas in TEXTS:
            folder = Path(place) / ("formulas" if formulas else "typed")
            write_site(folder / "content", formulas)
            taken = [[] for _ in programs]
            for _ in range(ROUNDS):
                for program, times in zip(programs, taken):
                    times.append(sample(program, folder, Path(place) / "perf.data"))
            for program, times in zip(programs, taken):
                check, others = (statistics.median(column) for column in zip(*times))
                share = statistics.median(check / others for check, others in times)
                print(f"{title}：{program.name} 核对 {check:.2f} 毫秒，绑定、生成、解析 {others:.2f} 毫秒，比值 {share:.2f}",
                      flush=True)
            if len(programs) == 2:
                ratios = [ours[0] / theirs[0] for ours, theirs in zip(*taken)]
                shares = [ours[0] / ours[1] / (theirs[0] / theirs[1]) for ours, theirs in zip(*taken)]
                print(f"{title}：第一个是第二个的 {statistics.median(ratios):.2f} 倍，按其余各步折算 "
                      f"{statistics.median(shares):.2f} 倍", flush=True)


main()
