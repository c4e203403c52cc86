"""By hand: every number of the figure, beside mpmath and the derivative of the cost."""

import re

import pytest
from drawings import MP, Drawing, sigmoid, written

from sitebuild.figures.live_hand import hand

X, Y = (MP.mpf("0.05"), MP.mpf("0.10")), (MP.mpf("0.01"), MP.mpf("0.99"))
WEIGHTS = [MP.mpf(w) / 100 for w in (15, 20, 25, 30, 40, 45, 50, 55)]
BIASES = MP.mpf("0.35"), MP.mpf("0.60")
"""As Mazur prints them: w1 to w4 into the hidden neurons, neuron by neuron."""


def passed(w=WEIGHTS, z_hidden=None, z_output=None):
    """Forward, neuron by neuron; a pre-activation can be given instead."""
    into = lambda k, a, bias: w[k] * a[0] + w[k + 1] * a[1] + bias
    z_h = z_hidden or [into(k, X, BIASES[0]) for k in (0, 2)]
    a_h = [sigmoid(z) for z in z_h]
    z_o = z_output or [into(k, a_h, BIASES[1]) for k in (4, 6)]
    a_o = [sigmoid(z) for z in z_o]
    cost = sum((a - y) ** 2 for a, y in zip(a_o, Y, strict=True)) / 2
    return z_h, a_h, z_o, a_o, cost


def slope_in(values, at, cost):
    """The derivative of a cost with respect to one of its numbers."""
    moved = lambda value: cost([*values[:at], value, *values[at + 1 :]])
    return MP.diff(moved, values[at])


def expected():
    """The numbers by the step in which they appear."""
    z_h, a_h, z_o, a_o, cost = passed()
    delta_o = [slope_in(z_o, k, lambda z: passed(z_output=z)[-1]) for k in (0, 1)]
    delta_h = [slope_in(z_h, j, lambda z: passed(z_hidden=z)[-1]) for j in (0, 1)]
    slopes_o, slopes_h = ([MP.diff(sigmoid, z) for z in zs] for zs in (z_o, z_h))
    return {
        1: z_h,
        2: a_h,
        3: z_o,
        4: a_o,
        5: [cost],
        6: [a - y for a, y in zip(a_o, Y, strict=True)],
        7: slopes_o,
        8: delta_o,
        9: [slope_in(WEIGHTS, k, lambda w: passed(w)[-1]) for k in range(4, 8)],
        10: [d / s for d, s in zip(delta_h, slopes_h, strict=True)],
        11: [*slopes_h, *delta_h],
        12: [slope_in(WEIGHTS, k, lambda w: passed(w)[-1]) for k in range(4)],
    }


@pytest.fixture(scope="module")
def drawing():
    return Drawing(hand())


def test_the_numbers_of_each_step_are_those_of_mpmath(drawing):
    shown = {}
    for text in drawing.all("text"):
        if "data-step" in text.attributes:
            number = text.text.rpartition(" ")[2]
            shown.setdefault(int(text["data-step"]), []).append(number)
    exact = {k: [written(v, 5) for v in values] for k, values in expected().items()}
    assert shown.keys() == exact.keys()
    for step, numbers in shown.items():
        assert sorted(numbers) == sorted(exact[step]), step


def test_each_number_is_where_it_belongs(drawing):
    """A z and an a in its circle, and a weight and its derivative on its line."""
    z_h, a_h, z_o, a_o, _ = passed()
    texts = drawing.all("text")
    circles = [c for c in drawing.all("circle") if c["r"] == 31]
    for circle, z, a in zip(circles, [*z_h, *z_o], [*a_h, *a_o], strict=True):
        level = [t for t in texts if t["x"] == circle["cx"]]
        inside = [t.text for t in level if abs(t["y"] - circle["cy"]) < 20]
        assert inside == [written(z, 5), written(a, 5)]
    lines = drawing.all("line", "bp-edge")
    order = [0, 2, 1, 3, 4, 6, 5, 7]  # Mazur counts the weights neuron by neuron
    for line, k in zip(lines, order, strict=True):
        (label,) = [t for t in texts if on_line(t, line, 4) and "bp-faint" in t.classes]
        assert label.text == f"w{'₁₂₃₄₅₆₇₈'[k]} {written(WEIGHTS[k], 2)}"
        found = slope_in(WEIGHTS, k, lambda w: passed(w)[-1])
        below = label["x"], label["y"] + 15
        (under,) = [t for t in texts if (t["x"], t["y"]) == below]
        assert under.text == written(found, 5)


def on_line(text, line, above):
    run = line["x2"] - line["x1"]
    share = (text["x"] - line["x1"]) / run
    height = line["y1"] + share * (line["y2"] - line["y1"])
    return 0.2 < share < 0.8 and abs(text["y"] + above - height) < 0.02


def test_the_arithmetic_of_every_sentence_is_true(drawing):
    """To a unit or so of the last digit, for the numbers in it are rounded."""
    examples = [e.text for e in drawing.all("span")[1::2]]
    tried = 0
    for example in examples[1:]:  # the first is a question
        *_, arithmetic, result = example.replace(": ", " = ").split(" = ")
        plain = arithmetic.replace("−", "-").replace("×", "*").replace("½ (", "0.5*(")
        plain = re.sub(r"\)²", ")**2", plain).replace("σ", "sigmoid")
        value, said = eval(plain, {"sigmoid": sigmoid}), float(result.replace("−", "-"))
        assert float(value) == pytest.approx(said, abs=1.5e-5), example
        tried += 1
    assert tried == 12


def test_only_the_last_sentence_is_there_at_first(drawing):
    sentences = [e for e in drawing.all("p") if "data-sentence" in e.attributes]
    hidden = ["data-hidden" in e.attributes for e in sentences]
    assert hidden == [True] * (len(sentences) - 1) + [False]
    assert drawing.part("slider")["value"] == len(sentences) - 1
