// <bp-progress>: the list of all exercises, with what is solved, and how to carry it.

import { asLine, clear, solved, takeLine } from "./progress.mjs";

class Progress extends HTMLElement {
  connectedCallback() {
    if (this.count) return;
    this.rows = [...this.querySelectorAll("li[data-name]")];
    const links = this.rows.map((row) => [row.dataset.name, row.querySelector("a").href]);
    this.places = new Map(links);
    const bar = this.querySelector(".bp-progress-bar");
    this.count = bar.querySelector("[role=status]");
    this.line = bar.querySelector("input");
    const [take, forget] = bar.querySelectorAll("button");
    take.addEventListener("click", () => this.take());
    forget.addEventListener("click", () => this.forget());
    const typed = this.line.value; // before this module was there
    this.show();
    if (typed !== this.line.defaultValue) this.line.value = typed;
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
