// The chain rule: every number of a 2-2-1 network can be moved, every factor is shown.
import { backward, forward, numericalSlope, readings, squaredError } from "./maths.mjs";
import { Figure, place, signed } from "./parts.mjs";

const PER_UNIT = 40; // how far a number is dragged, in units of the drawing, to move by 1

class Chain extends Figure {
  start() {
    const { drawing, number, slider } = this.parts;
    this.given = JSON.parse(this.dataset.given);
    this.on(number, "change", () => this.choose(number.value));
    this.on(slider, "input", () => this.move(slider.valueAsNumber));
    this.on(slider, "change", () => this.say());
    for (const radio of this.querySelectorAll("[type=radio]")) {
      this.on(radio, "change", () => {
        this.draw();
        this.say();
      });
    }
    this.drag(drawing, {
      press: ({ x }, target) => this.grasp(x, target.dataset.number),
      move: ({ x }) => this.move(this.from.value + (x - this.from.x) / PER_UNIT),
      release: () => this.say(),
    });
    this.choose(number.value);
  }

  grasp(x, number) {
    if (!number) return false;
    this.choose(number);
    this.from = { x, value: this.get(number) };
    return true;
  }

  /** The array that holds a number, and its place there: "w-0-1-0" or "x-1". */
  holder(number, given = this.given) {
    const [kind, ...indices] = number.split("-");
    const at = indices.map(Number);
    return kind === "x" ? [given.x[0], at[0]] : [given.weights[at[0]][at[1]], at[2]];
  }

  get(number) {
    const [array, i] = this.holder(number);
    return array[i];
  }

  /** An input can be moved as well, but only a weight has a slope to follow. */
  choose(number) {
    this.parts.number.value = number;
    if (number.startsWith("w")) this.followed = number;
    this.parts.slider.value = this.get(number);
    this.draw();
  }

  move(value) {
    this.parts.slider.value = value; // which rounds and limits it
    const [array, i] = this.holder(this.parts.number.value);
    array[i] = this.parts.slider.valueAsNumber;
    this.draw();
  }

  say() {
    const { product, measured, verdict } = this.parts;
    this.parts.said.textContent =
      `product ${product.textContent}, measured ${measured.textContent}: ${verdict.textContent}`;
  }

  costAt(value) {
    const given = structuredClone(this.given);
    const [array, i] = this.holder(this.followed, given);
    array[i] = value;
    return squaredError.value(forward(given, given.x).activations.at(-1), given.y);
  }

  /** The factors of the followed weight from left to right; the first two may be none. */
  factors({ zs, activations }, slope) {
    const [layer, i, j] = this.followed.split("-").slice(1).map(Number);
    const { weights, x, y } = this.given;
    const h = layer ? i : j; // the hidden neuron on the way
    const [a1, a2] = [activations[1][0][h], activations[2][0][0]];
    const last = [slope(zs[1][0][0], a2), a2 - y[0][0]];
    if (layer) return [undefined, undefined, a1, ...last];
    return [x[0][i], slope(zs[0][0][h], a1), weights[1][h][0], ...last];
  }

  draw() {
    const { given, parts } = this;
    const slope = readings[this.querySelector("[type=radio]:checked").value];
    const trace = forward(given, given.x);
    const [layer, i, j] = this.followed.split("-").slice(1).map(Number);
    const gradients = backward(given, trace, given.y, squaredError, slope);
    const product = gradients.weights[layer][i][j];
    const measured = numericalSlope((w) => this.costAt(w), this.get(this.followed));
    this.drawNetwork(trace, layer ? i : j);
    this.drawFactors(this.factors(trace, slope), this.factors(trace, readings["derivative(z)"]));
    const right = Math.abs(product - measured) <= 1e-6 * Math.abs(measured) + 1e-10;
    parts.product.textContent = signed(product, 6);
    parts.measured.textContent = signed(measured, 6);
    parts.verdict.textContent = right ? "✓ equal" : "✗ not equal";
    parts.verdict.className = right ? "bp-good" : "bp-bad";
    const value = signed(this.get(parts.number.value), 2);
    place(parts.slider, { "aria-valuetext": `${value}, product ${signed(product, 6)}` });
  }

  drawNetwork({ zs, activations }, h) {
    const { parts } = this;
    const way = new Set([this.followed, `w-1-${h}-0`]);
    for (const { value: number } of parts.number.options) {
      parts[number].textContent = signed(this.get(number), 2);
      parts[`${number}-edge`]?.classList.toggle("bp-way", way.has(number));
      parts[number].classList.toggle("bp-chosen", number === parts.number.value);
    }
    const inLayer = this.followed.startsWith("w-0");
    const neurons = [
      ["h-0", zs[0][0][0], activations[1][0][0], inLayer && h === 0],
      ["h-1", zs[0][0][1], activations[1][0][1], inLayer && h === 1],
      ["o", zs[1][0][0], activations[2][0][0], true],
    ];
    for (const [name, z, a, onWay] of neurons) {
      parts[`${name}-z`].textContent = `z ${signed(z, 2)}`;
      parts[`${name}-a`].textContent = `a ${signed(a, 2)}`;
      parts[`${name}-node`].classList.toggle("bp-way", onWay);
    }
    const cost = squaredError.value(activations[2], this.given.y);
    parts.cost.textContent = `C = ${signed(cost, 4)}`;
  }

  drawFactors(used, right) {
    const { parts } = this;
    const long = this.followed.startsWith("w-0");
    const [i, h] = this.followed.split("-").slice(2).map((at) => "₁₂"[at]);
    const names = long
      ? [[`x${i}`, "input"], ["da/dz", `of h${h}`], ["w", `h${h} → o`]]
      : [["", ""], ["", ""], ["a", `of h${i}`]];
    names.forEach(([name, place], at) => {
      parts[`name-${at}`].textContent = name;
      parts[`place-${at}`].textContent = place;
    });
    const { options } = parts.number;
    const { text } = [...options].find(({ value }) => value === this.followed);
    parts.followed.textContent = text;
    used.forEach((factor, i) => {
      const wrong = factor !== undefined && Math.abs(factor - right[i]) > 1e-9;
      parts[`factor-${i}`].textContent = factor === undefined ? "" : signed(factor);
      parts[`factor-${i}`].className = wrong ? "bp-bad" : "";
      parts[`right-${i}`].textContent = wrong ? `✗ not ${signed(right[i])}` : "";
    });
  }
}

customElements.define("bp-chain", Chain);
