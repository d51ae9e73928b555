"""What the figures were measured on."""

import os
import platform
import re
import subprocess
from pathlib import Path


def describe(gongkai, hugo):
    """Label and value, for the report."""
    cpu = _first(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo")) or platform.machine()
    memory = int(_first(r"MemTotal:\s*(\d+)", Path("/proc/meminfo")) or 0) / 1024 / 1024
    system = _first(r'PRETTY_NAME="(.+)"', Path("/etc/os-release")) or platform.system()
    return [
        ("处理器", f"{cpu}，{os.cpu_count()} 个"), ("内存", f"{memory:.0f} GB"),
        ("系统", f"{system}，内核 {platform.release().split('-')[0]}"),
        ("gongkai", _line([gongkai, "--version"])), ("Swift", _swift()),
        ("Hugo", (re.search(r"v[\d.]+", _line([hugo, "version"])) or [""])[0]), ("Python", platform.python_version()),
    ]


def _first(pattern, path):
    try:
        found = re.search(pattern, path.read_text())
    except OSError:
        return None
    return found.group(1) if found else None


def _swift():
    found = re.search(r"Swift version ([\d.]+)", _line(["swift", "--version"]))
    return found.group(1) if found else "不在这台机器上"


def _line(command):
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    except OSError:
        return ""
    return " ".join((done.stdout + done.stderr).split("\n")[:2]).strip()
