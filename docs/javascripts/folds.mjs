// Folded sections open for those who were sent to them: by a link, or by the search.
let arrived;
let marked;

const open = (fold) => {
  fold.open = true;
};

/** How many of the words that were searched for stand in a section. */
const count = (fold, words) => {
  const found = [...fold.querySelectorAll("mark")].map((m) => m.textContent.toLowerCase());
  return words.filter((word) => found.some((mark) => mark.startsWith(word))).length;
};

export const unfold = () => {
  const { href, hash, search } = location;
  if (arrived !== href) {
    arrived = href;
    const target = document.getElementById(decodeURIComponent(hash.slice(1)));
    const fold = target?.closest("summary")?.parentElement;
    if (fold) open(fold);
    marked = Boolean(fold);
  }
  if (marked || !document.querySelector(".bp-fold mark")) return; // the theme marks later
  marked = true;
  const words = new URLSearchParams(search).get("h")?.toLowerCase().split(" ") ?? [];
  const folds = [...document.querySelectorAll(".bp-fold")];
  const counts = folds.map((fold) => count(fold, words));
  const most = Math.max(...counts);
  folds.filter((_, k) => counts[k] === most).forEach(open);
};

addEventListener("hashchange", unfold);
