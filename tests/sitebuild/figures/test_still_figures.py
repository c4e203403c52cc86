"""What the figures that stand still say, beside mpmath and what they were given."""

import re

import numpy as np
import pytest
from drawings import MP, sigmoid, slope

from backprop_explained import ACTIVATIONS, SIGMOID, forward, random_network
from backprop_explained.published import MAZUR, TRASK_THREE_LAYERS
from sitebuild.checks.numerals import in_words
from sitebuild.figures import (
    complex_step,
    keeping,
    kept_by_rules,
    layers,
    published_drawn,
    second_drawn,
    softmax_drawn,
)
from sitebuild.figures.kink import at_the_kink
from sitebuild.figures.many_slopes import many_slopes
from sitebuild.figures.output_stops import courses, pieces
from sitebuild.figures.slope_field import SHIFTS, field
from sitebuild.figures.svg import signed
from sitebuild.figures.two_courses import with_and_without_biases


def said(figure):
    """Its caption, and what it says to those who cannot see it."""
    (caption,) = re.findall("<figcaption>(.*?)</figcaption>", figure)
    (title,) = re.findall("<title.*?>(.*?)</title>", figure)
    return caption, title


def test_the_complex_step_loses_nothing_and_the_difference_does():
    third = abs(MP.diff(sigmoid, 2, 3)) / 6 / slope(2)
    noise = float(2.0**-52 * sigmoid(2) / slope(2))  # of two outputs, rounded
    steps = complex_step.STEPS
    errors = complex_step.difference_errors(), complex_step.complex_errors()
    for h, difference, complex_error in zip(steps, *errors, strict=True):
        bend = float(third) * h**2  # both have it, to the first order
        assert complex_error <= 1.3 * bend + 3e-16
        assert difference <= 1.3 * bend + noise / h
        if 1e-4 < h < 1e-2:
            assert difference == pytest.approx(bend, rel=0.02)
            assert complex_error == pytest.approx(bend, rel=0.02)
    assert errors[1][steps < 1e-9].max() < 3e-16
    assert errors[0][steps < 1e-9].min() > 1e-13


def test_the_directions_of_the_field_are_those_of_its_curves():
    """The curve through each place of the field has the slope of its output alone."""
    for a in (0.04, 0.5, 0.96):
        z = MP.log(MP.mpf(a) / (1 - MP.mpf(a)))
        for shift in SHIFTS:
            drawn = MP.diff(lambda z, by=shift: sigmoid(z - by), z + shift)
            assert abs(drawn - MP.mpf(a) * (1 - MP.mpf(a))) < 1e-12
    assert field().count("<path") > 15 * 9  # a dash for each place, and the curves


def test_the_arrays_of_a_layer_have_their_shapes():
    figure = layers.products(5, 3, 2)
    for shape in ("5 × 2", "5 × 3", "3 × 2", "3 × 5", "2 × 3"):
        assert f">{shape}<" in figure
    x, W, delta = np.ones((5, 3)), np.ones((3, 2)), np.ones((5, 2))
    arrays = [x @ W, x, W, x.T @ delta, x.T, delta, delta @ W.T, delta, W.T]
    assert figure.count("<path") >= sum(array.size for array in arrays)
    assert "sum over the five examples" in said(figure)[0]


def test_a_box_for_every_layer_with_the_shape_of_its_weights():
    network = random_network([3, 5, 4, 2], SIGMOID, np.random.default_rng(0))
    figure = layers.layer_by_layer(network)
    for number, W in enumerate(network.weights, start=1):
        assert f">layer {number}<" in figure
        assert ">W {} × {}<".format(*W.shape) in figure
    assert figure.count(">∂C/∂W<") == figure.count(">∂C/∂a<") == 3
    assert said(figure)[1].startswith("Three boxes")


def test_at_the_kink_one_output_would_have_two_slopes():
    figure = at_the_kink()
    assert figure.count(">with z ") == 2
    assert "no formula in a could give them" in said(figure)[0]
    for convention, same in [(np.greater, True), (np.greater_equal, False)]:
        z = np.array([-1, 0])
        slopes = convention(z, 0)
        assert (slopes[0] == slopes[1]) == same


def test_the_biases_are_compared_at_the_last_step():
    fixed, trained = np.array([1.0, 0.6, 0.3]), np.array([1.0, 0.2, 0.05])
    caption, title = said(with_and_without_biases(fixed, trained))
    assert caption.startswith("After 2 steps")
    assert "is 6 times" in caption
    assert title.startswith("Two falling")


def test_the_epochs_have_their_last_column_in_words():
    percent = np.array([[10.0, 60, 85.26], [11, 70, 98.94], [9, 80, 95]])
    caption, _ = said(published_drawn.over_epochs(percent))
    assert "median of 3 starts" in caption
    assert "between 85.3 and 98.9 %" in caption


def test_the_place_of_a_table_among_the_starts():
    caption, _ = said(published_drawn.his_among_ours(np.array([3.0, 1, 2, 9]), 2.5))
    assert "of 4 starts, 2 end" in caption
    assert "ends at 9.00" in caption


def test_a_correction_is_told_by_the_last_costs():
    his = np.geomspace(1, 0.1, 50), np.geomspace(1, 0.01, 60)
    wrong = np.geomspace(1, 0.02, 50), np.geomspace(1, 0.5, 60)
    caption, title = said(published_drawn.correction(his, wrong))
    assert "with 0.2 times" in caption
    assert "with 50 times" in caption
    assert title.startswith("Two graphs")
    assert len(TRASK_THREE_LAYERS.start.weights) == 2


def test_the_slip_is_nearer_to_what_was_printed_than_its_last_digit():
    printed = float(MAZUR.printed["E after 1 update"])
    ends = printed, printed - 1.5e-7, printed + 2e-10
    caption, _ = said(published_drawn.three_ends(*ends))
    assert "150 billionths" in caption
    assert "0.2 from what the slip" in caption


def test_there_is_a_mark_for_every_rule():
    one, other = kept_by_rules.kept(13, 6, 17), kept_by_rules.kept(12, 6, 17)
    assert one.count("<path") == other.count("<path") + 1
    caption, _ = said(one)
    assert caption.startswith("Of 36 activations of PyTorch, 13 keep")


def test_each_activation_whose_output_is_enough_has_its_small_graph():
    figure = many_slopes()
    enough = [name for name, row in ACTIVATIONS.items() if row.witness is None]
    shown = re.findall(r"<text[^>]*>(?:<tspan[^>]*>)?(\w+)<", figure)
    assert shown == enough
    assert f"the {len(enough)} activations" in said(figure)[0]


def test_a_kink_parts_the_slope_over_the_output():
    parts = {course.name: pieces(course) for course in courses()}
    assert [len(parts[name]) for name in ("sigmoid", "relu", "hard_tanh")] == [1, 2, 3]
    flat, rising = parts["relu"]
    assert {slope for _, slope in flat} == {0.0}
    assert {slope for _, slope in rising} == {1.0}
    assert flat[-1][0] == rising[0][0] == 0


def test_the_areas_of_softmax_are_its_derivatives():
    z, g = np.array([0.5, -1.0, 2.0]), np.array([0.3, -0.2, 0.1])
    powers = [MP.exp(v) for v in z]
    outputs = [power / sum(powers) for power in powers]
    figure = softmax_drawn.areas(np.array(outputs, dtype=float), g)
    weighted = lambda z: MP.fdot(map(MP.mpf, g), map(MP.exp, z))
    cost = lambda *z: weighted(z) / sum(map(MP.exp, z))
    for index in range(3):
        order = tuple(int(index == k) for k in range(3))
        exact = float(MP.diff(cost, tuple(map(MP.mpf, z)), order))
        text = signed(exact)
        assert text in said(figure)[1]
        assert f">{text if exact < 0 else f'+{text}'}<" in figure
    assert sum(signed(v) in figure for v in (0.3, 0.9)) == 0


def test_what_nielsen_keeps_is_what_his_two_lists_hold():
    network = random_network([4, 3, 2], SIGMOID, np.random.default_rng(0))
    trace = forward(network, np.ones((1, 4)))
    calls = []
    his = "sigmoid(z)*(1-sigmoid(z))"
    eval(his, {"sigmoid": lambda z: calls.append(z) or z, "z": 0.5})
    caption, _ = said(keeping.two_ways_to_keep(his))
    said_so = r"keeps (\d+) arrays .* sigmoid (\w+) times .* output, (\d+) arrays"
    kept, again, few = re.search(said_so, caption).groups()
    assert int(kept) == len(trace.zs) + len(trace.activations)
    assert int(few) == len(trace.activations)
    assert again == in_words(len(calls))


def test_the_deltas_of_the_second_example_are_measured():
    zs, w, target = (0.475, -0.8), (1.0, -0.5), 1.0

    def cost(z1, z2, shift=0):
        return -MP.log(sigmoid(w[0] * MP.tanh(z1) + w[1] * MP.tanh(z2) - 0.25 + shift))

    hidden = [MP.tanh(z) for z in zs]
    last = w[0] * hidden[0] + w[1] * hidden[1] - 0.25
    figure = second_drawn.tanh_and_cross_entropy(
        (1.0, -0.5),
        (0.5, 0.25, -0.75, 0.5, *w),
        [*zs, float(last)],
        [*map(float, hidden), float(sigmoid(last))],
        target,
    )
    orders = (1, 0, 0), (0, 1, 0), (0, 0, 1)
    measured = [signed(float(MP.diff(cost, (*zs, 0), order))) for order in orders]
    assert "The deltas are {} and {} in the hidden".format(*measured) in figure
    assert f"{measured[2]} at the output" in figure
    assert all(f"= {delta}<" in figure for delta in measured)
