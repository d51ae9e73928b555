"""Runs a program once and says how long it took and how much memory it had at its peak."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


class Failed(Exception):
    """A run that should have succeeded did not."""


@dataclass
class Run:
    seconds: float
    processor_seconds: float
    peak_megabytes: float
    output: str


def run(command, folder):
    """One run, measured by the clock and by what the kernel counted for this child alone."""
    os.sync()  # What earlier runs wrote must not be paid for by this one.
    with open(folder / "bench.log", "w+b") as log:
        started = time.monotonic()
        child = subprocess.Popen([str(part) for part in command], cwd=folder, stdin=subprocess.DEVNULL,
                                 stdout=log, stderr=subprocess.STDOUT, env=_environment())
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        output = log.read().decode(errors="replace")
    if child.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))} 的退出码是 {child.returncode}\n{output[-3000:]}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output)


def _environment():
    return {**os.environ, "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}


@dataclass
class Programs:
    """What is measured, and the site that it works on."""

    gongkai: Path
    hugo: Path
    folder: Path

    @property
    def ours(self):
        return self.folder / "gongkai"

    @property
    def theirs(self):
        return self.folder / "hugo"

    def build_ours(self):
        return run([self.gongkai, "build"], self.ours)

    def build_theirs(self):
        return run([self.hugo, "build", "--noBuildLock", "--logLevel", "error",
                    "--cacheDir", self.folder / "hugo-cache"], self.theirs)

    def clean_ours(self):
        for name in ("public", ".gongkai"):
            self._put_aside(self.ours / name)

    def clean_theirs(self):
        for path in (self.theirs / "public", self.theirs / "resources", self.folder / "hugo-cache"):
            self._put_aside(path)

    def _put_aside(self, path):
        """Out of the way, not deleted: for minutes ext4 steps around the inodes of files just deleted, one by one,
        which would cost the next run, whoever's it is, more than writing its files."""
        if path.exists():
            aside = self.folder / "aside"
            aside.mkdir(exist_ok=True)
            path.rename(aside / f"{len(list(aside.iterdir()))}-{path.name}")

    def copy(self):
        """The floor: our own output copied on the same disk."""
        copy = self.folder / "copy"
        done = run(["cp", "-r", self.ours / "public", copy], self.folder)
        self._put_aside(copy)
        return done
