// What every page loads.  It asks for the module of a figure or a cell where a page has
// one, and adds what the theme leaves out for ears and keyboards.

// A figure that moves is an element bp-name, and its module is name.mjs.
const LIVE = ".bp-live > *, bp-cell, bp-exercise, bp-progress";

// Until the reader does something, only what is in sight needs its module: the page
// holds a picture of each figure, and the output of each cell.
const begun = new Promise((resolve) => {
  for (const kind of ["pointermove", "pointerdown", "keydown", "scroll", "focusin"])
    addEventListener(kind, resolve, { once: true, passive: true });
  if (location.hash.startsWith("#run=")) resolve(); // code of a cell, passed on
});
const MODULES = {
  "bp-cell": "live/cell",
  "bp-exercise": "exercise/exercise",
  "bp-progress": "exercise/list",
};
const load = ({ localName }) =>
  import(`./${MODULES[localName] ?? localName.replace("bp-", "")}.mjs`);
const sight = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) load(target);
});
const seen = new WeakSet();
const expect = () => {
  for (const element of document.querySelectorAll(LIVE))
    if (!seen.has(element)) {
      seen.add(element);
      if (element.localName !== "bp-cell") sight.observe(element);
      begun.then(() => load(element));
    }
};

// A press that comes before the module waits for it.
addEventListener("click", ({ target }) => {
  const early = target.closest?.(LIVE);
  if (early?.matches(":not(:defined)")) load(early).then(() => target.click());
});

const name = (node, label) => {
  if (!node.hasAttribute("aria-label")) node.setAttribute("aria-label", label);
};

// The buttons of a block of code are no landmark of the page.
const fixButtons = () => {
  for (const nav of document.querySelectorAll("nav.md-code__nav:not([role])"))
    nav.setAttribute("role", "none");
};

// What scrolls sideways must be reachable by keyboard.
const SCROLLERS = { ".md-typeset__scrollwrap": "Table", ".bp-display": "Formula" };
const fixScrollers = () => {
  for (const [selector, label] of Object.entries(SCROLLERS))
    for (const node of document.querySelectorAll(selector)) {
      if (node.scrollWidth <= node.clientWidth) {
        node.removeAttribute("tabindex");
        continue;
      }
      node.tabIndex = 0;
      node.setAttribute("role", "group");
      name(node, label);
    }
};

// What is solved is marked in the navigation, by a module for those who solved any.
const fixMarks = () => {
  try {
    if (localStorage.getItem("bp-solved"))
      import("./exercise/progress.mjs").then(({ markPages }) => markPages());
  } catch {} // storage is forbidden
};

// A symbol that is pointed at is marked wherever it stands, after the first view.
const fixSymbols = () => {
  if (document.querySelector("math")) begun.then(() => import("./symbols.mjs"));
};

const fixFolds = () => {
  if (document.querySelector(".bp-fold"))
    import("./folds.mjs").then(({ unfold }) => unfold());
};

const whenIdle = window.requestIdleCallback ?? setTimeout;
let waiting = false;
const fix = () => {
  if (waiting) return;
  waiting = true;
  whenIdle(() => {
    waiting = false;
    expect(); // also when instant navigation has put in a new page
    fixButtons();
    fixScrollers();
    fixMarks();
    fixFolds();
    fixSymbols();
  });
};

new MutationObserver(fix).observe(document.body, { childList: true, subtree: true });
addEventListener("resize", fix);
fix();
