"""Whether both programs published the figures that the content holds: every amount of every table, in order."""

import csv
import re
from concurrent.futures import ProcessPoolExecutor
from html.parser import HTMLParser

from hugo_site import TABLE_IDS

AMOUNT = re.compile(r"^[-−]?\d{1,3}(,\d{3})*\.\d\d$")
FIGURE_IN_TEXT = re.compile(r"[-−]?[\d,]+(?:\.\d+)?\s*(?:万元|%)")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class PageReader(HTMLParser):
    """Reads a page of either program: the cells of each table body, and the paragraphs of the text."""

    def __init__(self, text_class):
        super().__init__(convert_charrefs=True)
        self._text_class = text_class
        self._open = []  # (tag, id, classes) of every element that is open
        self._cell = None
        self._paragraph = None
        self.tables = {}  # anchor -> cells' text, row by row
        self.paragraphs = []

    def handle_starttag(self, tag, attributes):
        if tag in VOID:
            return
        given = dict(attributes)
        classes = (given.get("class") or "").split()
        self._open.append((tag, given.get("id"), classes))
        if tag in ("td", "th") and self._is_inside("tbody"):
            self._cell = []
        elif tag in ("p", "li") and self._in_text() and not self._table():
            self._finish_paragraph()
            self._paragraph = []

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self._cell is not None:
            self.tables.setdefault(self._table(), []).append("".join(self._cell).strip())
            self._cell = None
        if tag in ("p", "li"):
            self._finish_paragraph()
        while self._open:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data):
        if self._cell is not None:
            self._cell.append(data)
        elif self._paragraph is not None:
            self._paragraph.append(data)

    def _finish_paragraph(self):
        if self._paragraph is not None:
            text = re.sub(r"\s+", "", "".join(self._paragraph))
            if text:
                self.paragraphs.append(text)
        self._paragraph = None

    def _is_inside(self, tag):
        return any(name == tag for name, _, _ in self._open)

    def _in_text(self):
        return any(self._text_class in classes for _, _, classes in self._open)

    def _table(self):
        return next((anchor for _, anchor, classes in reversed(self._open) if "data-table" in classes), None)


def fen(text):
    """An amount of 万元 as an integer of fen."""
    digits = text.replace(",", "").replace("−", "-").replace(".", "")
    return int(digits) * 10_000


def amounts(cells):
    return [fen(cell) for cell in cells if AMOUNT.match(cell)]


def read_page(path, text_class):
    reader = PageReader(text_class)
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader


def faults_of(folders):
    """What is wrong with one disclosure, and how many amounts were compared."""
    content, ours, theirs = folders
    faults, compared = [], 0
    here, there = read_page(ours / "index.html", "body"), read_page(theirs / "index.html", "narrative")
    for title, anchor in TABLE_IDS.items():
        with open(content / f"{title}.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[1:]
        expected = amounts(cell.strip() for row in rows for cell in row)
        compared += len(expected)
        for program, page in (("gongkai", here), ("hugo", there)):
            found = amounts(page.tables.get(anchor, []))
            if found != expected:
                faults.append(f"{content} {title}：{program} 的网页上有 {len(found)} 个数，数据里有 {len(expected)} 个"
                              + ("，次序不同" if sorted(found) == sorted(expected) else ""))
    if len(here.paragraphs) < 20:
        faults.append(f"{content}：网页上只有 {len(here.paragraphs)} 段正文")
    if here.paragraphs != there.paragraphs:
        pairs = zip(here.paragraphs, there.paragraphs)
        first = next((pair for pair in pairs if pair[0] != pair[1]), ("段数", "不同"))
        faults.append(f"{content} 正文：gongkai “{first[0][:80]}”，hugo “{first[1][:80]}”")
    compared += sum(len(FIGURE_IN_TEXT.findall(text)) for text in here.paragraphs)
    return faults, compared


def compare(folder, limit=1000):
    """Compares at most `limit` disclosures, spread evenly: faults, amounts compared, disclosures compared."""
    content, ours, theirs = folder / "gongkai/content", folder / "gongkai/public", folder / "hugo/public"
    disclosures = sorted(path.parent.relative_to(content) for path in content.glob("*/*/budget/disclosure.yaml"))
    step = max(1, -(-len(disclosures) // limit))
    chosen = [(content / path, ours / path, theirs / path) for path in disclosures[::step]]
    faults, compared = [], 0
    with ProcessPoolExecutor() as pool:
        for found, count in pool.map(faults_of, chosen, chunksize=8):
            faults += found
            compared += count
    return faults, compared, len(chosen)
