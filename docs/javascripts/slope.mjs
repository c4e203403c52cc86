// One slope, two graphs: z on the slider, or dragged along any of the three curves.
import {
  sigmoid,
  sigmoidDerivative,
  sigmoidDerivativeFromOutput,
} from "./maths.mjs";
import { Figure, between, place, scale, shown, signed } from "./parts.mjs";

class Slope extends Figure {
  start() {
    const { drawing, slider } = this.parts;
    this.scales = {};
    for (const name of ["z", "a", "output", "slope"]) {
      this.scales[name] = scale(drawing.dataset[name]);
    }
    this.slide(drawing, slider);
  }

  /** Left of the gap a place stands for z, right of it for a. */
  moveTo({ x }) {
    const { slider, drawing } = this.parts;
    const [, , , end] = drawing.dataset.z.split(" ").map(Number);
    const [, , begin] = drawing.dataset.a.split(" ").map(Number);
    const a = between(0.001, this.scales.a.inverse(x), 0.999);
    slider.value = x < (end + begin) / 2 ? this.scales.z.inverse(x) : Math.log(a / (1 - a));
    this.draw();
    return true;
  }

  sentence() {
    const z = this.parts.slider.valueAsNumber;
    return `z ${signed(z, 1)}, output ${signed(sigmoid(z))}, slope ${signed(sigmoidDerivative(z))}`;
  }

  draw() {
    const parts = this.parts;
    const z = parts.slider.valueAsNumber;
    const a = sigmoid(z);
    const slope = sigmoidDerivative(z);
    const fedA = sigmoidDerivative(a);
    const fedZ = sigmoidDerivativeFromOutput(z);
    const at = this.scales;
    const [zX, aX] = [at.z(z), at.a(a)];
    const [aY, slopeY] = [at.output(a), at.slope(slope)];

    const reach = Number(parts.drawing.dataset.tangent);
    place(parts.tangent, {
      x1: at.z(z - reach),
      y1: at.output(a - reach * slope),
      x2: at.z(z + reach),
      y2: at.output(a + reach * slope),
    });
    place(parts.around, { d: `M${zX} ${at.slope(0)}V${aY}H${aX}V${at.slope(0)}` });
    place(parts.join, { x1: zX, y1: slopeY, x2: aX, y2: slopeY });
    place(parts["on-sigmoid"], { cx: zX, cy: aY });
    place(parts["on-bell"], { cx: zX, cy: slopeY });
    place(parts["on-parabola"], { cx: aX, cy: slopeY });
    place(parts["fed-a"], { cx: at.z(a), cy: at.slope(fedA) });
    place(parts["fed-a-name"], { x: at.z(a) + 9, y: at.slope(fedA) - 3 });
    this.drawFedZ(z, fedZ);

    const write = (part, text) => (parts[part].textContent = text);
    shown(parts.least, z > -4); // where the number of z would stand on it
    shown(parts.most, z < 4);
    shown(parts.none, a > 0.35);
    shown(parts.full, a < 0.65);
    place(parts.slope, { y: slopeY - 5 });
    place(parts.output, { y: aY - 5 });
    place(parts.z, { x: zX });
    place(parts.a, { x: aX });
    write("slope", signed(slope));
    write("output", signed(a));
    write("z", `z = ${signed(z, 1)}`);
    write("a", `a = ${signed(a, 2)}`);
    write("given-z", `z = ${signed(z, 1)}`);
    write("given-a", `a = ${signed(a)}`);
    write("from-z-of-z", signed(slope));
    write("from-z-of-a", signed(fedA));
    write("from-a-of-z", signed(fedZ));
    write("from-a-of-a", signed(sigmoidDerivativeFromOutput(a)));
    place(parts.slider, { "aria-valuetext": this.sentence() });
  }

  /** On the parabola where z could be an output; else an arrow that leaves the picture. */
  drawFedZ(z, fedZ) {
    const { "fed-z": ring, "fed-z-name": name, below } = this.parts;
    const { a: x, slope: y } = this.scales;
    const inside = z >= 0 && z <= 1;
    shown(ring, inside);
    shown(below, !inside);
    const [side, shift] = z < 0.5 ? ["bp-start", 9] : ["bp-before", -9];
    place(name, {
      class: `bp-wrong ${inside ? side : "bp-middle"}`,
      x: inside ? x(z) + shift : x(0.5),
      y: inside ? Math.min(y(fedZ) + 19, y(0) - 6) : y(0) - 8,
    });
    if (inside) place(ring, { cx: x(z), cy: y(fedZ) });
  }
}

customElements.define("bp-slope", Slope);
