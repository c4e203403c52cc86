// A symbol that is pointed at is marked wherever it stands on the page: in formulas,
// in figures and in code within a sentence.  It comes when the reader has begun.
const PLACES = ".md-content :is(math mi, svg text, var, :not(pre) > code)";
const LONGEST = 3; // letters and index; longer ones are words
const SUBSCRIPT = /[₀-₉]/g;

const plain = (text) =>
  text.trim().replace(SUBSCRIPT, (digit) => String(digit.charCodeAt(0) - 0x2080));

/** What is marked: a letter, or a letter with its index. */
const whole = (node) => node.closest("msub, msubsup") ?? node;

/** The name of a symbol, such as z or w1; nothing for what is none. */
const nameOf = (node) => {
  const symbol = whole(node);
  const parts = symbol === node ? [node] : [...symbol.children].slice(0, 2);
  const name = plain(parts.map((part) => part.textContent).join(""));
  return name.length <= LONGEST && /^\p{L}/u.test(name) ? name : "";
};

let now = "";
const point = ({ target }) => {
  const node = target.closest?.(PLACES);
  const name = node ? nameOf(node) : "";
  if (name === now) return;
  now = name;
  for (const old of document.querySelectorAll(".bp-lit")) old.classList.remove("bp-lit");
  if (!name) return;
  const places = [...document.querySelectorAll(PLACES)].filter((at) => nameOf(at) === name);
  const symbols = new Set(places.map(whole));
  if (symbols.size > 1) for (const symbol of symbols) symbol.classList.add("bp-lit");
};
for (const kind of ["pointerover", "focusin"]) addEventListener(kind, point);
