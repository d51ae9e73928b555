// The list of findings, the notice over a page that cannot be made anew, and the word about a lost connection.
// They stand in a shadow tree, so that no theme changes how they look.
import { words } from "./marks.js";

/** An element with attributes and children; texts are never markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export class Panel {
  constructor({ goTo }) {
    this.goTo = goTo;
    const host = make("gongkai-preview", { lang: "zh-Hans" });
    const root = host.attachShadow({ mode: "open" });
    this.tip = new Tip();
    this.notice = make("section", { class: "notice", role: "status", hidden: "" });
    this.connection = make("p", { class: "connection", role: "status", hidden: "" },
      make("span", { class: "pulse", "aria-hidden": "true" }), "预览已断开，正在重新连接…");
    this.toggle = make("button", { type: "button", class: "toggle", "aria-controls": "list", hidden: "", onclick: () => this.open(!this.isOpen) });
    this.list = make("section", { class: "list", id: "list", "aria-label": "核对结果", hidden: "" });
    root.append(make("link", { rel: "stylesheet", href: "/__gongkai/preview.css" }),
      make("div", { class: "layer" }, this.notice, this.list, this.toggle, this.connection, this.tip.element));
    document.documentElement.append(host);
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.isOpen) return;
      this.open(false);
      this.toggle.focus();
    });
    this.open(sessionStorage.getItem("gongkai-list") === "open");
  }

  open(isOpen) {
    this.isOpen = isOpen;
    this.list.hidden = !isOpen;
    this.toggle.setAttribute("aria-expanded", String(isOpen));
    sessionStorage.setItem("gongkai-list", isOpen ? "open" : "closed");
  }

  show(found) {
    const total = found.counts.error + found.counts.warning + found.counts.info;
    this.toggle.hidden = false;
    this.toggle.replaceChildren(...summary(found.counts));
    this.toggle.dataset.worst = found.counts.error ? "error" : found.counts.warning ? "warning" : found.counts.info ? "info" : "none";
    this.toggle.setAttribute("aria-label", "核对结果：" + (this.toggle.textContent || "没有问题"));
    const scroll = this.list.querySelector(".items") ? this.list.querySelector(".items").scrollTop : 0;
    const items = make("div", { class: "items", tabindex: "0", role: "group", "aria-label": "问题" });
    if (found.page.length) items.append(this.group("本页", found.page, true));
    if (found.site.length) items.append(this.group(found.page.length ? "其他页面" : "本页没有问题；其他页面", found.site, false));
    const shown = found.page.length + found.site.length;
    if (total > shown) items.append(make("p", { class: "rest" }, `还有 ${total - shown} 个，运行 gongkai check 看全部。`));
    if (!total) items.append(make("p", { class: "clean" }, "全站没有待改正的问题。"));
    this.list.replaceChildren(
      make("header", {}, make("h2", {}, "核对结果"),
        make("button", { type: "button", class: "close", "aria-label": "收起核对结果", onclick: () => { this.open(false); this.toggle.focus(); } }, "×")),
      items);
    items.scrollTop = scroll;
    this.showNotice(found);
  }

  group(title, findings, isHere) {
    const list = make("ol", {});
    for (const finding of findings) list.append(this.item(finding, isHere));
    return make("section", { class: "group" }, make("h3", {}, title, make("span", { class: "number" }, String(findings.length))), list);
  }

  item(finding, isHere) {
    const where = make("p", { class: "where" }, finding.where);
    const item = make("li", { class: "finding " + finding.severity },
      make("p", { class: "message" }, make("span", { class: "grade" }, words[finding.severity]), finding.message),
      ...notes(finding), finding.hint ? make("p", { class: "hint" }, finding.hint) : null, where);
    if (isHere && finding.at) {
      const button = make("button", { type: "button", class: "go", onclick: () => {
        if (!this.goTo(finding)) button.replaceWith(make("span", { class: "absent" }, "本页上没有印出这一处"));
        else if (matchMedia("(max-width: 40em)").matches) this.open(false);
      } }, "看这一处");
      item.append(button);
    } else if (!isHere && finding.page && finding.page !== decodeURI(location.pathname) && finding.page !== location.pathname) {
      item.append(make("a", { class: "go", href: finding.page }, "打开这一页"));
    }
    return item;
  }

  showNotice(found) {
    const text = found.trouble ? "现在不能读取内容，下面是上次的样子"
      : found.isLastGood ? "这份文件现在不能生成网页，下面是上次的样子" : null;
    this.notice.hidden = !text;
    if (!text) return this.notice.replaceChildren();
    const errors = found.trouble ? [] : found.page.filter((finding) => finding.severity === "error");
    const list = make("ul", {}, ...errors.slice(0, 3).map((finding) =>
      make("li", {}, make("span", { class: "message" }, finding.message), finding.hint ? make("span", { class: "hint" }, finding.hint) : null,
        make("span", { class: "where" }, finding.where))));
    this.notice.replaceChildren(
      make("p", { class: "title" }, text),
      found.trouble ? make("p", { class: "message" }, found.trouble) : list,
      errors.length > 3 ? make("button", { type: "button", class: "go", onclick: () => this.open(true) }, `还有 ${errors.length - 3} 个问题`) : "");
  }

  connected() {
    clearTimeout(this.timer);
    this.connection.hidden = true;
  }

  /** Not at once: a page that is being left loses its connection too. */
  disconnected() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.connection.hidden = false; }, 500);
  }
}

/** The other places that a finding has to do with. */
function notes(finding) {
  return finding.notes.map((note) => make("p", { class: "note" }, note.message));
}

/** 错误 2　警告 1, or that there is nothing. */
function summary(counts) {
  const parts = ["error", "warning", "info"].filter((grade) => counts[grade]);
  if (!parts.length) return [make("span", { class: "count none" }, "没有问题")];
  const calm = counts.error || counts.warning ? [] : [make("span", { class: "count none" }, "没有错误")];
  return calm.concat(parts.map((grade) => make("span", { class: "count " + grade }, `${words[grade]} ${counts[grade]}`)));
}

/** What a mark says, beside it. */
class Tip {
  constructor() {
    this.element = make("div", { class: "tip", role: "tooltip", hidden: "" });
    addEventListener("keydown", (event) => { if (event.key === "Escape") this.hide(); });
    addEventListener("scroll", () => this.hide(), { passive: true, capture: true });
  }

  show(badge, said) {
    this.element.replaceChildren(...said.map(({ grade, finding, text }) =>
      make("div", { class: "said " + (grade === "related" ? finding.severity : grade) },
        make("p", { class: "message" }, make("span", { class: "grade" }, words[grade] || "另见"), text),
        ...(grade === "related" ? [] : notes(finding)),
        finding.hint ? make("p", { class: "hint" }, finding.hint) : null,
        make("p", { class: "where" }, finding.where))));
    this.element.hidden = false;
    // Below the figure itself, which stays in sight.
    const box = badge.parentElement.getBoundingClientRect();
    const own = this.element.getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - own.width - 8));
    const below = box.bottom + 6;
    const top = below + own.height < innerHeight ? below : Math.max(8, box.top - own.height - 6);
    this.element.style.left = left + "px";
    this.element.style.top = top + "px";
  }

  hide() {
    this.element.hidden = true;
  }
}
