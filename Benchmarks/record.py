"""Writes the results between the marks of docs/performance.md."""

from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs/performance.md"
MARKS = {"measured": ("<!-- bench: measured -->", "<!-- bench: end of measured -->"),
         "profile": ("<!-- bench: profile -->", "<!-- bench: end of profile -->")}


def replace(part, lines):
    """Puts the lines between two marks; everything else on the page stays."""
    begin, end = MARKS[part]
    text = PAGE.read_text(encoding="utf-8")
    if text.count(begin) != 1 or text.count(end) != 1:
        raise ValueError(f"{PAGE.name} 里应当各有一个 {begin} 和 {end}")
    head, rest = text.split(begin)
    tail = rest.split(end)[1]
    PAGE.write_text(head + begin + "\n\n" + "\n".join(lines) + "\n\n" + end + tail, encoding="utf-8")
