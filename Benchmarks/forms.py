"""What reading forms costs: in a build of the sample site, and with 300 forms of a site's own.

    python3 Benchmarks/forms.py [.build/release/gongkai]
"""

import re
import shutil
import statistics
import sys
import tempfile
from collections import Counter
from pathlib import Path

import hotspots
import measure

ROOT = Path(__file__).resolve().parent.parent
BUILDS = 40
FREQUENCY = 1999
RUNS = 9

# A sample belongs to the first of these that stands in its stack.
PARTS = [
    ("开始时读的：kinds、facts、fragments，自有的表样", "FormLibrary.init("),
    ("用到的表套", "FormLibrary.set("),
    ("用到的表样", "FormLibrary.load("),
    ("科目", "FormLibrary.classification("),
]


def sample(program, folder):
    """Milliseconds of processor time of each part in one build, by sampling many builds from nothing."""
    script = f"for i in $(seq {BUILDS}); do rm -rf public .gongkai; {program} build --jobs 1 -q || exit 1; done"
    data = folder / "perf.data"
    trouble = hotspots.record(["sh", "-c", script], folder, data, frequency=FREQUENCY)
    if trouble:
        sys.exit(trouble)
    counts = Counter()
    for frames in hotspots.stacks(data):
        names = [hotspots.readable(name) for name, _ in frames]
        counts["全部"] += 1
        part = next((part for part, function in PARTS if any(function in name for name in names)), None)
        if part:
            counts[part] += 1
    return {part: 1000 * count / FREQUENCY / BUILDS for part, count in counts.items()}


def copy_forms(to, wanted):
    """Copies sets of the catalogue under other names until there are so many forms; tells how many."""
    catalogue = ROOT / "Sources" / "Forms" / "Catalogue"
    sets = [path.parent for path in sorted(catalogue.rglob("set.yaml")) if "\nextends:" not in path.read_text()]
    count = turn = 0
    while count < wanted:
        turn += 1
        for folder in sets:
            name = f"{folder.name}-{turn}"
            for file in sorted(folder.glob("*.yaml")):
                text = file.read_text()
                if file.name == "set.yaml":
                    text = re.sub(r"^id: .*$", f"id: {name}", text, flags=re.M)
                    text = re.sub(r"^region: .*\n", "", text, flags=re.M) + "region: 别处\n"
                elif count == wanted:
                    continue
                else:
                    text = re.sub(r"^set: .*$", f"set: {name}", text, flags=re.M)
                    count += 1
                (to / name).mkdir(parents=True, exist_ok=True)
                (to / name / file.name).write_text(text)
            if count == wanted:
                # The set that was cut short lists forms that are not there.
                (to / name / "set.yaml").unlink()
                return count
    return count


def own_forms(program, folder, count):
    """Processor seconds of a check with and without forms of the site's own, the median of several."""
    seconds = {False: [], True: []}
    copies = folder / "content" / "forms"
    copy_forms(folder / "kept", count)
    for _ in range(RUNS):
        for has_forms in seconds:
            if has_forms:
                shutil.copytree(folder / "kept", copies)
            seconds[has_forms].append(measure.run([program, "check", "-q"], folder).processor_seconds)
            if has_forms:
                shutil.rmtree(copies)
    return statistics.median(seconds[True]), statistics.median(seconds[False])


def main():
    program = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / ".build/release/gongkai").resolve()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copytree(ROOT / "content", folder / "content")
        parts = sample(program, folder)
        whole = sum(parts.get(part, 0) for part, _ in PARTS)
        print(f"示例网站生成一次（{BUILDS} 次的平均，perf 取样）：处理器 {parts['全部']:.0f} 毫秒，其中读表样 {whole:.1f} 毫秒")
        for part, _ in PARTS:
            print(f"  {parts.get(part, 0):5.1f} 毫秒  {part}")
        with_forms, without = own_forms(program, folder, 300)
        print(f"自有的 300 张表样：核对多用处理器 {with_forms - without:.2f} 秒（{with_forms:.2f} 秒，没有时 {without:.2f} 秒；"
              f"{RUNS} 次的中位数）")


main()
