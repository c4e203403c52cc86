"""Matt Mazur's example: his rule in plain numbers, an oracle for backward as well."""

from math import exp

import numpy as np
import pytest
from networks import cost_of, gradient

from backprop_explained import check_gradients
from backprop_explained.published import MAZUR


def as_printed(value, printed):
    """The value with as many decimals as the printed number has."""
    return f"{value:.{len(printed.partition('.')[2])}f}"


def sigma(net):
    return 1 / (1 + exp(-net))


def mazur_run(w):
    """His forward pass, with his names and without a matrix."""
    i1, i2 = MAZUR.x[0]
    h1, h2 = (sigma(w[k] * i1 + w[k + 1] * i2 + 0.35) for k in (0, 2))
    o1, o2 = (sigma(w[k] * h1 + w[k + 1] * h2 + 0.60) for k in (4, 6))
    return h1, h2, o1, o2


def mazur_error(w):
    *_, o1, o2 = mazur_run(w)
    t1, t2 = MAZUR.y[0]
    return (t1 - o1) ** 2 / 2 + (t2 - o2) ** 2 / 2


def mazur_slopes(w, passed_back):
    """The eight derivatives; blame goes back through the weights `passed_back`."""
    i1, i2 = MAZUR.x[0]
    h1, h2, o1, o2 = mazur_run(w)
    t1, t2 = MAZUR.y[0]
    d1, d2 = (o1 - t1) * o1 * (1 - o1), (o2 - t2) * o2 * (1 - o2)
    v5, v6, v7, v8 = passed_back
    e1 = (d1 * v5 + d2 * v7) * h1 * (1 - h1)
    e2 = (d1 * v6 + d2 * v8) * h2 * (1 - h2)
    return [e1 * i1, e1 * i2, e2 * i1, e2 * i2, d1 * h1, d1 * h2, d2 * h1, d2 * h2]


def mazur_update(w, updated_first=False):
    """All weights by their slopes; `updated_first` is the slip that he warns of."""
    moved = [v - 0.5 * g for v, g in zip(w, mazur_slopes(w, w[4:]), strict=True)]
    if not updated_first:
        return moved
    slipped = mazur_slopes(w, moved[4:])
    return [v - 0.5 * g for v, g in zip(w, slipped, strict=True)]


MAZUR_WEIGHTS = [0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55]


def mazur_after(updates, updated_first=False):
    w = MAZUR_WEIGHTS
    for _ in range(updates):
        w = mazur_update(w, updated_first)
    return w


def mazur_numbers():
    """Each printed number of the first update."""
    w, (t1, t2) = MAZUR_WEIGHTS, MAZUR.y[0]
    h1, h2, o1, o2 = mazur_run(w)
    net_h1 = 0.15 * 0.05 + 0.20 * 0.10 + 0.35
    d1, d2 = (o1 - t1) * o1 * (1 - o1), (o2 - t2) * o2 * (1 - o2)
    slopes = mazur_slopes(w, w[4:])
    moved = {f"new w{k}": v for k, v in enumerate(mazur_update(w), start=1)}
    return moved | {
        "net h1": net_h1,
        "out h1": h1,
        "out h2": h2,
        "net o1": 0.40 * h1 + 0.45 * h2 + 0.60,
        "out o1": o1,
        "out o2": o2,
        "E o1": (t1 - o1) ** 2 / 2,
        "E o2": (t2 - o2) ** 2 / 2,
        "E total": mazur_error(w),
        "∂E/∂out o1": o1 - t1,
        "∂out o1/∂net o1": o1 * (1 - o1),
        "δ o1": d1,
        "∂E/∂w5": slopes[4],
        "∂E o1/∂out h1": d1 * 0.40,
        "∂E o2/∂out h1": d2 * 0.50,
        "∂E/∂out h1": d1 * 0.40 + d2 * 0.50,
        "∂out h1/∂net h1": h1 * (1 - h1),
        "∂E/∂w1": slopes[0],
    }


LAST_DIGIT = "∂E o2/∂out h1"


@pytest.mark.parametrize("name", sorted(set(mazur_numbers()) - {LAST_DIGIT}))
def test_the_first_update_of_mazur_to_every_printed_digit(name):
    printed = MAZUR.printed[name]
    assert as_printed(mazur_numbers()[name], printed) == printed


def test_one_number_of_the_first_update_is_off_by_one_in_its_last_digit():
    computed = float(as_printed(mazur_numbers()[LAST_DIGIT], MAZUR.printed[LAST_DIGIT]))
    assert float(MAZUR.printed[LAST_DIGIT]) == pytest.approx(computed - 1e-9, abs=1e-12)


def test_every_printed_number_of_mazur_is_tested():
    assert set(mazur_numbers()) == set(MAZUR.printed) - set(ENDS)
    assert [*ENDS] == [
        *("E after 1 update", "E after 10,000 updates"),
        *("out o1 after 10,000 updates", "out o2 after 10,000 updates"),
    ]


def in_matrices(w):
    return [np.reshape(w[:4], (2, 2)).T, np.reshape(w[4:], (2, 2)).T]


def test_our_backward_pass_takes_the_slopes_of_mazur():
    ours = gradient(MAZUR.start, MAZUR.x, MAZUR.y, MAZUR.cost)
    theirs = in_matrices(mazur_slopes(MAZUR_WEIGHTS, MAZUR_WEIGHTS[4:]))
    for mine, other in zip(ours.weights, theirs, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-14)


def test_the_gradient_of_mazur_s_network_agrees_with_central_differences():
    given = MAZUR.start, MAZUR.x, MAZUR.y, MAZUR.cost
    ours, cost = gradient(*given).parameters, cost_of(*given)
    assert check_gradients(cost, MAZUR.start.parameters, ours).passed


ENDS = {name: text for name, text in MAZUR.printed.items() if "after" in name}


def ends(updated_first, updates=10_000):
    """The four printed ends, by the rule or by the slip."""
    last = mazur_after(updates, updated_first)
    values = [mazur_error(mazur_after(1, updated_first)), mazur_error(last)]
    values += mazur_run(last)[2:]
    return {
        name: as_printed(value, printed)
        for (name, printed), value in zip(ENDS.items(), values, strict=True)
    }


def test_by_his_own_rule_none_of_mazur_s_ends_comes_out():
    computed = ends(updated_first=False)
    assert all(computed[name] != ENDS[name] for name in ENDS)


def test_weights_updated_too_early_give_three_of_the_four_ends():
    computed = ends(updated_first=True)
    agree = {name for name in ENDS if computed[name] == ENDS[name]}
    assert agree == set(ENDS) - {"E after 10,000 updates"}


def test_one_update_fewer_gives_the_fourth():
    name = "E after 10,000 updates"
    assert ends(updated_first=False, updates=9_999)[name] == ENDS[name]
