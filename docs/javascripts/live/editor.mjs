// An editor of Python, for cells and exercises: CodeMirror, or where the site was built
// without it, a text area.

import { mount } from "./codemirror.mjs"; // the build makes it
import { make } from "./elements.mjs";

// The next line begins where this one does, or deeper after a colon.
function breakLine({ value, selectionStart }) {
  const before = value.slice(0, selectionStart);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const deeper = /:\s*(#.*)?$/.test(line) ? "    " : "";
  const indent = line.match(/^[ \t]*/)[0] + deeper;
  document.execCommand("insertText", false, `\n${indent}`); // keeps the undo list
}

// onRun is called by Control and Enter, onChange after each change that a reader makes.
// markLine(n) marks a line of the text as it was at the last markLine(null).
export function mountEditor(parent, { text = "", label, onRun, onChange }) {
  const wrap = make("div", { className: "bp-cell-editor" }, parent);
  const options = { text, label, onRun, onChange };
  return mount ? mount(wrap, options) : mountArea(wrap, options);
}

function mountArea(wrap, { text, label, onRun, onChange }) {
  const mark = make("div", { className: "bp-cell-mark", hidden: true }, wrap);
  const area = make(
    "textarea",
    { spellcheck: false, wrap: "off", autocomplete: "off", autocapitalize: "off" },
    wrap,
  );
  area.setAttribute("aria-label", label);
  const fit = () => {
    area.rows = area.value.split("\n").length;
    mark.hidden = true;
  };
  area.addEventListener("input", () => {
    fit();
    onChange?.();
  });
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey || event.shiftKey) onRun?.();
    else breakLine(area);
  });
  const editor = {
    get value() {
      return area.value;
    },
    set value(code) {
      area.value = code;
      fit();
    },
    focus: () => area.focus({ preventScroll: true }),
    markLine(line) {
      mark.hidden = line === null;
      if (line !== null) mark.style.setProperty("--line", line - 1);
    },
  };
  editor.value = text;
  return editor;
}
