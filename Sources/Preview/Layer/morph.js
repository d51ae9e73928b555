// Turns one tree of nodes into another with as few changes as possible, so that what the reader has open,
// has scrolled or has selected stays.

/** Makes `old` like `next`; both are elements of the same name. */
export function morph(old, next) {
  attributes(old, next);
  children(old, next);
}

function attributes(old, next) {
  for (const { name, value } of [...next.attributes]) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    // Whether details are open is for the reader to say.
    if (!next.hasAttribute(name) && !(name === "open" && old.tagName === "DETAILS")) old.removeAttribute(name);
  }
}

function children(old, next) {
  const after = [...next.childNodes];
  const kept = match([...old.childNodes], after);
  const staying = new Set(kept.values());
  for (const node of [...old.childNodes]) if (!staying.has(node)) node.remove();
  let cursor = old.firstChild;
  for (const node of after) {
    const from = kept.get(node);
    if (from) {
      cursor = from.nextSibling;
      update(from, node);
    } else {
      const copy = document.importNode(node, true);
      old.insertBefore(copy, cursor);
      flash(copy);
    }
  }
}

/** Which old node becomes which new one, in order: those that say the same first, then those of one kind. */
function match(before, after) {
  const pairs = new Map();
  const [a, b] = [before.map(signature), after.map(signature)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let [aEnd, bEnd] = [a.length, b.length];
  while (aEnd > start && bEnd > start && a[aEnd - 1] === b[bEnd - 1]) [aEnd, bEnd] = [aEnd - 1, bEnd - 1];
  for (let index = 0; index < start; index += 1) pairs.set(after[index], before[index]);
  for (let index = 0; aEnd + index < a.length; index += 1) pairs.set(after[bEnd + index], before[aEnd + index]);
  let [i, j] = [start, start];
  for (const [nextI, nextJ] of [...common(a, b, start, aEnd, bEnd), [aEnd, bEnd]]) {
    for (; j < nextJ; j += 1) {
      const found = before.slice(i, nextI).findIndex((node) => alike(node, after[j]));
      if (found < 0) continue;
      pairs.set(after[j], before[i + found]);
      i += found + 1;
    }
    if (nextI < aEnd && nextJ < bEnd) pairs.set(after[nextJ], before[nextI]);
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return pairs;
}

/** The longest list of equal signatures in both, as pairs of indices. */
function common(a, b, start, aEnd, bEnd) {
  const [rows, columns] = [aEnd - start, bEnd - start];
  if (rows * columns > 1e6) return [];
  const width = columns + 1;
  const best = new Uint32Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      best[i * width + j] = a[start + i] === b[start + j] ? best[(i + 1) * width + j + 1] + 1
        : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
    }
  }
  const pairs = [];
  for (let [i, j] = [0, 0]; i < rows && j < columns;) {
    if (a[start + i] === b[start + j]) {
      pairs.push([start + i, start + j]);
      [i, j] = [i + 1, j + 1];
    } else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}

/** What a node is and says, whatever line of its file it comes from now. */
function signature(node) {
  return node.nodeName + "#" + (node.id || "") + "#" + node.textContent;
}

function alike(old, next) {
  return old.nodeName === next.nodeName && (old.id || "") === (next.id || "");
}

function update(old, next) {
  if (old.isEqualNode(next)) return;
  if (old.nodeType === Node.ELEMENT_NODE) {
    morph(old, next);
  } else if (old.data !== next.data) {
    old.data = next.data;
    flash(old);
  }
}

/** Lets the eye find what changed. */
function flash(node) {
  const own = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const element = own && (own.closest("td, th, dd, p, li, h1, h2, h3, h4, h5, h6") || own);
  if (!element || !element.textContent.trim() || element === document.body) return;
  element.classList.add("gongkai-changed");
  setTimeout(() => {
    element.classList.remove("gongkai-changed");
    if (element.getAttribute("class") === "") element.removeAttribute("class");
  }, 1600);
}

/** Changes the page, and scrolls so that what was at the top of the window is there still. */
export function keepingPlace(change) {
  const anchor = atTop();
  const before = anchor && anchor.getBoundingClientRect().top;
  change();
  if (!anchor || !anchor.isConnected) return;
  const moved = anchor.getBoundingClientRect().top - before;
  if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: "instant" });
}

function atTop() {
  for (let y = 8; y < innerHeight; y += 24) {
    const element = document.elementFromPoint(innerWidth / 2, y);
    if (element && element !== document.body && document.body.contains(element)) {
      return element.closest("[data-place], h1, h2, h3, h4, h5, h6, p, li, tr") || element;
    }
  }
  return null;
}
