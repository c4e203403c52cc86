// Folded sections open for those who were sent to them: by a link, or by the search.
let arrived;

/** How many of the words that were searched for begin a word of the section. */
const count = (fold, words) => {
  const text = ` ${fold.textContent.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")}`;
  return words.filter((word) => text.includes(` ${word}`)).length;
};

/** The folds that the address speaks of. */
const meant = ({ hash, search }) => {
  const target = document.getElementById(decodeURIComponent(hash.slice(1)));
  if (target) return [target.closest(".bp-fold")];
  const words = new URLSearchParams(search).get("h")?.toLowerCase().split(" ") ?? [];
  const counts = new Map();
  for (const fold of document.querySelectorAll(".bp-fold"))
    counts.set(fold, count(fold, words));
  const most = Math.max(...counts.values());
  return most ? [...counts.keys()].filter((fold) => counts.get(fold) === most) : [];
};

export const unfold = () => {
  if (arrived === location.href) return;
  arrived = location.href;
  for (const fold of meant(location)) if (fold) fold.open = true;
};

addEventListener("hashchange", unfold);
