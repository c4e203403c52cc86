// The far tail: z and the format on sliders; all numbers were computed in the build.
import { Figure, place, scale } from "./parts.mjs";

class Tail extends Figure {
  start() {
    const { drawing, z, format } = this.parts;
    const formats = this.dataset.formats.split(" ");
    this.formats = formats.flatMap((name, k) => (k % 2 ? [] : [[name, Number(formats[k + 1])]]));
    this.stops = this.dataset.stops.split("|").map((stop) => stop.split(" "));
    this.place = scale(drawing.dataset.place);
    [this.feet, this.high, this.low] = ((a, z, ...heights) => [{ a, z }, ...heights])(
      ...drawing.dataset.rows.split(" ").map(Number),
    );
    for (const slider of [z, format]) {
      this.on(slider, "input", () => this.draw());
      this.on(slider, "change", () => (this.parts.said.textContent = this.sentence()));
    }
    this.draw();
  }

  sentence() {
    const { parts } = this;
    const text = (name) => parts[name].textContent;
    return `${text("z-label")} in ${text("format-label")}: ${text("a-said")}`;
  }

  strokes(bits, foot, start, end) {
    const half = (this.place(1) - this.place(0)) / 2;
    let d = "";
    for (let k = start; k < Math.min(end, bits.length); k++)
      d += `M${(this.place(k) + half).toFixed(2)} ${foot}V${foot - (bits[k] === "1" ? this.high : this.low)}`;
    return d;
  }

  row(name, bits, start, end, lead) {
    const foot = this.feet[name];
    const front = Math.min(lead, end);
    const spans = { front: [0, front], kept: [front, end], lost: [end, bits.length] };
    for (const [part, span] of Object.entries(spans))
      place(this.parts[`${name}-${part}`], { d: this.strokes(bits, foot, ...span) });
    const [x1, x2] = [start, Math.min(end, bits.length)].map((k) => this.place(k).toFixed(1));
    const top = foot - this.high - 5;
    place(this.parts[`${name}-bracket`], {
      d: `M${x1} ${top + 4}L${x1} ${top}L${x2} ${top}L${x2} ${top + 4 * (end <= bits.length)}`,
    });
  }

  draw() {
    const { parts } = this;
    const format = parts.format.valueAsNumber;
    const [name, kept] = this.formats[format];
    const [hex, slope, ...found] = this.stops[parts.z.valueAsNumber];
    const bits = BigInt(`0x${hex}`).toString(2);
    const ones = bits.indexOf("0");
    const write = (part, text) => (parts[part].textContent = text);
    this.row("a", bits, 0, kept, ones);
    const flipped = bits.replace(/./g, (bit) => 1 - bit);
    this.row("z", flipped, ones, ones + kept, ones);
    const [left, s] = [kept - ones, ones === 1 ? "" : "s"];
    const only = `only ones, ${left < 0 ? "rounded to 1" : "no more"}`;
    const more = left > 0 ? `${ones} one${s} in front, and ${left} more` : only;
    write("a-said", `${kept} bits: ${more}`);
    write("z-said", `${kept} bits, all of them after ${ones} zero${s} in front`);
    write("z-label", `z = ${parts.z.valueAsNumber + 1}`);
    write("format-label", name);
    write("slope", slope);
    ["from-output", "mirrored"].forEach((part, k) => {
      const text = found[k * this.formats.length + format];
      let right = 0;
      while (right < text.length && text[right] === slope[right]) right += 1;
      write(`${part}-right`, text.slice(0, right));
      write(`${part}-rest`, text.slice(right));
    });
    place(parts.z, { "aria-valuetext": this.sentence() });
    place(parts.format, { "aria-valuetext": `${name}, ${kept} bits` });
  }
}

customElements.define("bp-tail", Tail);
