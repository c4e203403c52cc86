"""The chain rule: one weight of a 2-2-1 network, and every factor of its way."""

import math
from collections.abc import Iterator
from functools import cache

from backprop_explained import (
    SIGMOID,
    Network,
    Trace,
    backward,
    forward,
    numerical_gradient,
    predict,
    squared_error,
)
from backprop_explained.notation import Array
from sitebuild.checks.numerals import in_words
from sitebuild.figures import live_svg
from sitebuild.figures.live_svg import tag, text_at
from sitebuild.figures.svg import signed

NETWORK = Network(
    weights=[[[0.5, -1.0], [-0.25, 0.5]], [[1.5], [-1.0]]], biases=[[0.25, 0.5], [-0.5]]
)
X, Y = [[2.0, 1.0]], [[1.0]]
INPUTS = [(34.0, 52.0), (34.0, 152.0)]
HIDDEN = [(168.0, 52.0), (168.0, 152.0)]
OUTPUT = (298.0, 102.0)
NUMBERS = {  # what can be moved: what the list calls it, and where it is
    "w-0-0-0": ("weight x₁ → h₁", INPUTS[0], HIDDEN[0], 0.5),
    "w-0-0-1": ("weight x₁ → h₂", INPUTS[0], HIDDEN[1], 0.3),
    "w-0-1-0": ("weight x₂ → h₁", INPUTS[1], HIDDEN[0], 0.3),
    "w-0-1-1": ("weight x₂ → h₂", INPUTS[1], HIDDEN[1], 0.5),
    "w-1-0-0": ("weight h₁ → o", HIDDEN[0], OUTPUT, 0.5),
    "w-1-1-0": ("weight h₂ → o", HIDDEN[1], OUTPUT, 0.5),
    "x-0": ("input x₁", INPUTS[0], INPUTS[0], 0),
    "x-1": ("input x₂", INPUTS[1], INPUTS[1], 0),
}
CHOSEN = "w-0-0-0"
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
    "neurons and one output, with the numbers of all weights and neurons. The way of "
    "the chosen weight to the cost is drawn bold. The table below holds its factors."
)


def factors() -> list[float]:
    trace = forward(NETWORK, X)
    z1, z2 = trace.zs[0][0, 0], trace.zs[1][0, 0]
    first = float(SIGMOID.slope(z1, trace.activations[1][0, 0]))
    last = float(SIGMOID.slope(z2, trace.output[0, 0]))
    way = float(NETWORK.weights[1][0, 0])
    return [X[0][0], first, way, last, float(trace.output[0, 0] - Y[0][0])]


def measured() -> float:
    """The slope of the cost in that weight, by a central difference."""

    def cost(w: Array) -> float:
        first = NETWORK.weights[0].copy()
        first[0, 0] = float(w)
        moved = NETWORK.with_parameters([first, *NETWORK.parameters[1:]])
        return squared_error(predict(moved, X), Y)

    return float(numerical_gradient(cost, NETWORK.weights[0][0, 0]))


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
            text_at(value, x, y - 5, "bp-middle bp-move", key, data_number=key)
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
        yield text_at(f"x{'₁₂'[i]}", x, y - 27, "bp-middle")
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
        yield text_at(name, x, y - 34, "bp-middle")
        yield text_at(f"z {signed(z, 2)}", x, y - 2, "bp-middle bp-z", f"{part}-z")
        yield text_at(f"a {signed(a, 2)}", x, y + 13, "bp-middle bp-a", f"{part}-a")


def _nodes() -> str:
    trace = forward(NETWORK, X)
    x, y = OUTPUT
    target = text_at(f"y = {Y[0][0]:g}", x, y + 48, "bp-middle")
    cost = signed(squared_error(trace.output, Y), 4)
    costs = text_at(f"C = {cost}", x, y + 65, "bp-middle", "cost")
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
    pairs = [
        tag("span", f"{name} {tag('span', signed(value, 6), data_part=part)}")
        for name, value, part in [
            ("∂C/∂w = product", product, "product"),
            ("measured", slope, "measured"),
        ]
    ]
    verdict = tag("span", "✓ equal", class_="bp-good", data_part="verdict")
    sums = tag("p", *pairs, verdict, class_="bp-sums")
    return tag("table", body, class_="bp-values bp-factors") + sums


def _mover() -> str:
    """Which number is moved, and the slider that moves it."""
    names = [(key, name) for key, (name, *_) in NUMBERS.items()]
    about = {"id": "chain-number", "data_part": "number", "autocomplete": "off"}
    select = tag("select", *live_svg.options(names, CHOSEN), **about)
    about = {"aria_label": "value", "data_part": "slider"}
    sliding = live_svg.slider(-LIMIT, LIMIT, 0.05, 0.5, **about)
    return tag("label", "Move ", select, for_="chain-number") + sliding


def _way(key: str, name: str) -> str:
    """A way to compute the slope of the sigmoid; the first is chosen."""
    about = {"type": "radio", "name": "chain-slope", "value": key}
    radio = live_svg.control(**about, checked=key == "derivative(z)")
    return tag("label", radio + tag("span", name))


def _controls() -> str:
    legend = tag("legend", "da/dz is computed as")
    ways = [_way(key, name) for key, name in SLOPES.items()]
    mover = tag("div", _mover(), class_="bp-controls bp-one-slider")
    return (
        mover
        + tag("fieldset", legend, *ways, class_="bp-controls bp-radios")
        + live_svg.SAID
    )


@cache
def chain() -> str:
    """The figure with the numbers of the page; its module moves them."""
    parts = _edges(), _nodes()
    picture = live_svg.drawing(192, _DESCRIPTION, *parts, class_="bp-drawing bp-net")
    given = {
        "weights": [W.tolist() for W in NETWORK.weights],
        "biases": [b.tolist() for b in NETWORK.biases],
        "x": X,
        "y": Y,
    }
    shown = picture, _controls(), _table()
    return live_svg.live(
        "bp-chain", "chain", _CAPTION, *shown, data_given=live_svg.compact(given)
    )
