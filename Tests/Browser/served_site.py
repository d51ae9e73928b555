"""A copy of the sample site with `gongkai serve` running on it."""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time

PROJECT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("GONGKAI", str(PROJECT / ".build/release/gongkai"))


class ServedSite:
    def __init__(self, *options):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="gongkai-browser-"))
        shutil.copytree(PROJECT / "content", self.folder / "content")
        self.output = open(self.folder / "output.txt", "w+", encoding="utf-8")
        self.start("--port", "0", *options)
        self.address = self._address()

    def start(self, *options):
        self.process = subprocess.Popen(
            [PROGRAM, "serve", *options], cwd=self.folder, stdout=self.output, stderr=subprocess.STDOUT)

    def _address(self):
        for _ in range(600):
            found = re.search(r"http://127\.0\.0\.1:\d+", self.said())
            if found:
                return found.group(0)
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError("gongkai serve did not start: " + self.said())

    def said(self):
        return (self.folder / "output.txt").read_text(encoding="utf-8")

    def read(self, name):
        return (self.folder / name).read_text(encoding="utf-8")

    def write(self, name, text):
        """Saves a file as most programs do; returns the moment at which it was saved."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return time.time()

    def write_by_renaming(self, name, text):
        """Saves a file as careful editors do."""
        path = self.folder / name
        other = path.with_name("." + path.name + ".tmp")
        other.write_text(text, encoding="utf-8")
        os.replace(other, path)
        return time.time()

    def replace(self, name, old, new, save=None):
        text = self.read(name)
        if text.count(old) < 1:
            raise AssertionError(f"{name} lacks {old!r}")
        return (save or self.write)(name, text.replace(old, new, 1))

    def reset(self):
        """Brings the content back to what it was."""
        for path in sorted((self.folder / "content").rglob("*"), reverse=True):
            name = path.relative_to(self.folder)
            if not (PROJECT / name).exists():
                path.rmdir() if path.is_dir() else path.unlink()
            elif path.is_file() and path.read_bytes() != (PROJECT / name).read_bytes():
                path.write_bytes((PROJECT / name).read_bytes())
        shutil.rmtree(self.folder / "Themes", ignore_errors=True)

    def stop(self, number=signal.SIGINT):
        """Ends the server as Ctrl-C does; returns its exit code and how long it took."""
        start = time.time()
        self.process.send_signal(number)
        code = self.process.wait(timeout=10)
        return code, time.time() - start

    def names(self):
        """What lies beside the content, but for the log of this test."""
        return sorted(path.name for path in self.folder.iterdir() if path.name not in ("content", "Themes", "output.txt"))

    def remove(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.output.close()
        shutil.rmtree(self.folder, ignore_errors=True)
