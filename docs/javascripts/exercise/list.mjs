// <bp-progress>: the list of all exercises, with what is solved, and how to carry it.

import { button, make } from "../live/elements.mjs";
import { asLine, clear, solved, takeLine } from "./progress.mjs";

class Progress extends HTMLElement {
  connectedCallback() {
    if (this.count) return;
    this.rows = [...this.querySelectorAll("li[data-name]")];
    const links = this.rows.map((row) => [row.dataset.name, row.querySelector("a").href]);
    this.places = new Map(links);
    const bar = this.querySelector(".bp-progress-bar");
    this.count = make("p", {}, bar);
    this.count.setAttribute("role", "status");
    const label = make("label", { textContent: "What you have solved, on one line " }, bar);
    this.line = make("input", { type: "text", spellcheck: false }, label);
    this.line.autocomplete = "off";
    button("Take this line", () => this.take(), bar);
    button("Forget all", () => this.forget(), bar);
    this.show();
  }

  show(said = "") {
    const done = solved();
    for (const row of this.rows) {
      const mark = done.has(row.dataset.name) ? "✓ solved" : "";
      row.querySelector(".bp-exercise-mark").textContent = mark;
    }
    const here = this.rows.filter(({ dataset }) => done.has(dataset.name)).length;
    this.count.textContent = `${said}${here} of ${this.rows.length} solved.`;
    this.line.value = asLine();
  }

  take() {
    const count = takeLine(this.line.value, this.places);
    if (count === null) this.count.textContent = "That is no such line: it begins with “solved:”.";
    else this.show(`Taken: ${count}. `);
  }

  forget() {
    clear();
    this.show("Forgotten, answers too. ");
  }
}

customElements.define("bp-progress", Progress);
