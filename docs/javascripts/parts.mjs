// What the figures share.  The build draws them, controls and all; a module only moves
// what is there, so nothing is drawn twice and nothing shifts.

/** A figure: its parts by name, and listeners that end when it leaves the page. */
export class Figure extends HTMLElement {
  connectedCallback() {
    this.left = new AbortController();
    this.parts = {};
    for (const part of this.querySelectorAll("[data-part]")) {
      this.parts[part.dataset.part] = part;
    }
    this.start();
  }

  disconnectedCallback() {
    this.left.abort();
  }

  on(target, event, listener) {
    target.addEventListener(event, listener, { signal: this.left.signal });
  }

  /** Call `move(x, y, part)` in the drawing's units, from a press to its release. */
  drag(svg, { press, move, release }) {
    const at = (event) => {
      const matrix = svg.getScreenCTM().inverse();
      return new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    };
    this.on(svg, "pointerdown", (event) => {
      if (event.button !== 0 || !press(at(event), event.target)) return;
      event.preventDefault(); // no text is selected on the way
      svg.setPointerCapture(event.pointerId);
    });
    this.on(svg, "pointermove", (event) => {
      if (svg.hasPointerCapture(event.pointerId)) move(at(event));
    });
    this.on(svg, "lostpointercapture", () => release());
  }

  /** Draw at the slider's value, which is also moved by dragging along the drawing. */
  slide(drawing, slider) {
    this.on(slider, "input", () => this.draw());
    this.drag(drawing, {
      press: (point) => this.moveTo(point),
      move: (point) => this.moveTo(point),
      release: () => (this.parts.said.textContent = this.sentence()),
    });
    this.draw();
  }
}

/** A scale that the build wrote down: "low high start end". */
export function scale(text) {
  const [low, high, start, end] = text.split(" ").map(Number);
  const to = (value) => start + ((value - low) / (high - low)) * (end - start);
  to.inverse = (place) => low + ((place - start) / (end - start)) * (high - low);
  return to;
}

export function place(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    const rounded = typeof value === "number" ? Number(value.toFixed(2)) : value;
    element.setAttribute(name, rounded);
  }
}

export function shown(element, visible) {
  element.toggleAttribute("data-hidden", !visible);
}

/** A number with the minus sign of print, and no minus before 0. */
export function signed(value, digits = 3) {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text.replace("-", "\u2212");
}

export const between = (low, value, high) => Math.min(Math.max(value, low), high);

/** The corners of a path of straight lines. */
export const corners = (d) =>
  d.slice(1).split("L").map((point) => point.split(" ").map(Number));
