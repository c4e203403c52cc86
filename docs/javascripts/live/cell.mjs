// <bp-cell>: a block of the page that the reader can edit and run.  Nothing of Python is
// loaded before the reader asks for it, or is about to.

import { button, codeOf, make } from "./elements.mjs";
import { show } from "./aligned.mjs";
import { onIntent } from "./intent.mjs";
import { addressOf, keepEdit, keptEdit, sharedWith } from "./kept.mjs";
import { python } from "./python.mjs";

let mountEditor; // only an open cell needs it

const cells = () => [...document.querySelectorAll("bp-cell")];

class Cell extends HTMLElement {
  connectedCallback() {
    if (this.bar) return;
    this.bar = this.querySelector(".bp-cell-bar");
    this.note = this.bar.querySelector(".bp-cell-note");
    this.source = this.querySelector(".highlight");
    this.code = codeOf(this.source.querySelector("pre code").textContent);
    this.place = this.querySelector(".bp-cell-output");
    this.output = this.place.querySelector("pre code");
    this.built = this.output.textContent;
    this.page = location.pathname;
    const first = this.bar.querySelector("button");
    first.addEventListener("click", () => this.open());
    onIntent(first, () => this.prepare());
    queueMicrotask(() => this.bringBack()); // when all cells of the page are there
  }

  // What the address or the browser has for this block is shown, and does not run.
  async bringBack() {
    const all = cells();
    const shared = sharedWith(all.map(({ code }) => code), all.indexOf(this));
    const text = shared ?? keptEdit(this.code);
    if (text === null || text === this.text) return;
    await this.edit(text);
    const why = shared === null ? "Your edit was kept" : "This code is from the address";
    this.note.textContent = `${why}. Reset brings that of the page back.`;
    if (shared !== null) this.scrollIntoView({ block: "center" });
  }

  disconnectedCallback() {
    if (this.busy) python.stop(this);
  }

  get busy() {
    return python.isBusy(this);
  }

  get text() {
    return this.editor ? this.editor.value : this.code;
  }

  prepare() {
    if (!python.worker) python.begin(this.dataset);
    return import("./editor.mjs").catch(() => {}); // the press tells of it
  }

  async open() {
    this.prepare(); // both at once
    if (!(await this.edit(keptEdit(this.code) ?? this.code))) return;
    // on a touch screen the keyboard would cover the result
    if (matchMedia("(pointer: fine)").matches) this.editor.focus();
    else this.runButton.focus({ preventScroll: true });
    this.run();
  }

  // Put the editor in the place of the code; true where it was not there.
  async edit(text) {
    ({ mountEditor } = await import("./editor.mjs"));
    if (this.editor) {
      this.editor.value = text;
      return false;
    }
    const place = make("div", {});
    this.editor = mountEditor(place, {
      text: this.code,
      label: "Python code; Control and Enter run it",
      onRun: () => this.run(),
      onChange: () => this.keep(),
    });
    this.editor.value = text;
    this.source.hidden = true;
    this.source.after(place);
    this.place.hidden = !this.built; // that of a session stood among its lines
    this.fillBar();
    return true;
  }

  fillBar() {
    this.bar.replaceChildren();
    this.runButton = button("Run", () => this.run(), this.bar);
    this.stopButton = button("Stop", () => this.busy && python.stop(this), this.bar);
    button("Reset", () => this.reset(), this.bar);
    const more = button("More", () => this.showMore(more), this.bar);
    more.classList.add("bp-cell-more");
    this.others = make("span", { className: "bp-cell-others" }, this.bar);
    button("Copy", () => this.copy(this.text, "Copied."), this.others);
    button("Share", () => this.share(), this.others);
    button("Run all", () => this.runAll(), this.others);
    button("Restart", () => this.restart(), this.others);
    this.showMore(more, false);
    this.bar.append(this.note);
    this.listen();
    this.setBusy(this.busy);
  }

  // On a narrow screen there is place for the first buttons alone.
  showMore(more, open = more.getAttribute("aria-expanded") === "false") {
    more.setAttribute("aria-expanded", open);
    this.others.toggleAttribute("data-open", open);
  }

  keep() {
    if (keepEdit(this.code, this.text) || this.warned) return;
    this.warned = true;
    this.note.textContent =
      "This edit will be gone with the page: the browser's storage is full or forbidden.";
  }

  async copy(text, done, otherwise = "The browser does not allow copying.") {
    const allowed = navigator.clipboard?.writeText(text).then(() => true);
    this.note.textContent = (await allowed?.catch(() => false)) ? done : otherwise;
  }

  share() {
    const address = new URL(location);
    address.hash = addressOf(this.code, cells().indexOf(this), this.text);
    history.replaceState(history.state, "", address);
    const there = "The address of this page now has your code";
    this.copy(address.href, `${there}, and is copied.`, `${there}.`);
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
      const place = { page: this.page, blocks, index: all.indexOf(this) };
      return { code: this.text, ...place, session: "session" in this.dataset };
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

  showLoading(what) {
    this.note.textContent = what ? `Loading ${what} ...` : "Running ...";
    this.meter.hidden = !what;
    this.meter.value = 0;
  }

  // The old output stays until there is a new one.
  print(text) {
    if (this.fresh) this.clear();
    this.output.textContent += text;
    this.place.hidden = false;
  }

  clear() {
    this.fresh = false;
    this.output.textContent = "";
    this.pictures?.replaceChildren();
    this.classList.remove("bp-cell-failed");
  }

  draw(src, alt) {
    if (this.fresh) this.clear();
    this.pictures ??= make("div", { className: "bp-cell-pictures" }, this);
    make("img", { src, alt }, this.pictures);
  }

  finish({ stopped, error, line, before, ms }) {
    const printed = !this.fresh;
    if (!printed && !stopped) this.clear();
    if (error) this.print(printed ? `\n${error}` : error);
    show(this.output, this.output.textContent);
    if (!this.output.textContent) this.place.hidden = !this.built;
    this.classList.toggle("bp-cell-failed", Boolean(error));
    this.meter.hidden = true;
    this.setBusy(false);
    if (line) this.editor?.markLine(line);
    for (const cell of cells()) cell.forgetOffer();
    if (stopped) this.note.textContent = stopped;
    else if (error) this.note.textContent = "It ended with an error.";
    else this.note.textContent = this.took({ printed, before, ms });
  }

  // What it costs to load Python is of no interest where it is loaded.
  forgetOffer() {
    if (python.ready && !this.meter) this.note.textContent = "";
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
    this.keep();
    this.clear();
    show(this.output, this.built);
    this.place.hidden = !this.built;
    this.note.textContent = "As it was; undo brings your edit back.";
    this.editor.focus();
  }
}

customElements.define("bp-cell", Cell);
addEventListener("hashchange", () => {
  for (const cell of cells()) cell.bringBack();
});
