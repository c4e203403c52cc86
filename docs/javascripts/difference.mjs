// Check a gradient: the step on the slider; all numbers were computed in the build.
import { corners, Figure, place } from "./parts.mjs";

class Difference extends Figure {
  start() {
    const { central, slider } = this.parts;
    this.stops = JSON.parse(this.dataset.stops);
    const points = corners(central.getAttribute("d"));
    const each = (points.length - 1) / (this.stops.length - 1);
    this.points = this.stops.map((_, at) => points[at * each]);
    this.on(slider, "input", () => this.draw());
    this.on(slider, "change", () => (this.parts.said.textContent = this.sentence()));
    this.draw();
  }

  sentence() {
    return `h ${this.parts.step.textContent}, relative error ${this.parts.error.textContent}`;
  }

  draw() {
    const { parts } = this;
    const at = this.stops.length - 1 - parts.slider.valueAsNumber; // larger to the right
    const [step, up, down, slope, error] = this.stops[at];
    const [cx, cy] = this.points[at];
    place(parts.dot, { cx, cy });
    let shared = 0;
    while (shared < up.length && up[shared] === down[shared]) shared += 1;
    for (const [name, number] of Object.entries({ up, down })) {
      parts[`${name}-shared`].textContent = number.slice(0, shared);
      parts[`${name}-own`].textContent = number.slice(shared);
    }
    Object.entries({ step, slope, error }).forEach(([name, text]) => {
      parts[name].textContent = text;
    });
    place(parts.slider, { "aria-valuetext": this.sentence() });
  }
}

customElements.define("bp-difference", Difference);
