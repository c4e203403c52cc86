// What cells and exercises make of HTML, and read from it.

export function make(name, properties, parent) {
  const element = Object.assign(document.createElement(name), properties);
  parent?.append(element);
  return element;
}

// A button that says what it cannot do now by aria-disabled, so that focus stays on it.
export function button(textContent, action, parent) {
  const element = make("button", { type: "button", textContent }, parent);
  element.className = "md-button";
  element.addEventListener("click", action);
  return element;
}

const PROMPT = /^(?:>>>|\.\.\.)(?: |$)/;

// The code of a block; of a session, what stands behind its prompts.
export function codeOf(text) {
  const code = text.replace(/\n$/, "");
  if (!code.startsWith(">>> ")) return code;
  const lines = code.split("\n").filter((line) => PROMPT.test(line));
  return lines.map((line) => line.replace(PROMPT, "")).join("\n");
}
