"""The goals, and the table that a benchmark ends in."""

from dataclasses import dataclass, field
from statistics import median

HUGO_TIMES_FASTER = 3.0
COPY_TIMES = 3.0
UNCHANGED_SHARE = 0.10
LIVE_SECONDS = 0.300
PEAK_MEGABYTES = 400
LARGE = 10_000


@dataclass
class Row:
    what: str
    size: int
    ours: str
    theirs: str
    ratio: str
    goal: str = ""
    is_reached: bool | None = None

    @property
    def verdict(self):
        return {None: "—", True: "达到", False: "**未达到**"}[self.is_reached]


@dataclass
class Runs:
    """Every run of one size, in the order they were made."""

    clean: list = field(default_factory=list)
    hugo: list = field(default_factory=list)
    copy: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    hugo_changed: list = field(default_factory=list)

    def listed(self):
        names = [("gongkai 全部", self.clean), ("Hugo 全部", self.hugo), ("cp -r", self.copy),
                 ("gongkai 没有改动", self.unchanged), ("gongkai 改一个数", self.changed), ("Hugo 改一个数", self.hugo_changed)]
        return [(name, "、".join(f"{run.seconds:.2f}（{run.processor_seconds:.2f}）" for run in runs))
                for name, runs in names]


@dataclass
class Result:
    """What the runs of one size come to."""

    size: int
    runs: Runs
    compared: str
    files: str
    live: list | None = None
    live_word: str = ""

    @property
    def peak(self):
        return max(run.peak_megabytes for run in self.runs.clean)

    @property
    def hugo_peak(self):
        return max(run.peak_megabytes for run in self.runs.hugo)

    def rows(self):
        runs = self.runs
        clean, hugo, copy, unchanged, changed, hugo_changed = (
            median(run.seconds for run in some)
            for some in (runs.clean, runs.hugo, runs.copy, runs.unchanged, runs.changed, runs.hugo_changed))
        rows = [
            Row("全部重新生成并核对", self.size, seconds(clean), seconds(hugo), f"Hugo 用时是它的 {hugo / clean:.2f} 倍",
                f"≥ {HUGO_TIMES_FASTER:g} 倍", hugo >= HUGO_TIMES_FASTER * clean),
            Row("与 `cp -r` 相比", self.size, seconds(clean), f"{seconds(copy)}（cp）", f"cp 的 {clean / copy:.2f} 倍",
                f"≤ {COPY_TIMES:g} 倍", clean <= COPY_TIMES * copy),
            Row("没有改动再生成", self.size, seconds(unchanged), "", f"全部生成的 {100 * unchanged / clean:.1f}%",
                f"≤ {100 * UNCHANGED_SHARE:.0f}%", unchanged <= UNCHANGED_SHARE * clean),
            Row("改一个数再生成", self.size, seconds(changed), seconds(hugo_changed),
                f"全部生成的 {100 * changed / clean:.1f}%"),
        ]
        limit = f"≤ {LIVE_SECONDS * 1000:.0f} 毫秒"
        if self.live:
            rows.append(Row("预览中改一个数，从保存到显示", self.size, f"{median(self.live) * 1000:.0f} 毫秒", "",
                            f"最慢 {max(self.live) * 1000:.0f} 毫秒", limit, median(self.live) <= LIVE_SECONDS))
        elif self.live_word:
            rows.append(Row("预览中改一个数，从保存到显示", self.size, self.live_word, "", "", limit))
        is_large = self.size >= LARGE
        rows.append(Row("内存最多用到", self.size, f"{self.peak:.0f} MB", f"{self.hugo_peak:.0f} MB",
                        f"Hugo 的 {100 * self.peak / self.hugo_peak:.0f}%", f"≤ {PEAK_MEGABYTES} MB" if is_large else "",
                        self.peak <= PEAK_MEGABYTES if is_large else None))
        return rows


def seconds(value):
    return f"{value:.2f} 秒" if value < 100 else f"{value:.0f} 秒"


def table(results):
    """Markdown lines."""
    lines = ["| 项目 | 文档 | gongkai | Hugo | 比值 | 目标 | |", "|---|---:|---:|---:|---|---|---|"]
    for result in results:
        for row in result.rows():
            lines.append(f"| {row.what} | {row.size:,} | {row.ours} | {row.theirs} | {row.ratio} | {row.goal} | {row.verdict} |")
    return lines


def growth(results):
    """How memory grows from the smaller site to the larger."""
    if len(results) < 2:
        return []
    small, large = results[0], results[-1]
    return [f"文档从 {small.size:,} 份增加到 {large.size:,} 份（{large.size / small.size:.0f} 倍），gongkai 的内存增加到 "
            f"{large.peak / small.peak:.1f} 倍，Hugo 的增加到 {large.hugo_peak / small.hugo_peak:.1f} 倍。"]
