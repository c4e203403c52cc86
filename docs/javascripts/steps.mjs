// A figure whose parts, drawn by the build, come and go step by step.
import { Figure, between, place, shown } from "./parts.mjs";

export class Steps extends Figure {
  start() {
    const { slider, first, back, next } = this.parts;
    this.last = Number(slider.max);
    this.on(slider, "input", () => this.show(slider.valueAsNumber));
    this.on(first, "click", () => this.show(0));
    this.on(back, "click", () => this.show(this.now - 1));
    this.on(next, "click", () => this.show(this.now + 1));
    this.show(slider.valueAsNumber);
  }

  show(step) {
    this.now = between(0, step, this.last);
    this.parts.slider.value = this.now;
    for (const part of this.querySelectorAll("[data-step]")) {
      const [from, until = Infinity] = [part.dataset.step, part.dataset.until].map(
        (at) => at && Number(at),
      );
      shown(part, from <= this.now && this.now <= until);
      part.classList.toggle("bp-new", from === this.now && this.now < this.last);
    }
    for (const sentence of this.querySelectorAll("[data-sentence]"))
      shown(sentence, Number(sentence.dataset.sentence) === this.now);
    place(this.parts.slider, { "aria-valuetext": `step ${this.now} of ${this.last}` });
  }
}
