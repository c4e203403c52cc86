// By hand: the numbers that the build has drawn appear step by step.
import { Figure, between, place, shown } from "./parts.mjs";

class Hand extends Figure {
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
    for (const number of this.querySelectorAll("[data-step]")) {
      shown(number, Number(number.dataset.step) <= this.now);
      const isNew = Number(number.dataset.step) === this.now && this.now < this.last;
      number.classList.toggle("bp-new", isNew);
    }
    for (const sentence of this.querySelectorAll("[data-sentence]"))
      shown(sentence, Number(sentence.dataset.sentence) === this.now);
    place(this.parts.slider, { "aria-valuetext": `step ${this.now} of ${this.last}` });
  }
}

customElements.define("bp-hand", Hand);
