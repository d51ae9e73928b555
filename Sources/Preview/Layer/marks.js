// Marks on the page, beside the figure or the words that a finding speaks of.

const grades = ["info", "warning", "error"];
export const words = { error: "错误", warning: "警告", info: "提示" };

export class Marks {
  constructor(tip) {
    this.tip = tip;
    this.marked = new Map();
    addEventListener("resize", () => this.place());
  }

  /** Marks each place once, with all that is said of it. */
  show(findings) {
    const index = this.index();
    for (const finding of findings) {
      const target = this.find(finding.at, index);
      if (target) this.add(target, finding.severity, finding, finding.message);
      for (const note of finding.notes) {
        const other = note.at && this.find(note.at, index);
        if (other && other !== target) this.add(other, "related", finding, note.message + "。" + finding.message);
      }
    }
    for (const [element, mark] of this.marked) this.draw(element, mark);
    this.place();
    this.restoreFocus();
  }

  clear() {
    const active = document.activeElement;
    this.focused = active && active.className === "gongkai-badge" ? active.parentElement.dataset.place : null;
    this.tip.hide();
    for (const [element, mark] of this.marked) {
      if (mark.badge) mark.badge.remove();
      element.classList.remove("gongkai-mark", "gongkai-anchor", ...[...grades, "related"].map((grade) => "gongkai-" + grade));
      if (element.getAttribute("class") === "") element.removeAttribute("class");
    }
    this.marked.clear();
  }

  /** Leads the reader to the mark of a finding; false where it has none. */
  goTo(finding) {
    for (const [element, mark] of this.marked) {
      if (!mark.said.some((said) => said.finding === finding && said.grade !== "related")) continue;
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      element.scrollIntoView({ block: "center", inline: "center", behavior: calm ? "instant" : "smooth" });
      mark.badge.focus({ preventScroll: true });
      return true;
    }
    return false;
  }

  has(finding) {
    return [...this.marked.values()].some((mark) => mark.said.some((said) => said.finding === finding));
  }

  /** The elements of the page by file and line. */
  index() {
    const files = new Map();
    for (const element of document.querySelectorAll("[data-place]")) {
      const [, file, line, column] = element.dataset.place.match(/^(.*):(\d+):(\d+)$/) || [];
      if (!file) continue;
      if (!files.has(file)) files.set(file, []);
      files.get(file).push({ element, line: Number(line), column: Number(column) });
    }
    return files;
  }

  /** The element of a place: the same place; else the text it lies in; else the first cell of its line. */
  find(at, index) {
    const [, file, lineText, columnText] = (at || "").match(/^(.*):(\d+):(\d+)$/) || [];
    const all = index.get(file) || [];
    const [line, column] = [Number(lineText), Number(columnText)];
    const exact = all.find((one) => one.line === line && one.column === column);
    if (exact) return exact.element;
    if (file && file.endsWith(".md")) {
      const before = all.filter((one) => one.line < line || (one.line === line && one.column <= column));
      const last = before.sort((a, b) => a.line - b.line || a.column - b.column).pop();
      return last && last.element;
    }
    const inLine = all.filter((one) => one.line === line).sort((a, b) => a.column - b.column);
    return (inLine.filter((one) => one.column <= column).pop() || inLine[0] || {}).element;
  }

  add(element, grade, finding, text) {
    if (!this.marked.has(element)) this.marked.set(element, { said: [] });
    this.marked.get(element).said.push({ grade, finding, text });
  }

  draw(element, mark) {
    const worst = mark.said.reduce((a, b) => (rank(b.grade) > rank(a.grade) ? b : a)).grade;
    if (getComputedStyle(element).position === "static") element.classList.add("gongkai-anchor");
    element.classList.add("gongkai-mark", "gongkai-" + worst);
    const badge = document.createElement("button");
    badge.type = "button";
    badge.className = "gongkai-badge";
    badge.textContent = mark.said.length > 1 ? String(mark.said.length) : { related: "↔", info: "i" }[worst] || "!";
    badge.setAttribute("aria-label", mark.said.map(({ grade, finding, text }) =>
      (words[grade] || "另见") + "：" + text + (finding.hint ? "。" + finding.hint : "")).join("；"));
    for (const event of ["mouseenter", "focus", "click"]) {
      badge.addEventListener(event, () => this.tip.show(badge, mark.said));
    }
    for (const event of ["mouseleave", "blur"]) badge.addEventListener(event, () => this.tip.hide());
    element.append(badge);
    mark.badge = badge;
  }

  /** At a corner of a cell where it is not cut off; before a paragraph, or above its end where there is no room. */
  place() {
    for (const [element, { badge }] of this.marked) {
      const isCell = /^(TD|TH)$/.test(element.tagName);
      const box = element.getBoundingClientRect();
      const scroller = element.closest(".table-scroll");
      const edge = scroller ? scroller.getBoundingClientRect().left - scroller.scrollLeft : 0;
      badge.dataset.side = isCell ? (box.left - edge < 12 ? "right" : "left") : box.left < 34 ? "above" : "before";
    }
  }

  restoreFocus() {
    if (!this.focused) return;
    for (const [element, { badge }] of this.marked) {
      if (element.dataset.place === this.focused) badge.focus({ preventScroll: true });
    }
    this.focused = null;
  }
}

function rank(grade) {
  return grades.indexOf(grade);
}
