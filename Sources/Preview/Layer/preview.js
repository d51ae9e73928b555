// The layer of the preview: keeps the open page in step with its sources, and shows what was found in it.
// It only adds: without it the page is the one that `gongkai build` writes.
import { morph, keepingPlace } from "./morph.js";
import { Marks } from "./marks.js";
import { Panel } from "./panel.js";

const own = document.querySelector("script[data-page]");
const page = own.dataset.page;
let version = own.dataset.version;

const panel = new Panel({ goTo: (finding) => marks.goTo(finding) });
const marks = new Marks(panel.tip);

let running = false;
let again = null;

/** Brings page and findings up to date; calls that come meanwhile are taken together. */
async function refresh(wanted) {
  if (running) {
    again = { page: wanted.page || (again && again.page) };
    return;
  }
  running = true;
  try {
    const [text, found] = await Promise.all([wanted.page ? fetchPage() : null, fetchFindings()]);
    const apply = text === null ? () => {} : await prepare(text);
    // All at once, so that nothing is seen half.
    marks.clear();
    apply();
    panel.show(found);
    if (!found.isLastGood) marks.show(found.page);
    document.documentElement.dataset.gongkaiShown = found.version;
  } catch (error) {
    // What the page cannot do in place, it does whole; a server that is gone is told by the stream.
    if (error instanceof OddPage) location.reload();
  } finally {
    running = false;
  }
  if (again) {
    const next = again;
    again = null;
    refresh(next);
  }
}

class OddPage extends Error {}

async function fetchPage() {
  const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
  if (!(answer.headers.get("Content-Type") || "").startsWith("text/html")) throw new OddPage();
  return answer.text();
}

async function fetchFindings() {
  const answer = await fetch("/__gongkai/findings.json?page=" + encodeURIComponent(page), { cache: "no-store" });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

/** Makes ready a new state of the page; gives what puts it in place of the old one, where the reader is. */
async function prepare(text) {
  const next = new DOMParser().parseFromString(text, "text/html");
  const script = next.querySelector("script[data-page]");
  if (!script || !next.body || !sameScripts(next)) throw new OddPage();
  const dropStyles = await takeStyles(next);
  return () => {
    keepingPlace(() => {
      document.title = next.title;
      takeMeta(next);
      morph(document.body, next.body);
      dropStyles();
    });
    version = script.dataset.version;
  };
}

/** A theme's own scripts run once: with others the page has to begin anew. */
function sameScripts(next) {
  const list = (document) =>
    [...document.querySelectorAll("script:not([data-page]):not([type='application/ld+json'])")]
      .map((script) => (script.getAttribute("src") || "") + script.textContent)
      .join("\n");
  return list(document) === list(next);
}

function takeMeta(next) {
  const words = "meta[name], link[rel='canonical'], script[type='application/ld+json']";
  document.head.querySelectorAll(words).forEach((node) => node.remove());
  next.head.querySelectorAll(words).forEach((node) => document.head.append(document.importNode(node, true)));
}

/** Loads new style sheets beside the old ones, so that the page is never bare; gives what drops the old. */
async function takeStyles(next) {
  const words = "link[rel='stylesheet']:not([href^='/__gongkai/']), style";
  const key = (node) => node.getAttribute("href") || node.textContent;
  const before = [...document.head.querySelectorAll(words)];
  const after = [...next.head.querySelectorAll(words)];
  if (before.map(key).join("\n") === after.map(key).join("\n")) return () => {};
  const anchor = document.head.querySelector("link[href^='/__gongkai/']");
  const loads = after.map((node) => {
    const copy = document.importNode(node, true);
    const loaded = new Promise((done) => {
      if (copy.tagName === "STYLE") return done();
      copy.addEventListener("load", done);
      copy.addEventListener("error", done);
      setTimeout(done, 2000);
    });
    document.head.insertBefore(copy, anchor);
    return loaded;
  });
  await Promise.all(loads);
  return () => before.forEach((node) => node.remove());
}

/** Listens to the server; when it is gone, says so and tries again. */
function listen() {
  const events = new EventSource("/__gongkai/events");
  events.addEventListener("hello", (event) => {
    panel.connected();
    if (JSON.parse(event.data).version !== version) refresh({ page: true });
  });
  events.addEventListener("change", (event) => {
    const change = JSON.parse(event.data);
    const concerns = !change.pages || change.pages.includes(page) || change.pages.includes("404.html");
    // Findings move with the lines of their file, and so do the places on the page.
    if (concerns || change.findings) refresh({ page: true });
    else version = change.version;
  });
  events.addEventListener("error", () => {
    events.close();
    panel.disconnected();
    setTimeout(listen, 1000);
  });
  addEventListener("pagehide", () => events.close(), { once: true });
}

addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
refresh({ page: false });
listen();
