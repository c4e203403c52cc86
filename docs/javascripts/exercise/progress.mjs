// What the reader has solved: kept by this browser alone, and marked where it shows.

const SITE = new URL("../../", import.meta.url);
const SOLVED = "bp-solved"; // the page of each exercise, by its name
const ANSWER = "bp-answer:"; // and its name: what the reader wrote
const LINE = "solved:";

// A browser may refuse to keep anything; everything then works, and is forgotten.
function stored(action, otherwise) {
  try {
    return action(localStorage);
  } catch {
    return otherwise;
  }
}

export function solved() {
  const text = stored((storage) => storage.getItem(SOLVED), null);
  try {
    return new Map(Object.entries(JSON.parse(text) ?? {}));
  } catch {
    return new Map(); // somebody else wrote it
  }
}

// Returns whether it could be kept.
function keep(map) {
  const text = JSON.stringify(Object.fromEntries(map));
  return stored((storage) => {
    if (map.size) storage.setItem(SOLVED, text);
    else storage.removeItem(SOLVED);
    return true;
  }, false);
}

// The page as a path from the root of the site.
const pageOf = (address) => new URL(address, location.href).pathname.slice(SITE.pathname.length);

export function solve(name, address = location.href) {
  const kept = keep(solved().set(name, pageOf(address)));
  markPages();
  return kept;
}

export const keepAnswer = (name, code) =>
  stored((storage) => storage.setItem(ANSWER + name, code));
export const keptAnswer = (name) => stored((storage) => storage.getItem(ANSWER + name), null);
export const dropAnswer = (name) => stored((storage) => storage.removeItem(ANSWER + name));

export function clear() {
  keep(new Map());
  stored((storage) => {
    for (const key of Object.keys(storage)) if (key.startsWith(ANSWER)) storage.removeItem(key);
  });
  markPages();
}

// All of it on one line, for another browser.
export const asLine = () => [LINE, ...[...solved().keys()].sort()].join(" ");

// Takes a line; `places` has the address of each exercise.  Returns how many it names, or
// null if it is no such line.
export function takeLine(line, places) {
  const [first, ...names] = line.trim().split(/\s+/);
  if (first !== LINE) return null;
  const known = names.filter((name) => places.has(name));
  const map = solved();
  for (const name of known) map.set(name, pageOf(places.get(name)));
  keep(map);
  markPages();
  return known.length;
}

// How many are solved on a page, beside its link in the navigation.
export function markPages() {
  const counts = new Map();
  for (const page of solved().values()) counts.set(page, (counts.get(page) ?? 0) + 1);
  for (const link of document.querySelectorAll(".md-nav--primary a.md-nav__link[href]")) {
    const count = counts.get(pageOf(link.href)) ?? 0;
    const text = count ? `✓ ${count}` : "";
    let mark = link.querySelector(".bp-solved");
    if ((mark?.textContent ?? "") === text) continue;
    if (!mark) {
      mark = document.createElement("span");
      mark.className = "bp-solved";
      link.append(mark);
    }
    mark.textContent = text;
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", `${count} solved`);
    if (!count) mark.remove();
  }
}
