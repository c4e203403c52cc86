// The editor of cells and exercises, which make editor bundles.  It lives in a shadow
// root, where its styles are constructed, so that no policy has to allow inline ones.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
  isolateHistory,
} from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { Annotation, EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

// The colours of the theme's blocks, in both schemes.
const colour = (name) => ({ color: `var(--md-code-hl-${name}-color)` });
const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.definitionKeyword, tags.self], ...colour("keyword") },
  { tag: [tags.bool, tags.null], ...colour("constant") },
  { tag: tags.string, ...colour("string") },
  { tag: tags.number, ...colour("number") },
  { tag: tags.comment, ...colour("comment") },
  { tag: tags.operator, ...colour("operator") },
  { tag: tags.punctuation, ...colour("punctuation") },
  { tag: tags.function(tags.definition(tags.variableName)), ...colour("function") },
  { tag: tags.definition(tags.className), ...colour("function") },
]);

const LOOKS = EditorView.theme({
  "&": { color: "var(--md-code-fg-color)", fontSize: "inherit" },
  "&.cm-focused": { outline: "2px solid var(--bp-right)", outlineOffset: "-2px" },
  ".cm-scroller": {
    fontFamily: "var(--md-code-font-family)",
    lineHeight: "var(--bp-cell-line)",
    overflow: "auto hidden",
  },
  ".cm-content": { padding: "0.772em 0", caretColor: "var(--md-code-fg-color)" },
  ".cm-line": { padding: "0 1.176em 0 0.5em" },
  ".cm-gutters": {
    backgroundColor: "transparent",
    border: "none",
    color: "var(--bp-faint)",
  },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2em", padding: "0 0.3em 0 0" },
  "& .bp-cell-mark": {
    backgroundColor: "color-mix(in srgb, var(--bp-wrong) 22%, transparent)",
    boxShadow: "inset 3px 0 var(--bp-wrong)",
  },
  "& .cm-matchingBracket": { outline: "1px solid var(--bp-faint)" },
});

const setMark = StateEffect.define();
const MARK = Decoration.line({ class: "bp-cell-mark" });
const marks = StateField.define({
  create: () => Decoration.none,
  update(found, { changes, effects, state }) {
    found = found.map(changes);
    for (const effect of effects)
      if (effect.is(setMark))
        found =
          effect.value === null
            ? Decoration.none
            : Decoration.set(MARK.range(state.doc.lineAt(effect.value).from));
    return found;
  },
  provide: (field) => EditorView.decorations.from(field),
});

// A browser that replaces a selection over several lines leaves spans with styles of
// their own, which the policy forbids; so it is done here.
function replace(event, view) {
  const { from, to, empty } = view.state.selection.main;
  const { data, inputType, isComposing } = event;
  if (empty || isComposing || inputType !== "insertText" || !data) return false;
  event.preventDefault();
  const change = { userEvent: "input.type", scrollIntoView: true };
  const insert = () => view.state.update(view.state.replaceSelection(data), change);
  const handlers = view.state.facet(EditorView.inputHandler);
  if (!handlers.some((handle) => handle(view, from, to, data, insert)))
    view.dispatch(insert());
  return true;
}

const ours = Annotation.define(); // a change that the reader has not made

export function mount(parent, { text, label, onRun, onChange }) {
  const root = parent.attachShadow({ mode: "open" });
  const run = () => {
    onRun?.();
    return true;
  };
  let marked; // the text whose lines are spoken of, and what has changed it since
  const listen = EditorView.updateListener.of(({ docChanged, changes, transactions }) => {
    if (!docChanged) return;
    marked.changes = marked.changes.compose(changes);
    if (transactions.some((one) => one.docChanged && !one.annotation(ours))) onChange?.();
  });
  const state = EditorState.create({
    doc: text,
    extensions: [
      Prec.highest(
        keymap.of(["Mod-Enter", "Ctrl-Enter", "Shift-Enter"].map((key) => ({ key, run }))),
      ),
      lineNumbers(),
      highlightSpecialChars(),
      history(),
      python(),
      indentUnit.of("    "),
      EditorState.tabSize.of(4),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      syntaxHighlighting(COLOURS),
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
      EditorView.contentAttributes.of({
        "aria-label": `${label}; Escape, then Tab, leaves`,
        autocapitalize: "off",
        tabindex: "0",
        autocorrect: "off",
      }),
      EditorView.domEventHandlers({ beforeinput: replace }),
      marks,
      LOOKS,
      listen,
    ],
  });
  const view = new EditorView({ state, parent: root, root });
  const begin = () => {
    const { doc } = view.state;
    marked = { doc, changes: view.state.changes() };
  };
  begin();
  return {
    get value() {
      return view.state.doc.toString();
    },
    set value(code) {
      if (code === this.value) return;
      const changes = { from: 0, to: view.state.doc.length, insert: code };
      const annotations = [ours.of(true), isolateHistory.of("full")]; // one step to undo
      view.dispatch({ changes, annotations, effects: setMark.of(null) });
    },
    focus: () => view.focus(),
    // A line of the text as it was when null was last marked, wherever it is by now.
    markLine(line) {
      if (line === null) begin();
      const known = line !== null && line <= marked.doc.lines;
      const place = known ? marked.changes.mapPos(marked.doc.line(line).from, 1) : null;
      view.dispatch({ effects: setMark.of(place) });
    },
  };
}
