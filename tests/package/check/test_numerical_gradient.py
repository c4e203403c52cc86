"""Central differences, and how far apart two arrays are."""

import math

import mpmath
import numpy as np
import pytest
from checked_network import draw

from backprop_explained import numerical_gradient, relative_error
from backprop_explained.check.gradient import STEP


def test_differences_agree_with_mpmath():
    f = [np.sin, np.exp, np.arctan, lambda x: x**3]
    exact = [mpmath.cos, mpmath.exp, lambda x: 1 / (1 + x**2), lambda x: 3 * x**2]
    for x in draw(50):
        for ours, theirs in zip(f, exact, strict=True):
            slope = pytest.approx(float(theirs(x)), rel=1e-7, abs=1e-9)
            assert numerical_gradient(ours, x) == slope


@pytest.mark.parametrize("shape", [(), (1,), (4,), (2, 3), (2, 1, 3)])
def test_differences_keep_the_shape(shape):
    x = draw(*shape)
    gradient = numerical_gradient(lambda x: (x**2).sum(), x)
    assert gradient.shape == shape
    np.testing.assert_allclose(gradient, 2 * x, rtol=1e-7)


def test_differences_take_lists_integers_and_float32_in_full_precision():
    expected = [2.0, -6.0]
    for x in ([1, -3], np.array([1, -3]), np.float32([1, -3])):
        gradient = numerical_gradient(lambda x: (x**2).sum(), x)
        assert gradient.dtype == np.float64
        np.testing.assert_allclose(gradient, expected, rtol=1e-9)


def test_the_step_grows_with_the_entry():
    seen = []
    f = lambda x: seen.append(x.item()) or seen[-1]
    numerical_gradient(f, [1e6], step=1e-3)
    numerical_gradient(f, [1e-6], step=1e-3)
    assert seen == [1e6 + 1e3, 1e6 - 1e3, 1e-6 + 1e-3, 1e-6 - 1e-3]


@pytest.mark.parametrize("step", [None, 1e-3, 1e-5])
def test_a_kink_within_a_step_is_crossed_and_beyond_it_is_not(step):
    h = step or STEP
    relu = lambda x: np.maximum(x, 0).sum()
    for part in np.linspace(-0.9, 0.9, 13):
        slope = numerical_gradient(relu, [part * h], step)
        assert slope == pytest.approx((1 + part) / 2, abs=1e-6)
    for part, slope in ((1.1, 1), (-1.1, 0)):
        assert numerical_gradient(relu, [part * h], step) == pytest.approx(slope)


def test_a_large_entry_is_no_obstacle():
    assert numerical_gradient(lambda x: (x**2).sum(), [1e9]) == pytest.approx(2e9)


@pytest.mark.parametrize(
    ("f", "x", "error", "words"),
    [
        (3, [1.0], TypeError, r"f must be a function of an array, not 3"),
        (np.sum, [1j], TypeError, r"x must hold real numbers, not complex128"),
        (np.sum, [None], TypeError, r"x must hold real numbers, not object"),
        (np.sum, [math.nan], ValueError, r"x must be finite, but x\[0\] is nan"),
        (np.sum, math.inf, ValueError, r"x must be finite, but x\[0\] is inf"),
        (np.sum, [], ValueError, r"x must not be empty, but has shape \(0,\)"),
        (np.positive, [1.0, 2.0], ValueError, r"the cost must be one number.*sum it"),
    ],
)
def test_differences_refuse_bad_input(f, x, error, words):
    with pytest.raises(error, match=words):
        numerical_gradient(f, x)


@pytest.mark.parametrize(
    ("actual", "expected", "error"),
    [
        ([3, 4], [3, 4], 0),
        ([0, 0], [0, 0], 0),
        ([3, 4], [-3, -4], 1),
        ([0, 0], [1, 1], 1),
        ([3, 0], [0, 4], 5 / 7),
        ([[3, 0], [0, 0]], [[0, 0], [0, 4]], 5 / 7),
        (1.0, 3.0, 0.5),
        ([1e200, 1e200], [3e200, 3e200], 0.5),  # the squares overflow
        ([1e-200], [3e-200], 0.5),  # the squares are 0
    ],
)
def test_relative_error_is_the_difference_over_the_sum_of_norms(
    actual, expected, error
):
    assert relative_error(actual, expected) == pytest.approx(error, rel=1e-15, abs=0)
    assert relative_error(expected, actual) == pytest.approx(error, rel=1e-15, abs=0)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("other", [0.0, 1.0, math.nan, math.inf])
def test_relative_error_to_what_is_not_finite_is_nan(bad, other):
    assert math.isnan(relative_error([bad], [other]))
    assert math.isnan(relative_error([other], [bad]))


@pytest.mark.parametrize(
    ("actual", "expected", "error", "words"),
    [
        ([1, 2], [[1, 2]], ValueError, r"\(2,\), but expected has shape \(1, 2\)"),
        ([1j], [1], TypeError, r"actual must hold real numbers"),
        ([1], ["b"], TypeError, r"expected must hold real numbers"),
    ],
)
def test_relative_error_refuses_bad_input(actual, expected, error, words):
    with pytest.raises(error, match=words):
        relative_error(actual, expected)


@pytest.mark.parametrize("x", [[1.0, 2.0, 3.0], [0.5], [3.0, -4.0], [1.0, 1.0]])
def test_round_numbers_do_not_hide_that_a_function_computes_in_float32(x):
    """Along ±1 from them, the squares of float32 are exact, and no noise shows."""
    x = np.array(x)
    f = lambda v: np.float32(np.sum(np.float32(v) ** 2))
    assert relative_error(numerical_gradient(f, x), 2 * x) < 1e-4
