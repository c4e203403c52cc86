// The home page's figure: the sigmoid at the z of the slider, and what four calls give.
import { readings, sigmoid } from "./maths.mjs";
import { Figure, place, scale, shown, signed } from "./parts.mjs";

const NEAR = [3, 0.12]; // of the numbers at the ends of the axes, as in the build

class Reading extends Figure {
  start() {
    const { drawing, slider } = this.parts;
    this.z = scale(drawing.dataset.z);
    this.output = scale(drawing.dataset.output);
    this.reach = Number(drawing.dataset.reach);
    this.slide(drawing, slider);
  }

  moveTo({ x }) {
    this.parts.slider.value = this.z.inverse(x);
    this.draw();
    return true;
  }

  sentence() {
    const z = this.parts.slider.valueAsNumber;
    const found = Object.values(readings).map((slope) => signed(slope(z, sigmoid(z))));
    return `z ${signed(z, 1)}, output ${signed(sigmoid(z))}, slopes ${found.join(", ")}`;
  }

  /** A piece of the line of this slope through the point, as long whatever it is. */
  line(part, z, a, slope) {
    const along = this.z(1) - this.z(0);
    const up = slope * (this.output(1) - this.output(0));
    const run = this.reach / Math.hypot(along, up);
    const [x, y] = [this.z(z), this.output(a)];
    place(this.parts[part], {
      x1: x - run * along, x2: x + run * along, y1: y - run * up, y2: y + run * up,
    });
  }

  draw() {
    const { parts } = this;
    const z = parts.slider.valueAsNumber;
    const a = sigmoid(z);
    const [x, y] = [this.z(z), this.output(a)];
    for (const [name, slope] of Object.entries(readings)) {
      parts[`${name}-slope`].textContent = signed(slope(z, a));
      this.line(parts[name] ? name : "tangent", z, a, slope(z, a));
    }
    place(parts.upright, { x1: x, x2: x, y2: y });
    place(parts.level, { x2: x, y1: y, y2: y });
    place(parts.point, { cx: x, cy: y });
    place(parts.z, { x });
    place(parts.a, { y: y + 4 });
    parts.z.textContent = parts.given.textContent = `z = ${signed(z, 1)}`;
    parts.a.textContent = `a = ${signed(a, 2)}`;
    shown(parts.least, z + 6 > NEAR[0]);
    shown(parts.most, 6 - z > NEAR[0]);
    shown(parts.none, a > NEAR[1]);
    shown(parts.full, 1 - a > NEAR[1]);
    place(parts.slider, { "aria-valuetext": this.sentence() });
  }
}

customElements.define("bp-reading", Reading);
