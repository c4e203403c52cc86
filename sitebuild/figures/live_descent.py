"""Descent: the post's network under two readings of the slope, from one start."""

import math
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np

from backprop_explained import NonFiniteCostError, forward, sum_of_squares, train
from backprop_explained.notation import Array
from sitebuild.checks.numerals import as_character, in_words
from sitebuild.evidence.experiments import EARLY, STEP_SIZE, X, Y, start
from sitebuild.figures import live_svg
from sitebuild.figures.live_svg import Scale, curve, tag, text_at
from sitebuild.figures.svg import signed

SEED = 0
STEPS = sorted({round(1.06**k) for k in range(126)} | {0, EARLY})
"""Where the curves have points: all steps at first, then 6 % apart."""


class Course(NamedTuple):
    """The cost and the outputs after 0, 1, ... steps, as long as they are finite."""

    costs: Array
    outputs: list[Array]


@cache
def course(reading: str) -> Course:
    """The course of a reading from the seed's start."""
    network = start(reading, "both layers", SEED)
    try:
        costs = train(network, X, Y, sum_of_squares, EARLY, STEP_SIZE).costs
    except NonFiniteCostError as error:
        costs = error.costs
    last = len(costs) - 1
    outputs = []
    for begin, end in zip([0, *STEPS], STEPS, strict=False):
        if end <= last:
            network = train(network, X, Y, sum_of_squares, end - begin, STEP_SIZE)[0]
            outputs.append(forward(network, X).output.ravel())
    return Course(costs, outputs)


DEFAULTS = ("derivative(z)", "derivative(a)")
SHOWN = {  # what the lists call the readings
    "derivative(z)": "σ′(z), right",
    "derivative_from_output(a)": "a(1 − a), right",
    "derivative_from_output(z)": "z(1 − z), wrong",
    "derivative(a)": "σ′(a), wrong",
}
TIME = Scale(0, math.log10(1 + EARLY), 38, 350)  # of log10(1 + steps)
COST = Scale(-3, 0.6, 150, 14)  # of log10(cost)
SIDES = (Scale(0, 1, 60, 176), Scale(0, 1, 234, 350))
ROWS = (220.0, 238.0, 256.0, 274.0)
_NAMES = ("one", "other")
SPEEDS = {f"{as_character(0.25)}×": 0.25, "1×": 1.0, "4×": 4.0}
"""What the list calls each speed; at 1 the whole run takes five seconds."""
HALF = as_character(0.5)
NEAR = 0.1
"""Outputs that are no farther than this from ½ are called near it."""
_CAPTION = (
    f"One start, {in_words(len(_NAMES))} slopes. Above, the cost of the post's "
    "network, on logarithmic scales; below, its outputs for the "
    f"{in_words(len(Y))} examples, with their targets as upright marks. No reading "
    "raises an error, right or wrong."
)
_DESCRIPTION = (
    f"Above, {in_words(len(_NAMES))} curves of the cost over the steps. Below, for "
    f"each of the {in_words(len(_NAMES))} readings, the {in_words(len(Y))} outputs as "
    "dots between 0 and 1, with their targets as upright marks. The table holds the "
    "numbers."
)


def _axes() -> str:
    drawn = []
    for power in (0, -1, -2, -3):
        y, name = COST(power), f"{10.0**power:g}"
        drawn.append(text_at(name, TIME.start - 5, y + 4, "bp-end"))
        ends = {"x1": TIME.start, "x2": TIME.end, "y1": y, "y2": y}
        class_ = "bp-axis" if power == -3 else "bp-grid"
        drawn.append(tag("line", **ends, class_=class_))
    for steps in (0, 10, 100, 1000):
        x = TIME(math.log10(1 + steps))
        ends = {"x1": x, "x2": x, "y1": COST(-3), "y2": COST(-3) + 4}
        drawn.append(tag("line", **ends, class_="bp-axis"))
        drawn.append(text_at(f"{steps:,}", x, COST(-3) + 16, "bp-middle"))
    drawn.append(text_at("cost", TIME.start + 4, 12, "bp-start"))
    drawn.append(text_at("input", SIDES[0].start - 12, ROWS[0] - 17, "bp-end bp-faint"))
    drawn.append(text_at("steps", TIME.end, COST(-3) + 28, "bp-end"))
    return "".join(drawn)


def _curve(reading: str, name: str) -> str:
    costs = course(reading).costs
    steps = np.array([step for step in STEPS if step < len(costs)])
    points = curve(TIME(np.log10(1 + steps)), COST(np.log10(costs[steps])))
    class_ = f"bp-cost {_class(reading, name)}"
    end = {"cx": TIME(np.log10(1 + steps[-1])), "cy": COST(np.log10(costs[steps[-1]]))}
    now = {"class_": f"bp-output {_class(reading, name)}", "data_part": f"{name}-now"}
    return (
        tag("path", d=points, class_=f"{class_} bp-ghost", data_part=f"{name}-ghost")
        + tag("path", d=points, class_=class_, data_part=f"{name}-cost")
        + tag("circle", **end, r=4.0, **now)
    )


def _class(reading: str, name: str) -> str:
    """Left or right by the width of its line, right or wrong by its colour."""
    wrong = " bp-wrong" if SHOWN[reading].endswith("wrong") else ""
    return f"bp-{name}{wrong}"


def _rows(reading: str, name: str, scale: Scale) -> Iterator[str]:
    """One row per example: where its output is, and where it should be."""
    class_ = f"bp-output {_class(reading, name)}"
    outputs = course(reading).outputs[-1]
    for k, (y, target, inputs) in enumerate(zip(ROWS, Y[:, 0], X, strict=True)):
        ends = {"x1": scale.start, "x2": scale.end, "y1": y, "y2": y}
        yield tag("line", **ends, class_="bp-grid")
        ends = {"x1": scale(target), "x2": scale(target), "y1": y - 8, "y2": y + 8}
        yield tag("line", **ends, class_="bp-target")
        if name == "one":
            label = " ".join(f"{value:g}" for value in inputs)
            yield text_at(label, scale.start - 12, y + 4, "bp-end")
        place = {"cx": scale(outputs[k]), "cy": y, "r": 5.0}
        yield tag("circle", **place, class_=class_, data_part=f"{name}-output-{k}")


def _outputs(reading: str, name: str, scale: Scale) -> str:
    """The rows of one run, what they are, and where ½ is."""
    middle = (scale.start + scale.end) / 2
    title = f"outputs with {SHOWN[reading].partition(',')[0]}"
    above = text_at(title, middle, ROWS[0] - 17, "bp-middle", f"{name}-title")
    half = {"x1": scale(0.5), "x2": scale(0.5), "y1": ROWS[0] - 9, "y2": ROWS[-1] + 9}
    marks = zip((0, 0.5, 1), ("0", HALF, "1"), strict=True)
    below = [text_at(text, scale(a), 298, "bp-middle") for a, text in marks]
    guide = tag("line", **half, class_="bp-guide")
    return "".join([guide, *_rows(reading, name, scale), above, *below])


def _choice(reading: str, name: str) -> str:
    about = {"id": f"descent-{name}", "data_part": name, "autocomplete": "off"}
    select = tag("select", *live_svg.options(SHOWN.items(), reading), **about)
    class_ = f"bp-key {_class(reading, name)}"
    title = tag("span", "slope", class_=class_, data_part=f"{name}-key")
    return tag("label", title, select, for_=f"descent-{name}")


def _speeds() -> str:
    listed = live_svg.options(
        ((f"{speed:g}", name) for name, speed in SPEEDS.items()), "1"
    )
    about = {"data_part": "speed", "autocomplete": "off", "aria_label": "speed"}
    return tag("select", *listed, id="descent-speed", class_="bp-speed", **about)


def _controls() -> str:
    buttons = [
        tag("button", text, type="button", class_="bp-button", data_part=part)
        for text, part in [("Run", "run"), ("Step", "step"), ("Reset", "reset")]
    ]
    last = len(STEPS) - 1
    about = {"data_part": "scrubber", "aria_label": "steps"}
    buttons += [_speeds(), live_svg.slider(0, last, 1, last, **about)]
    choices = [_choice(*pair) for pair in zip(DEFAULTS, _NAMES, strict=True)]
    pair = tag("div", *choices, class_="bp-controls bp-pair")
    return pair + tag("div", *buttons, class_="bp-controls bp-buttons") + live_svg.SAID


def _cost(run: Course) -> str:
    return signed(run.costs[-1], 4)


def _learned(run: Course) -> str:
    right = ((run.outputs[-1] - 0.5) * (Y[:, 0] - 0.5) > 0).sum()
    near = np.abs(run.outputs[-1] - 0.5).max() <= NEAR
    return f"{right} of {len(Y)}" + f", all near {HALF}" * bool(near)


def _values() -> str:
    head = tag("th", f"after {EARLY:,} steps", scope="col", data_part="steps")
    runs = list(zip(DEFAULTS, _NAMES, strict=True))
    rows = []
    for of, title, says in [
        ("cost", "cost", _cost),
        ("learned", f"outputs on the right side of {HALF}", _learned),
    ]:
        cells = [
            tag("td", says(course(reading)), data_part=f"{name}-{of}-value")
            for reading, name in runs
        ]
        rows.append(live_svg.row(title, *cells))
    names = [
        tag("th", SHOWN[r].partition(",")[0], scope="col", data_part=f"{n}-name")
        for r, n in runs
    ]
    return live_svg.table(tag("tr", head, *names), rows)


def _drawing() -> str:
    pairs = list(zip(DEFAULTS, _NAMES, SIDES, strict=True))
    return live_svg.drawing(
        304,
        _DESCRIPTION,
        _axes(),
        *(_curve(reading, name) for reading, name, _ in pairs),
        *(_outputs(*pair) for pair in pairs),
        data_time=f"0 {math.log10(1 + EARLY)!r} {TIME.start} {TIME.end}",
        data_cost=COST.written,
        data_one=SIDES[0].written,
        data_other=SIDES[1].written,
    )


@cache
def descent() -> str:
    """The figure at the end of both runs; its module makes them again."""
    weights = [W.tolist() for W in start(DEFAULTS[0], "both layers", SEED).weights]
    given = {"weights": weights, "x": X.tolist(), "y": Y.tolist()}
    given |= {"stepSize": STEP_SIZE, "steps": STEPS}
    parts = _drawing(), _controls(), _values()
    return live_svg.live(
        "bp-descent", "descent", _CAPTION, *parts, data_given=live_svg.compact(given)
    )
