// An editor of Python, for cells and exercises.

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
export function mountEditor(parent, { text = "", label, onRun, onChange }) {
  const wrap = make("div", { className: "bp-cell-editor" }, parent);
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
    if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) onRun();
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
