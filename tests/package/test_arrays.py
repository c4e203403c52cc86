"""What counts as an array, and what is refused as one."""

import numpy as np
import pytest

from backprop_explained.notation import as_array, finite_array


@pytest.mark.parametrize("value", [3, True, [1, 2], np.uint8([200]), [[False]]])
def test_integers_and_booleans_become_float64(value):
    array = as_array(value, "x")
    assert array.dtype == np.float64
    assert (array == value).all()


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.longdouble])
def test_a_float_keeps_its_precision(dtype):
    given = np.ones((2, 3), dtype)
    assert as_array(given, "x") is given


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([1j], r"x must hold real numbers, not complex128.*pass its real part"),
        ("2", r"x must hold real numbers, not <U1; convert it with np\.array"),
        ([1, None], r"x must hold real numbers, not object; convert it"),
        (np.datetime64("2020-01-01"), r"real numbers, not datetime64"),
    ],
)
def test_what_is_no_real_number_is_refused(value, words):
    with pytest.raises(TypeError, match=words):
        as_array(value, "x")


def test_ragged_lists_are_refused():
    with pytest.raises(ValueError, match=r"x must be rectangular.*every row the same"):
        as_array([[1, 2], [3]], "x")


@pytest.mark.parametrize(
    ("value", "axes", "words"),
    [
        (3.0, "(m, n)", r"x must have shape \(m, n\), but has shape \(\); one example"),
        ([1, 2], "(m, n)", r"has shape \(2,\); one example is a row: \[\[\.\.\.\]\]"),
        ([[[1]]], "(m, n)", r"has shape \(1, 1, 1\)"),
        ([[1]], "(n_out,)", r"must have shape \(n_out,\), but has shape \(1, 1\)$"),
        (np.ones((0, 2)), "(m, n)", r"x must not be empty, but has shape \(0, 2\)"),
        (np.ones((2, 0)), "(m, n)", r"x must not be empty, but has shape \(2, 0\)"),
        ([[0, np.nan]], "(m, n)", r"x must be finite, but x\[0, 1\] is nan; fix"),
        ([[1], [np.inf]], "(m, n)", r"x must be finite, but x\[1, 0\] is inf"),
        ([2, -np.inf], "(n_out,)", r"x must be finite, but x\[1\] is -inf"),
    ],
)
def test_wrong_rank_emptiness_and_infinity_are_refused(value, axes, words):
    with pytest.raises(ValueError, match=words):
        finite_array(value, "x", axes)


@pytest.mark.parametrize(("shape", "axes"), [((4,), "(n_out,)"), ((2, 3), "(m, n)")])
def test_a_fitting_array_passes(shape, axes):
    given = np.ones(shape)
    assert finite_array(given, "x", axes) is given
