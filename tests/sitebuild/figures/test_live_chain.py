"""The chain rule: every number of the figure beside mpmath's, and beside the page's."""

import json
import math
from pathlib import Path

import pytest
from drawings import MP, Drawing, near, sigmoid, slope, value_of, written

from sitebuild.checks.fences import find_fences
from sitebuild.figures.live_chain import chain

PAGE = Path(__file__).parents[3] / "docs" / "learn" / "the-chain-rule.md"


@pytest.fixture(scope="module")
def drawing():
    return Drawing(chain())


@pytest.fixture(scope="module")
def given(drawing):
    (element,) = drawing.all("bp-chain")
    return json.loads(element.attributes["data-given"])


def pre_activations(given, w=None):
    """Of h₁, h₂ and o, with `w` in the place of the first weight."""
    (first, second), (x,) = given["weights"], given["x"]
    first = [list(row) for row in first]
    first[0][0] = first[0][0] if w is None else w
    into = lambda j: sum(MP.mpf(x[i]) * first[i][j] for i in range(2))
    hidden = [into(j) + given["biases"][0][j] for j in range(2)]
    out = sum(sigmoid(hidden[j]) * second[j][0] for j in range(2))
    return *hidden, out + given["biases"][1][0]


def cost(given, w=None):
    return (sigmoid(pre_activations(given, w)[-1]) - given["y"][0][0]) ** 2 / 2


def test_the_network_is_the_one_of_the_page(given):
    fences = [f for f in find_fences(PAGE.read_text()) if "= Network(" in f.source]
    page = {"print": lambda *_: None}
    exec(fences[0].source, page)
    network = page["network"]
    assert given["weights"] == [W.tolist() for W in network.weights]
    assert given["biases"] == [b.tolist() for b in network.biases]
    assert given["x"] == [list(row) for row in page["x"]]
    assert given["y"] == [list(row) for row in page["y"]]


def numbers(given):
    """What can be moved, by its name."""
    for layer, W in enumerate(given["weights"]):
        for i, row in enumerate(W):
            yield from ((f"w-{layer}-{i}-{j}", value) for j, value in enumerate(row))
    yield from ((f"x-{i}", value) for i, value in enumerate(given["x"][0]))


def test_every_number_is_shown_and_can_be_chosen(drawing, given):
    shown = dict(numbers(given))
    options = drawing.all("option")
    assert [option["value"] for option in options] == list(shown)
    for name, value in shown.items():
        assert drawing.part(name).text == written(value, 2)
    slider, (target,) = drawing.part("slider"), given["y"][0]
    (chosen,) = [option for option in options if "selected" in option.attributes]
    assert slider["value"] == shown[chosen["value"]]
    assert slider["min"] == -slider["max"]
    for value in shown.values():
        assert abs(value) < slider["max"]
        assert value / slider["step"] == pytest.approx(round(value / slider["step"]))
    (said,) = [e for e in drawing.all("text") if e.text.startswith("y = ")]
    assert value_of(said.text) == target


def test_the_neurons_and_the_cost_are_those_of_mpmath(drawing, given):
    for part, z in zip(("h-0", "h-1", "o"), pre_activations(given), strict=True):
        assert drawing.part(f"{part}-z").text == f"z {written(z, 2)}"
        assert drawing.part(f"{part}-a").text == f"a {written(sigmoid(z), 2)}"
    assert drawing.part("cost").text == f"C = {written(cost(given), 4)}"


def test_the_factors_and_their_product_are_those_of_mpmath(drawing, given):
    z1, _, z2 = pre_activations(given)
    (w2,), w1 = given["weights"][1][0], given["weights"][0][0][0]
    off = sigmoid(z2) - given["y"][0][0]
    factors = [given["x"][0][0], slope(z1), w2, slope(z2), off]
    shown = [drawing.part(f"factor-{i}").text for i in range(5)]
    assert shown == [written(factor, 3) for factor in factors]
    exact = MP.diff(lambda w: cost(given, w), w1)
    assert abs(exact - math.prod(factors)) < 1e-12
    assert drawing.part("product").text == written(exact, 6)
    assert drawing.part("measured").text == written(exact, 6)
    assert drawing.part("verdict").text == "✓ equal"


def test_each_line_joins_its_neurons_and_carries_its_number(drawing):
    circles = drawing.all("circle")
    inputs = [c for c in circles if "data-number" in c.attributes]
    hidden = [drawing.part("h-0-node"), drawing.part("h-1-node")]
    nodes = [inputs, hidden, [drawing.part("o-node")]]
    for line in drawing.all("line"):
        if "data-part" not in line.attributes:
            continue
        name = line["data-part"].removesuffix("-edge")
        layer, i, j = map(int, name.split("-")[1:])
        start, end = nodes[layer][i], nodes[layer + 1][j]
        assert (line["x1"], line["y1"]) == (start["cx"], start["cy"])
        assert (line["x2"], line["y2"]) == (end["cx"], end["cy"])
        (wide,) = [h for h in drawing.all("line", "bp-hit") if h["data-number"] == name]
        ends = ("x1", "y1", "x2", "y2")
        assert [wide[key] for key in ends] == [line[key] for key in ends]
        label = drawing.part(name)
        share = (label["x"] - start["cx"]) / (end["cx"] - start["cx"])
        assert 0.2 < share < 0.8
        height = start["cy"] + share * (end["cy"] - start["cy"])
        assert label["y"] + 5 == near(height)


def test_the_bold_way_is_that_of_the_first_weight(drawing):
    ways = {e["data-part"] for e in drawing.elements if "bp-way" in e.classes}
    assert ways == {"w-0-0-0-edge", "w-1-0-0-edge", "h-0-node", "o-node"}
