// When the output is enough: any activation, at any stop that the build has computed.
import { Figure, between, place, scale, shown, signed } from "./parts.mjs";

const short = (value) => String(value).replace("-", "\u2212");

/** Numbers that are written as changes, each from the one before. */
const whole = (changes) => {
  let now = 0;
  return changes ? changes.split(" ").map((change) => (now += Number(change))) : [];
};
const thousandths = (changes) => whole(changes).map((number) => number / 1000);

class Output extends Figure {
  start() {
    const { chosen, witness, slider, drawing } = this.parts;
    this.courses = JSON.parse(this.dataset.courses);
    this.ends = this.dataset.ends.split(" ").map(Number);
    this.on(chosen, "change", () => {
      this.choose();
      slider.value = this.now.best ?? Math.round(this.now.a.length * 0.7);
      this.draw();
    });
    this.on(witness, "click", () => {
      slider.value = this.now.best;
      this.draw();
    });
    this.choose();
    this.slide(drawing, slider);
  }

  /** The course of the chosen activation, with its curves and its axes. */
  choose() {
    const { parts } = this;
    const [left, leftEnd, right, rightEnd, bottom, top] = this.ends;
    const [z, a, slope, kinks, stops, otherZ, otherSlope, best, aRange, slopeRange, formula] =
      this.courses[parts.chosen.value];
    const pairs = Object.fromEntries(
      whole(stops).map((k, n) => [k, [thousandths(otherZ)[n], thousandths(otherSlope)[n]]]),
    );
    this.now = { z, a: thousandths(a), slope: thousandths(slope), kinks, pairs, best, formula };
    this.at = {
      z: scale([...z, left, leftEnd].join(" ")),
      up: scale([...aRange, bottom, top].join(" ")),
      a: scale([...aRange, right, rightEnd].join(" ")),
      slope: scale([...slopeRange, bottom, top].join(" ")),
    };
    for (const [name, ends] of Object.entries({ z, a: aRange, up: aRange, slope: slopeRange }))
      ["low", "high"].forEach((end, k) => {
        parts[`${name}-${end}`].textContent = short(ends[k]);
      });
    for (const name of ["up", "slope"]) {
      const y = this.at[name](0);
      place(parts[`${name}-zero`], { y1: y, y2: y });
    }
    this.drawCurves();
    parts.witness.disabled = best === null;
  }

  zOf(stop) {
    const [low, high] = this.now.z;
    return low + ((high - low) * stop) / (this.now.a.length - 1);
  }

  drawCurves() {
    const { at, now, parts } = this;
    const point = (x, y) => `${+x.toFixed(1)} ${+y.toFixed(1)}`;
    const overZ = now.a.map((a, k) => point(at.z(this.zOf(k)), at.up(a)));
    let overA = "M";
    now.a.forEach((a, k) => {
      const [before, after] = now.kinks[k] ?? [now.slope[k], now.slope[k]];
      overA += `${k && overA.at(-1) !== "M" ? "L" : ""}${point(at.a(a), at.slope(before))}`;
      if (before !== after) overA += `M${point(at.a(a), at.slope(after))}`;
    });
    place(parts["over-z"], { d: `M${overZ.join("L")}` });
    place(parts["over-a"], { d: overA });
  }

  /** Left of the gap a place stands for z, right of it for an output. */
  moveTo({ x }) {
    const { at, now, parts } = this;
    const last = now.a.length - 1;
    if (x < (this.ends[1] + this.ends[2]) / 2) {
      const [low, high] = now.z;
      parts.slider.value = ((at.z.inverse(x) - low) / (high - low)) * last;
    } else {
      const wanted = at.a.inverse(between(this.ends[2], x, this.ends[3]));
      const far = now.a.map((a) => Math.abs(a - wanted));
      const nearest = Math.min(...far);
      const held = parts.slider.valueAsNumber; // of several such places the nearest
      const places = [...far.keys()].filter((k) => far[k] <= nearest + 1e-9);
      parts.slider.value = places.reduce((one, other) =>
        Math.abs(other - held) < Math.abs(one - held) ? other : one,
      );
    }
    this.draw();
    return true;
  }

  sentence() {
    return this.verdict()[0];
  }

  verdict() {
    const { now, parts } = this;
    if (now.pairs[parts.slider.value])
      return ["✗ one output, and different slopes: a witness", true];
    if (now.best !== null) return ["✓ one slope for this output, but not for every output"];
    return [`✓ one slope for each output${now.formula && `: ${now.formula}`}`];
  }

  tangent(part, z, a, slope) {
    const along = this.at.z(1) - this.at.z(0);
    const up = slope * (this.at.up(1) - this.at.up(0));
    const run = this.ends[6] / Math.hypot(along, up);
    const [x, y] = [this.at.z(z), this.at.up(a)];
    place(this.parts[part], {
      x1: x - run * along, x2: x + run * along, y1: y - run * up, y2: y + run * up,
    });
  }

  draw() {
    const { at, now, parts } = this;
    const k = parts.slider.valueAsNumber;
    const [z, a, slope, pair] = [this.zOf(k), now.a[k], now.slope[k], now.pairs[k]];
    const [otherZ, otherSlope] = pair ?? [z, slope];
    place(parts.level, { y1: at.up(a), y2: at.up(a) });
    place(parts.upright, { x1: at.a(a), x2: at.a(a) });
    place(parts.point, { cx: at.z(z), cy: at.up(a) });
    place(parts["point-slope"], { cx: at.a(a), cy: at.slope(slope) });
    place(parts.pair, { cx: at.z(otherZ), cy: at.up(a) });
    place(parts["pair-slope"], { cx: at.a(a), cy: at.slope(otherSlope) });
    this.tangent("tangent", z, a, slope);
    this.tangent("pair-tangent", otherZ, a, otherSlope);
    const inSight = pair && otherZ >= now.z[0] && otherZ <= now.z[1];
    for (const part of ["pair", "pair-tangent"]) shown(parts[part], inSight);
    shown(parts["pair-slope"], pair);
    const values = { z: [z, otherZ, 2], a: [a, a], s: [slope, otherSlope] };
    for (const [name, [here, there, digits]] of Object.entries(values)) {
      parts[`here-${name}`].textContent = signed(here, digits);
      parts[`there-${name}`].textContent = pair ? signed(there, digits) : "–";
    }
    const [said, bad] = this.verdict();
    if (parts.said.textContent !== said) parts.said.textContent = said;
    parts.said.classList.toggle("bp-bad", Boolean(bad));
    const spoken = `z ${signed(z, 2)}, output ${signed(a)}, slope ${signed(slope)}`;
    place(parts.slider, { "aria-valuetext": spoken });
  }
}

customElements.define("bp-output", Output);
