// <bp-cell>: a block of the page that the reader can edit and run.  Nothing of Python is
// loaded before the reader asks for it.

import { button, make } from "./elements.mjs";

let python, mountEditor;

// What only an open cell needs.
async function prepare() {
  ({ python } = await import("./python.mjs"));
  ({ mountEditor } = await import("./editor.mjs"));
}

class Cell extends HTMLElement {
  connectedCallback() {
    if (this.bar) return;
    this.bar = this.querySelector(".bp-cell-bar");
    this.source = this.querySelector(".highlight");
    this.code = this.source.querySelector("pre code").textContent.replace(/\n$/, "");
    this.output = this.querySelector(".language-text pre code");
    this.built = this.output.textContent;
    this.bar.querySelector("button").addEventListener("click", () => this.open());
  }

  disconnectedCallback() {
    if (this.busy) python.stop(this);
  }

  get busy() {
    return Boolean(python?.isBusy(this));
  }

  async open() {
    await prepare();
    if (this.editor) return;
    const place = make("div", {});
    this.editor = mountEditor(place, {
      text: this.code,
      label: "Python code; Control and Enter run it",
      onRun: () => this.run(),
    });
    this.source.hidden = true;
    this.source.after(place);
    this.fillBar();
    this.output.setAttribute("aria-live", "polite");
    // on a touch screen the keyboard would cover the result
    if (matchMedia("(pointer: fine)").matches) this.editor.focus();
    else this.runButton.focus({ preventScroll: true });
    this.run();
  }

  fillBar() {
    this.bar.replaceChildren();
    this.runButton = button("Run", () => this.run(), this.bar);
    this.stopButton = button("Stop", () => this.busy && python.stop(this), this.bar);
    button("Reset", () => this.reset(), this.bar);
    this.meter = make("progress", { max: 1, value: 0, hidden: true }, this.bar);
    this.meter.setAttribute("aria-label", "Loading Python");
    this.status = make("span", { className: "bp-cell-note" }, this.bar);
    this.status.setAttribute("role", "status");
  }

  run() {
    if (this.busy) return;
    this.fresh = true;
    this.editor.markLine(null);
    python.run(this, this.editor.value);
    this.setBusy(true);
    this.meter.hidden = python.ready;
    this.status.textContent = python.ready ? "Running ..." : "Loading Python ...";
  }

  setBusy(busy) {
    this.runButton.setAttribute("aria-disabled", busy);
    this.stopButton.setAttribute("aria-disabled", !busy);
    this.output.setAttribute("aria-busy", busy);
  }

  showProgress(share) {
    if (share) this.meter.value = share;
    if (!python.ready) return;
    this.meter.hidden = true;
    this.status.textContent = "Running ...";
  }

  // The old output stays until there is a new one.
  print(text) {
    this.output.textContent = (this.fresh ? "" : this.output.textContent) + text;
    this.fresh = false;
    this.classList.remove("bp-cell-failed");
  }

  finish({ stopped, error, line, ms }) {
    const printed = !this.fresh;
    if (!printed && !stopped) this.output.textContent = "";
    if (error) this.print(printed ? `\n${error}` : error);
    this.classList.toggle("bp-cell-failed", Boolean(error));
    this.meter.hidden = true;
    this.setBusy(false);
    if (line) this.editor.markLine(line);
    if (stopped) this.status.textContent = stopped;
    else if (error) this.status.textContent = "It ended with an error.";
    else this.status.textContent = this.took(printed, ms);
  }

  took(printed, ms) {
    const time = ms < 1000 ? `${Math.ceil(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
    return printed ? `It took ${time}.` : `It took ${time}, and printed nothing.`;
  }

  reset() {
    if (this.busy) python.stop(this);
    this.editor.value = this.code;
    this.output.textContent = this.built;
    this.classList.remove("bp-cell-failed");
    this.status.textContent = "As it was.";
    this.editor.focus();
  }
}

customElements.define("bp-cell", Cell);
