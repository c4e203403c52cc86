"""The chain rule: one weight of a 2-2-1 network, and every factor of its way."""

import json
import math
from collections.abc import Iterator
from functools import cache

from backprop_explained import SIGMOID, Trace, backward, forward, squared_error
from sitebuild.checks.numerals import in_words
from sitebuild.figures.chain_network import (
    CHOSEN,
    HIDDEN,
    INPUTS,
    NETWORK,
    NUMBERS,
    OUTPUT,
    X,
    Y,
    factors,
    measured,
)
from sitebuild.figures.live_svg import control, live, tag
from sitebuild.figures.svg import signed

LIMIT = 3
SLOPES = {
    "derivative(z)": "σ′(z)",
    "derivative_from_output(a)": "a(1 − a)",
    "derivative_from_output(z)": "z(1 − z)",
    "derivative(a)": "σ′(a)",
}
_FACTORS = (  # of the weight that is chosen at first, and where each belongs
    ("x₁", "input"),
    ("da/dz", "of h₁"),
    ("w", "h₁ → o"),
    ("da/dz", "of o"),
    ("a − y", "of o"),
)
_CAPTION = (
    "Every factor on the path of one weight. Move any number in the network, or follow "
    "another weight: the product of the factors stays equal to the measured slope. "
    "Read the slope of the sigmoid wrongly, and the factors da/dz go wrong, the others "
    "not."
)
_DESCRIPTION = (
    f"A network of {in_words(len(INPUTS))} inputs, {in_words(len(HIDDEN))} hidden "
    "neurons and one output, with the numbers of "
    "all weights and neurons. The way of the chosen weight to the cost is drawn bold. "
    "The table below holds its factors."
)


def _text(
    text: str, x: float, y: float, class_: str = "bp-middle", part: str | None = None
) -> str:
    return tag("text", text, x=x, y=y, class_=class_, data_part=part)


def _edges() -> str:
    """A line for each weight, with its number, and a wide one for the finger."""
    lines, labels = [], []
    on_way = {CHOSEN, "w-1-0-0"}
    for key, (_, (x1, y1), (x2, y2), share) in NUMBERS.items():
        if not share:
            continue
        ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
        class_ = "bp-edge bp-way" if key in on_way else "bp-edge"
        lines.append(tag("line", **ends, class_=class_, data_part=f"{key}-edge"))
        lines.append(tag("line", **ends, class_="bp-hit", data_number=key))
        layer, i, j = (int(part) for part in key.split("-")[1:])
        value = signed(NETWORK.weights[layer][i, j], 2)
        x, y = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
        labels.append(_handle(x, y - 9, key))
        labels.append(
            tag(
                "text",
                value,
                x=x,
                y=y - 5,
                class_="bp-middle bp-move",
                data_part=key,
                data_number=key,
            )
        )
    return "".join(lines + labels)


def _handle(x: float, y: float, key: str) -> str:
    """What shows that a number can be taken hold of, and moved."""
    size = {"x": x - 19, "y": y - 8, "width": 38.0, "height": 17.0, "rx": 8.5}
    return tag("rect", **size, class_="bp-handle", data_number=key)


def _inputs() -> Iterator[str]:
    for i, (x, y) in enumerate(INPUTS):
        key = f"x-{i}"
        move = {"data_number": key}
        yield tag("circle", cx=x, cy=y, r=22.0, class_="bp-node", **move)
        yield _text(f"x{'₁₂'[i]}", x, y - 27)
        yield _handle(x, y, key)
        number = {"data_part": key, "class_": "bp-middle bp-move", **move}
        yield tag("text", signed(X[0][i], 2), x=x, y=y + 4, **number)


def _neurons(trace: Trace) -> Iterator[str]:
    neurons = [
        ("h₁", *HIDDEN[0], trace.zs[0][0, 0], "h-0", True),
        ("h₂", *HIDDEN[1], trace.zs[0][0, 1], "h-1", False),
        ("o", *OUTPUT, trace.zs[1][0, 0], "o", True),
    ]
    for name, x, y, z, part, on_way in neurons:
        class_ = "bp-node bp-way" if on_way else "bp-node"
        a = float(SIGMOID.function(z))
        node = f"{part}-node"
        yield tag("circle", cx=x, cy=y, r=29.0, class_=class_, data_part=node)
        yield _text(name, x, y - 34)
        yield _text(f"z {signed(z, 2)}", x, y - 2, "bp-middle bp-z", f"{part}-z")
        yield _text(f"a {signed(a, 2)}", x, y + 13, "bp-middle bp-a", f"{part}-a")


def _nodes() -> str:
    trace = forward(NETWORK, X)
    x, y = OUTPUT
    target = _text(f"y = {Y[0][0]:g}", x, y + 48)
    cost = signed(squared_error(trace.output, Y), 4)
    costs = _text(f"C = {cost}", x, y + 65, part="cost")
    return "".join([*_inputs(), *_neurons(trace), target, costs])


def _table() -> str:
    found = factors()
    gradients = backward(NETWORK, forward(NETWORK, X), Y, squared_error)
    product, slope = float(gradients.weights[0][0, 0]), measured()
    if not math.isclose(product, math.prod(found), rel_tol=1e-12):
        raise AssertionError(f"{found} are not the factors of {product}")
    heads, values, rights = [], [], []
    for i, ((name, at), value) in enumerate(zip(_FACTORS, found, strict=True)):
        place = tag("small", at, data_part=f"place-{i}")
        named = tag("span", name, data_part=f"name-{i}")
        heads.append(tag("th", named, place, scope="col"))
        values.append(tag("td", signed(value), data_part=f"factor-{i}"))
        rights.append(tag("td", "", data_part=f"right-{i}"))
    rows = tag("tr", *values) + tag("tr", *rights, class_="bp-right-row")
    weight = tag("span", NUMBERS[CHOSEN][0], data_part="followed")
    title = tag("caption", f"The factors of the {weight}")
    body = title + tag("thead", tag("tr", *heads)) + tag("tbody", rows)
    sums = [
        ("∂C/∂w = product", tag("span", signed(product, 6), data_part="product")),
        ("measured", tag("span", signed(slope, 6), data_part="measured")),
    ]
    pairs = [tag("span", f"{name} {value}") for name, value in sums]
    verdict = tag("span", "✓ equal", class_="bp-good", data_part="verdict")
    return tag("table", body, class_="bp-values bp-factors") + tag(
        "p", *pairs, verdict, class_="bp-sums"
    )


def _mover() -> str:
    """Which number is moved, and the slider that moves it."""
    options = [
        tag("option", name, value=key, selected=key == CHOSEN)
        for key, (name, *_) in NUMBERS.items()
    ]
    about = {"id": "chain-number", "data_part": "number", "autocomplete": "off"}
    select = tag("select", *options, **about)
    slider = control(
        "input",
        type="range",
        min=f"{-LIMIT}",
        max=f"{LIMIT}",
        step="0.05",
        value="0.5",
        aria_label="value",
        data_part="slider",
    )
    return tag("label", "Move ", select, for_="chain-number") + slider


def _way(key: str, name: str) -> str:
    """A way to compute the slope of the sigmoid; the first is chosen."""
    about = {"type": "radio", "name": "chain-slope", "value": key}
    radio = control("input", **about, checked=key == "derivative(z)")
    return tag("label", radio + tag("span", name))


def _controls() -> str:
    legend = tag("legend", "da/dz is computed as")
    ways = [_way(key, name) for key, name in SLOPES.items()]
    said = tag("p", role="status", class_="bp-said", data_part="said")
    return (
        tag("div", _mover(), class_="bp-controls bp-one-slider")
        + tag("fieldset", legend, *ways, class_="bp-controls bp-radios")
        + said
    )


@cache
def chain() -> str:
    """The figure with the numbers of the page; its module moves them."""
    drawing = tag(
        "svg",
        _edges(),
        _nodes(),
        viewBox="0 0 360 192",
        class_="bp-drawing bp-net",
        role="img",
        aria_label=_DESCRIPTION,
        data_part="drawing",
    )
    given = {
        "weights": [W.tolist() for W in NETWORK.weights],
        "biases": [b.tolist() for b in NETWORK.biases],
        "x": X,
        "y": Y,
    }
    return live(
        "bp-chain",
        "chain",
        _CAPTION,
        drawing,
        _controls(),
        _table(),
        data_given=json.dumps(given, separators=(",", ":")),
    )
