// The reader's program and the solution, side by side, with the lines marked in which
// they differ, except for spaces and comments.

import { make } from "../live/elements.mjs";

const plain = (line) => line.replace(/#.*/, "").replaceAll(/\s+/g, "");
const linesOf = (text) => text.trimEnd().replaceAll(/\n{3,}/g, "\n\n").split("\n");

// The places in two lists of what both have, in order, as many as there can be.
function common(a, b) {
  const longest = a.map(() => Array(b.length + 1).fill(0)).concat([Array(b.length + 1).fill(0)]);
  for (let i = a.length - 1; i >= 0; i--)
    for (let k = b.length - 1; k >= 0; k--)
      longest[i][k] =
        a[i] === b[k]
          ? 1 + longest[i + 1][k + 1]
          : Math.max(longest[i + 1][k], longest[i][k + 1]);
  const places = [new Set(), new Set()];
  for (let i = 0, k = 0; i < a.length && k < b.length; ) {
    if (a[i] === b[k]) {
      places[0].add(i++);
      places[1].add(k++);
    } else if (longest[i + 1][k] >= longest[i][k + 1]) i++;
    else k++;
  }
  return places;
}

function show(parent, title, lines, same) {
  const side = make("figure", {}, parent);
  make("figcaption", { textContent: title }, side);
  const code = make("code", {}, make("pre", {}, side));
  lines.forEach((line, k) => {
    const differs = !same.has(k) && plain(line);
    make(differs ? "mark" : "span", { textContent: `${line}\n` }, code);
  });
}

export function beside(parent, own, solution) {
  const lines = [own, solution].map(linesOf);
  const same = common(...lines.map((side) => side.map(plain)));
  parent.replaceChildren();
  show(parent, "Yours", lines[0], same[0]);
  show(parent, "The solution", lines[1], same[1]);
  const marked = parent.querySelector("mark");
  const words = marked ? "The marked lines differ." : "They are the same.";
  make("p", { className: "bp-cell-note", textContent: words }, parent);
}
