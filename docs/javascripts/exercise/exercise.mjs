// <bp-exercise>: a task, an answer, and a verdict that names the mistake.  Nothing of
// Python is loaded before the reader asks for it.

import { button, make } from "../live/elements.mjs";
import { dropAnswer, keepAnswer, keptAnswer, solve, solved } from "./progress.mjs";

let python, mountEditor, show;

// What only an answer in code needs.
async function prepare() {
  ({ python } = await import("../live/python.mjs"));
  ({ mountEditor } = await import("../live/editor.mjs"));
  ({ show } = await import("../live/aligned.mjs"));
}

const SITE = new URL("../../", import.meta.url);

// Words between backticks are code.
function say(element, text) {
  element.replaceChildren(
    ...text.split("`").map((part, k) => (k % 2 ? make("code", { textContent: part }) : part)),
  );
}

const WORDS = { right: "✓ right", wrong: "✗ not right", missing: "… to be written" };

class Exercise extends HTMLElement {
  connectedCallback() {
    if (this.verdict) return;
    this.bar = this.querySelector(".bp-cell-bar");
    this.solution = this.querySelector(".bp-exercise-solution");
    this.verdict = make("div", { className: "bp-exercise-verdict" });
    this.verdict.setAttribute("role", "status");
    this.hints = make("ol", { className: "bp-exercise-hints", hidden: true });
    this.hints.setAttribute("aria-live", "polite");
    this.bar.after(this.verdict, this.hints);
    this.bar.querySelector("button").addEventListener("click", () => this.begin());
    if (solved().has(this.dataset.name)) this.mark();
  }

  disconnectedCallback() {
    if (this.busy) python.stop(this);
  }

  get busy() {
    return Boolean(python?.isBusy(this));
  }

  async begin() {
    try {
      const code = this.dataset.kind === "code";
      await Promise.all([this.listen(), code && prepare()]);
      if (code) this.open();
      else this.choose();
    } catch {
      say(this.verdict, "The exercise could not be loaded. Is there a network?");
    }
  }

  // What is said of answers is asked for with the first of them.
  async listen() {
    this.told ??= await (await fetch(new URL(this.dataset.told, SITE))).json();
  }

  mark() {
    this.querySelector(".bp-exercise-mark").textContent = "✓ solved";
    this.classList.add("bp-exercise-solved");
  }

  pass() {
    this.mark();
    if (!solve(this.dataset.name)) {
      const note = "This browser does not keep what you have solved.";
      make("p", { textContent: note, className: "bp-cell-note" }, this.verdict);
    }
    this.offerSolution("Why, and a solution");
  }

  offerSolution(label = "Show the solution") {
    this.solutionButton ??= button(label, () => this.showSolution(), this.bar);
    if (!this.solution.open) this.solutionButton.textContent = label;
  }

  showSolution() {
    this.classList.add("bp-exercise-shown");
    this.solution.open = true;
    this.solution.querySelector("summary").focus();
    this.solutionButton.remove();
    this.compare();
  }

  // The solution of a program stands beside the reader's own.
  async compare() {
    const own = this.editor?.value;
    if (!own || !this.classList.contains("bp-exercise-shown")) return;
    const { beside } = await import("./beside.mjs");
    this.pair ??= make("div", { className: "bp-exercise-pair" });
    const shown = this.solution.querySelector(".highlight");
    shown.hidden = true;
    shown.before(this.pair);
    beside(this.pair, own, shown.textContent);
  }

  // A choice needs no Python.
  choose() {
    const chosen = this.querySelector("input:checked");
    if (!chosen) return say(this.verdict, "Choose an answer first.");
    const k = Number(chosen.value);
    this.verdict.innerHTML = this.told.told[k];
    this.show(k === this.told.right);
    if (k === this.told.right) this.pass();
    else this.offerSolution();
  }

  show(right) {
    this.verdict.classList.toggle("bp-exercise-right", right);
    this.verdict.classList.toggle("bp-exercise-wrong", !right);
  }

  open() {
    if (this.editor) return;
    const source = this.querySelector(".highlight");
    this.code = source.querySelector("pre code").textContent.replace(/\n$/, "");
    const place = make("div", { className: "bp-exercise-answer" });
    this.editor = mountEditor(place, {
      text: keptAnswer(this.dataset.name) ?? this.code,
      label: "Your answer in Python; Control and Enter check it",
      onRun: () => this.check(),
      onChange: () => keepAnswer(this.dataset.name, this.editor.value),
    });
    source.hidden = true;
    source.after(place);
    this.fillBar();
    if (!python.worker) python.begin(this.dataset); // while the reader writes
    if (matchMedia("(pointer: fine)").matches) this.editor.focus();
    else this.checkButton.focus({ preventScroll: true });
  }

  fillBar() {
    this.bar.replaceChildren();
    this.checkButton = button("Check", () => this.check(), this.bar);
    this.stopButton = button("Stop", () => this.busy && python.stop(this), this.bar);
    this.stopButton.setAttribute("aria-disabled", true);
    button("Reset", () => this.reset(), this.bar);
    this.meter = make("progress", { max: 1, value: 0, hidden: true }, this.bar);
    this.meter.setAttribute("aria-label", "Loading Python");
    this.note = make("span", { className: "bp-cell-note" }, this.bar);
  }

  check() {
    if (this.busy) return;
    this.editor.markLine(null);
    this.printed = "";
    this.checked = this.editor.value;
    this.setBusy(true);
    python.run(this, this.checked, { after: this.told.after });
    this.compare();
  }

  setBusy(busy) {
    this.checkButton.setAttribute("aria-disabled", busy);
    this.stopButton.setAttribute("aria-disabled", !busy);
    this.verdict.setAttribute("aria-busy", busy);
  }

  showWaiting() {
    this.note.textContent = "Waiting for what runs before it ...";
  }

  showRunning() {
    this.meter.hidden = python.ready;
    this.note.textContent = python.ready ? "Checking ..." : "Loading Python ...";
  }

  showProgress(share) {
    if (share) this.meter.value = share;
    if (python.running?.client === this) this.showRunning();
  }

  print(text) {
    this.printed += text;
  }

  finish({ stopped, error, line, graded }) {
    this.meter.hidden = true;
    this.setBusy(false);
    this.note.textContent = "";
    if (stopped) return say(this.verdict, [stopped, error].filter(Boolean).join(" "));
    if (line) this.editor.markLine(line);
    if (error) this.showError(error);
    else this.showGrade(graded);
    if (this.printed) show(make("pre", {}, this.verdict), this.printed);
    if (graded?.passed) this.pass();
    else this.helpOn();
  }

  showError(error) {
    say(this.verdict, "It ended with an error.");
    make("pre", { textContent: error }, this.verdict);
    this.show(false);
  }

  showGrade({ passed, verdict, parts }) {
    say(this.verdict, verdict);
    this.show(passed);
    if (Object.keys(parts).length < 2) return;
    const list = make("ul", {}, this.verdict);
    for (const [name, word] of Object.entries(parts)) {
      const item = make("li", { className: `bp-part-${word}` }, list);
      make("code", { textContent: name }, item);
      item.append(` ${WORDS[word]}`);
    }
  }

  // Another attempt gets another hint.
  helpOn() {
    this.offerSolution();
    if (this.checked === this.before) return;
    this.before = this.checked;
    const next = this.told.hints.shift();
    if (!next) return;
    this.hints.hidden = false;
    make("li", { innerHTML: next }, this.hints);
  }

  reset() {
    if (this.busy) python.stop(this);
    this.editor.value = this.code;
    dropAnswer(this.dataset.name);
    this.verdict.replaceChildren();
    this.verdict.classList.remove("bp-exercise-right", "bp-exercise-wrong");
    this.editor.focus();
  }
}

customElements.define("bp-exercise", Exercise);
