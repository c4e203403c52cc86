// Descent: the post's network under two readings, stepped, run and reset.
import { readings, sumOfSquares, train } from "./maths.mjs";
import { Figure, between, place, scale, signed } from "./parts.mjs";

const SIDES = ["one", "other"];
const NEAR = 0.1; // outputs no farther from ½ are near it, as in the build
const PACE = 40; // milliseconds for each point of the curves at speed 1: five seconds in all

class Descent extends Figure {
  start() {
    const { drawing, run, step, reset, scrubber, speed } = this.parts;
    this.given = JSON.parse(this.dataset.given);
    this.last = this.given.steps.at(-1);
    this.now = this.last;
    this.courses = {};
    this.scales = {};
    for (const name of ["time", "cost", ...SIDES]) {
      this.scales[name] = scale(drawing.dataset[name]);
    }
    this.on(run, "click", () => (this.timer ? this.pause() : this.run()));
    this.on(step, "click", () => this.show(this.now === this.last ? 1 : this.now + 1));
    this.on(reset, "click", () => this.show(0));
    this.on(scrubber, "input", () => this.show(this.given.steps[scrubber.valueAsNumber]));
    this.on(speed, "change", () => this.timer && this.play());
    for (const side of SIDES) {
      this.on(this.parts[side], "change", () => this.show(this.now));
    }
    this.left.signal.addEventListener("abort", () => clearInterval(this.timer));
  }

  /** All that one reading does from the start; made once, when it is first asked for. */
  course(name) {
    const { weights, x, y, stepSize } = this.given;
    this.courses[name] ??= train(
      { weights }, x, y, sumOfSquares, this.last, stepSize, readings[name],
    );
    return this.courses[name];
  }

  run() {
    if (this.now === this.last) this.draw(0);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.show(this.last);
      return;
    }
    this.parts.run.textContent = "Pause";
    this.play();
  }

  /** Go on at the speed that is chosen now. */
  play() {
    clearInterval(this.timer);
    this.timer = setInterval(() => {
      this.draw(this.given.steps.find((step) => step > this.now));
      if (this.now === this.last) this.pause();
    }, PACE / Number(this.parts.speed.value));
  }

  pause() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.parts.run.textContent = "Run";
    this.show(this.now);
  }

  /** Draw, and say once what is to be seen. */
  show(step) {
    if (this.timer) {
      this.now = step;
      this.pause();
      return;
    }
    this.draw(step);
    const costs = SIDES.map((side) => this.parts[`${side}-cost-value`].textContent);
    this.parts.said.textContent = `${this.parts.steps.textContent}: cost ${costs.join(" and ")}`;
  }

  draw(step) {
    this.now = step;
    const count = step.toLocaleString("en");
    this.parts.steps.textContent = `after ${count} step${step === 1 ? "" : "s"}`;
    const { steps } = this.given;
    this.parts.scrubber.value = steps.findLastIndex((at) => at <= step);
    place(this.parts.scrubber, { "aria-valuetext": this.parts.steps.textContent });
    for (const side of SIDES) this.drawSide(side);
  }

  drawSide(side) {
    const parts = this.parts;
    const [name, verdict] = parts[side].selectedOptions[0].textContent.split(", ");
    const { costs, outputs } = this.course(parts[side].value);
    const at = Math.min(this.now, costs.length - 1);
    const coloured = ["cost", "ghost", "now", "key"];
    coloured.push(...outputs[at].map((_, row) => `output-${row}`));
    for (const what of coloured)
      parts[`${side}-${what}`].classList.toggle("bp-wrong", verdict === "wrong");
    place(parts[`${side}-cost`], { d: this.path(costs, at) });
    place(parts[`${side}-ghost`], { d: this.path(costs, costs.length - 1) });
    const [cx, cy] = this.point(costs, at);
    place(parts[`${side}-now`], { cx, cy });
    outputs[at].forEach((a, row) => {
      place(parts[`${side}-output-${row}`], { cx: this.scales[side](a) });
    });
    const right = outputs[at].filter((a, row) => (a - 0.5) * (this.given.y[row][0] - 0.5) > 0);
    parts[`${side}-name`].textContent = name;
    parts[`${side}-title`].textContent = `outputs with ${name}`;
    parts[`${side}-cost-value`].textContent =
      at < this.now ? `overflow after ${at + 1}` : signed(costs[at], 4);
    const near = outputs[at].every((a) => Math.abs(a - 0.5) <= NEAR);
    parts[`${side}-learned-value`].textContent =
      `${right.length} of 4${near ? ", all near ½" : ""}`;
  }

  point(costs, step) {
    const { time, cost } = this.scales;
    return [time(Math.log10(1 + step)), cost(between(-3, Math.log10(costs[step]), 0.6))];
  }

  /** The curve of the cost up to a step. */
  path(costs, last) {
    const steps = this.given.steps.filter((step) => step < last).concat(last);
    const points = steps.map((step) => this.point(costs, step).map((at) => at.toFixed(1)));
    return `M${points.map((point) => point.join(" ")).join("L")}`;
  }
}

customElements.define("bp-descent", Descent);
