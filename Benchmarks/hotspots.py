"""Where the time of a build goes, from samples of Linux's `perf`: by step, by room, by kind of work, by function."""

import re
import shutil
import subprocess
from collections import Counter, defaultdict
from pathlib import Path

ROOMS = sorted(path.name for path in (Path(__file__).resolve().parent.parent / "Sources").iterdir() if path.is_dir())
ROOM = re.compile("|".join(f"{len(name)}{name}(?![a-z])" for name in ROOMS))

# The first of these names on the way from the start of the program to the sample says which step it belongs to.
STEPS = [
    ("表样和主题", ("Reader.readFrame",)), ("读 read", ("Reader.read(unit",)), ("解析 parse", ("parse(_:findings",)),
    ("对表 bind", ("bind(_:to:findings",)), ("核对 check", ("check(_:with:siteWaivers",)),
    ("汇总 plan", ("UnitSummary.init",)),
    ("渲染 render", ("SiteRenderer.render", "renderOverview")), ("检验 inspect", ("inspect(", "inspectIndexNumbers(")),
    ("写出 write", ("write(_:to:from", "carryOver(", "Staging.commit", "Staging.write")),
]

# What a sample's own function does, whoever called it.
KINDS = [
    ("引用计数", re.compile(r"swift_retain|swift_release|bridgeObject|RefCount|swift_isUnique|objectDestroy|dealloc")),
    ("字符串比较与规范化", re.compile(r"stringCompare|NFC|NFD|normalized|GraphemeBreak|_stringGuts|Character")),
    ("哈希与字典", re.compile(r"Hasher|[hH]ash\(into|_hashValue|RawDictionary|NativeDictionary|NativeSet|HashTable")),
    ("分配内存", re.compile(r"malloc|free|calloc|realloc|swift_alloc|swift_slowAlloc|swift_initStackObject")),
    ("复制与销毁值", re.compile(r"memmove|memcpy|memset|initializeWithCopy|outlined|destroy|arrayInit|assignWith")),
    ("字符串与序列的泛型代码", re.compile(r"String|Unicode|Substring|IteratorProtocol|Sequence|Collection|witness")),
]


class Profile:
    """Shares of samples, in several views."""

    def __init__(self):
        self.samples = 0
        self.steps, self.rooms, self.kinds = Counter(), Counter(), Counter()
        self.own, self.whole, self.with_runtime = Counter(), Counter(), Counter()
        self.kinds_below = defaultdict(Counter)  # function of ours -> kind of work at the end of the stack

    def add(self, frames):
        """One sample: (symbol, shared object), innermost first."""
        self.samples += 1
        names = [name for name, _ in frames]
        self.steps[_step(names)] += 1
        leaf, library = frames[0]
        nearest = next(((name, room) for name, room in ((name, _room(name)) for name in names) if room), None)
        kind = _kind(leaf, library)
        self.kinds[kind] += 1
        self.rooms[nearest[1] if nearest else "（运行时）"] += 1
        self.own[leaf] += 1
        if nearest:
            self.with_runtime[nearest[0]] += 1
            self.kinds_below[nearest[0]][kind] += 1
        for name in set(names):
            if _room(name):
                self.whole[name] += 1
                if not nearest or name != nearest[0]:
                    self.kinds_below[name][kind] += 1


_demangled = {}


def _room(symbol):
    found = ROOM.search(symbol) if symbol.startswith(("$s", "$S")) else None
    return found.group().lstrip("0123456789") if found else None


def _step(names):
    for name in reversed(names):
        text = _demangled.get(name, name)
        for step, beginnings in STEPS:
            if text.startswith(beginnings):
                return step
    return "其他"


def _kind(symbol, library):
    if "kernel" in library:
        return "操作系统"
    text = _demangled.get(symbol, symbol)
    for kind, pattern in KINDS:
        if pattern.search(text):
            return kind
    return "自己的代码" if "gongkai" in library else "其他库"


def record(command, folder, data, frequency=499):
    """Runs the command under perf; returns what perf said if it could not."""
    if shutil.which("perf") is None:
        return "没有 perf（apt-get install linux-perf）"
    done = subprocess.run(["perf", "record", "-q", "-F", str(frequency), "-g", "-o", str(data), "--", *command],
                          cwd=folder, capture_output=True, text=True)
    return None if data.exists() and done.returncode == 0 else (done.stderr or "perf record 失败")[-300:]


def read(data):
    """The samples of a recording, counted."""
    profile = Profile()
    for frames in stacks(data):
        profile.add(frames)
    return profile


def stacks(data):
    """The samples of a recording: (symbol, shared object), innermost first."""
    text = subprocess.run(["perf", "script", "-i", str(data), "-F", "ip,sym,dso"], capture_output=True,
                          text=True, errors="replace").stdout
    samples = []
    for block in text.split("\n\n"):
        frames = [_frame(line) for line in block.splitlines() if line.strip()]
        if frames:
            samples.append(frames)
    _demangle({name for frames in samples for name, _ in frames})
    return samples


def step(frames):
    """The step that a sample belongs to."""
    return _step([name for name, _ in frames])


def readable(symbol):
    """A symbol as it is written in the program."""
    return _demangled.get(symbol, symbol)


def _frame(line):
    found = re.match(r"\s*[0-9a-f]+ (.*) \((.*)\)$", line)
    return (re.sub(r"\+0x[0-9a-f]+$", "", found.group(1)), found.group(2)) if found else (line.strip(), "")


def _demangle(symbols):
    symbols = sorted(name for name in symbols if name not in _demangled)
    tool = shutil.which("swift-demangle")
    command = [tool] if tool else ["swift", "demangle"]
    try:
        done = subprocess.run([*command, "--simplified"], input="\n".join(symbols), capture_output=True, text=True)
        lines = done.stdout.splitlines()
    except OSError:
        lines = []
    for symbol, line in zip(symbols, lines if len(lines) == len(symbols) else symbols):
        _demangled[symbol] = re.sub(r"^(partial apply for|protocol witness for) ", "", line)


def lines_of(profile, top=20):
    """The profile as lines of a report."""
    whole = profile.samples or 1

    def share(count):
        return f"{100 * count / whole:5.1f}%"

    out = [f"样本 {profile.samples} 个", "", "按步骤"]
    out += [f"  {share(count)}  {name}" for name, count in profile.steps.most_common()]
    out += ["", "按模块（最近的一层自己的函数，连同它调用的运行时）"]
    out += [f"  {share(count)}  {name}" for name, count in profile.rooms.most_common()]
    out += ["", "按所做的事"]
    out += [f"  {share(count)}  {name}" for name, count in profile.kinds.most_common()]
    out += ["", "最热的函数（自己，连同它直接调用的运行时）"]
    for name, count in profile.with_runtime.most_common(top):
        kinds = "、".join(f"{kind} {share(n).strip()}" for kind, n in profile.kinds_below[name].most_common(3))
        out.append(f"  {share(count)}  {_room(name)}: {_demangled.get(name, name)}（{kinds}）")
    out += ["", "最热的函数（含它调用的一切）"]
    for name, count in profile.whole.most_common(top * 2):
        out.append(f"  {share(count)}  {_room(name)}: {_demangled.get(name, name)}")
    out += ["", "最热的函数（只算自己）"]
    out += [f"  {share(count)}  {_demangled.get(name, name)}" for name, count in profile.own.most_common(top)]
    return out
