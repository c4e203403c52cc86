// <bp-cell>: a block of the page that the reader can edit and run.  Nothing of Python is
// loaded before the reader asks for it.

import { button, make } from "./elements.mjs";

let python, mountEditor;

// What only an open cell needs.
async function prepare() {
  [{ python }, { mountEditor }] = await Promise.all([
    import("./python.mjs"),
    import("./editor.mjs"),
  ]);
}

const cells = () => [...document.querySelectorAll("bp-cell")];

class Cell extends HTMLElement {
  connectedCallback() {
    if (this.bar) return;
    this.bar = this.querySelector(".bp-cell-bar");
    this.note = this.bar.querySelector(".bp-cell-note");
    this.source = this.querySelector(".highlight");
    this.code = this.source.querySelector("pre code").textContent.replace(/\n$/, "");
    this.place = this.querySelector(".bp-cell-output");
    this.output = this.place.querySelector("pre code");
    this.built = this.output.textContent;
    this.page = location.pathname;
    this.bar.querySelector("button").addEventListener("click", () => this.open());
  }

  disconnectedCallback() {
    if (this.busy) python.stop(this);
  }

  get busy() {
    return Boolean(python?.isBusy(this));
  }

  get text() {
    return this.editor ? this.editor.value : this.code;
  }

  async open() {
    if (await this.edit()) this.run();
  }

  // Put the editor in the place of the code; true where it was not there.
  async edit() {
    await prepare();
    if (this.editor) return false;
    const place = make("div", {});
    this.editor = mountEditor(place, {
      text: this.code,
      label: "Python code; Control and Enter run it",
      onRun: () => this.run(),
    });
    this.source.hidden = true;
    this.source.after(place);
    this.fillBar();
    // on a touch screen the keyboard would cover the result
    if (matchMedia("(pointer: fine)").matches) this.editor.focus();
    else this.runButton.focus({ preventScroll: true });
    return true;
  }

  fillBar() {
    this.bar.replaceChildren();
    this.runButton = button("Run", () => this.run(), this.bar);
    this.stopButton = button("Stop", () => this.busy && python.stop(this), this.bar);
    button("Reset", () => this.reset(), this.bar);
    button("Run all", () => this.runAll(), this.bar);
    button("Restart", () => this.restart(), this.bar);
    this.bar.append(this.note);
    this.listen();
  }

  // From now on the note and the output tell of runs.
  listen() {
    if (this.meter) return;
    this.meter = make("progress", { max: 1, value: 0, hidden: true });
    this.meter.setAttribute("aria-label", "Loading Python");
    this.note.before(this.meter);
    this.note.setAttribute("role", "status");
    this.output.setAttribute("aria-live", "polite");
  }

  run() {
    if (this.busy) return;
    this.listen();
    this.fresh = true;
    this.setBusy(true);
    python.run(this, this.text, () => {
      this.editor?.markLine(null);
      const all = cells();
      const blocks = all.map((cell) => cell.text);
      return { code: this.text, page: this.page, blocks, index: all.indexOf(this) };
    });
  }

  runAll() {
    for (const cell of cells()) cell.run?.();
  }

  restart() {
    for (const cell of cells()) if (cell.busy) python.stop(cell);
    python.forget(this.page);
    this.note.textContent = "The variables of this page are gone.";
  }

  setBusy(busy) {
    this.runButton?.setAttribute("aria-disabled", busy);
    this.stopButton?.setAttribute("aria-disabled", !busy);
    this.output.setAttribute("aria-busy", busy);
  }

  showWaiting() {
    this.note.textContent = "Waiting ...";
  }

  showRunning() {
    this.meter.hidden = python.ready;
    this.note.textContent = python.ready ? "Running ..." : "Loading Python ...";
  }

  showProgress(share) {
    if (share) this.meter.value = share;
    if (python.ready && python.running?.client === this) this.showRunning();
  }

  // The old output stays until there is a new one.
  print(text) {
    this.output.textContent = (this.fresh ? "" : this.output.textContent) + text;
    this.fresh = false;
    this.place.hidden = false;
    this.classList.remove("bp-cell-failed");
  }

  finish({ stopped, error, line, before, ms }) {
    const printed = !this.fresh;
    if (!printed && !stopped) this.output.textContent = "";
    if (error) this.print(printed ? `\n${error}` : error);
    if (!this.output.textContent) this.place.hidden = !this.built;
    this.classList.toggle("bp-cell-failed", Boolean(error));
    this.meter.hidden = true;
    this.setBusy(false);
    if (line) this.editor?.markLine(line);
    if (stopped) this.note.textContent = stopped;
    else if (error) this.note.textContent = "It ended with an error.";
    else this.note.textContent = this.took({ printed, before, ms });
  }

  took({ printed, before, ms }) {
    const time = ms < 1000 ? `${Math.ceil(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
    const blocks = before === 1 ? "the block" : `the ${before} blocks`;
    const also = before ? `, with ${blocks} above that it stands on` : "";
    return `It took ${time}${also}${printed ? "" : ", and printed nothing"}.`;
  }

  reset() {
    if (this.busy) python.stop(this);
    this.editor.value = this.code;
    this.output.textContent = this.built;
    this.place.hidden = !this.built;
    this.classList.remove("bp-cell-failed");
    this.note.textContent = "As it was.";
    this.editor.focus();
  }
}

customElements.define("bp-cell", Cell);
