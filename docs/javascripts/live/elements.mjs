// What cells and exercises make of HTML.

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
