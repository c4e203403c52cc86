// Lines of output that say something by what stands below what keep their ends, by the
// rule of sitebuild/aligned.py; all others go on below.

import { make } from "./elements.mjs";

const CELL = /\S+(?: \S+)*/g;
const UNDERLINE = /^\s*[~^][~^ ]*$/;
const ROW = /^\s+\[/;

// Where the columns after the first begin and end; not what a label introduces.
function edgesOf(line) {
  const cells = [...line.matchAll(CELL)];
  const found = new Set();
  cells.slice(1).forEach(({ 0: cell, index }, before) => {
    if (cells[before][0].endsWith(":")) return;
    found.add(`begins ${index}`).add(`ends ${index + cell.length}`);
  });
  return [...found];
}

// Which lines stand in columns, are underlined, or are rows of one array.
export function aligned(lines) {
  const edges = lines.map(edgesOf);
  const shared = {};
  for (const edge of edges.flat()) shared[edge] = (shared[edge] ?? 0) + 1;
  const kept = edges.map((ofLine) => ofLine.some((edge) => shared[edge] > 1));
  let inside = false; // an array whose rows are lines
  for (let i = 1; i < lines.length; i++) {
    inside = ROW.test(lines[i]) && (inside || lines[i - 1].includes("[["));
    if (inside || UNDERLINE.test(lines[i])) kept[i - 1] = kept[i] = true;
  }
  return kept;
}

// Have an element show what was printed.
export function show(element, text) {
  const lines = text.split("\n");
  const kept = aligned(lines);
  const runs = []; // lines that follow each other, all kept or none
  lines.forEach((line, i) => {
    if (i && kept[i] === kept[i - 1]) runs.at(-1).textContent += `\n${line}`;
    else runs.push({ className: kept[i] ? "bp-aligned" : "", textContent: line });
  });
  element.replaceChildren();
  runs.forEach(({ className, textContent }, i) => {
    if (i) element.append("\n");
    if (className) make("span", { className, textContent }, element);
    else element.append(textContent);
  });
}
