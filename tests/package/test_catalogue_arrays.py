"""Rows as code: arrays in and out, which argument a slope reads, and pickling."""

import copy
import inspect
import pickle
import re
import warnings

import numpy as np
import pytest
from rows import CUBE, EXACT, MP, SINE, each_precision, each_row, grid

from backprop_explained import (
    ACTIVATIONS,
    IDENTITY,
    RELU,
    SIGMOID,
    TANH,
    catalogue,
    sigmoid_derivative_from_output,
)

# ---- which argument the slope of a row reads


def reads(row):
    """Which of its two arguments is enough for the slope of a row."""
    z = grid(row, 5)
    a, nothing = row.function(z), np.full_like(z, np.nan)
    enough = {"z": row.slope(z, nothing), "a": row.slope(nothing, a)}
    return {name for name, slope in enough.items() if np.isfinite(slope).all()}


@each_row
def test_slope_reads_the_output_where_a_formula_is_known(row):
    expected = "z" if row.derivative_from_output is None else "a"
    assert expected in reads(row)


def test_the_slope_of_a_row_reads_one_argument_alone():
    assert reads(SIGMOID) == reads(TANH) == {"a"}
    assert reads(CUBE) == {"z"}


# ---- arrays in and out


@each_row
def test_a_row_keeps_shape_and_precision_and_changes_nothing(row):
    for dtype in (np.float32, np.float64):
        z = grid(row, 3).astype(dtype).reshape(-1, 1)
        before = z.copy()
        a = row.function(z)
        a_before = a.copy()
        slopes = [row.slope(z, a), row.derivative(z)]
        assert all(array.shape == z.shape for array in (a, *slopes))
        assert all(array.dtype == dtype for array in (a, *slopes))
        assert not any(np.shares_memory(array, z) for array in (a, *slopes))
        assert not np.shares_memory(slopes[0], a)
        assert (z == before).all()
        assert (a == a_before).all()


@each_row
def test_nan_stays_nan_and_says_nothing(row):
    nan = np.array([np.nan, np.nan])
    with np.errstate(all="raise"), warnings.catch_warnings():
        warnings.simplefilter("error")
        results = [row.function(nan), row.derivative(nan), row.slope(nan, nan)]
    assert np.isnan(results).all() or row is IDENTITY
    assert np.isnan(results[0]).all()


@each_precision
@each_row
def test_nothing_overflows_on_the_way_to_a_number(row, dtype):
    """Up to 1e12, the functions warn only where the result is no number of the type."""
    sizes = np.array([0, 1e-12, 1e-6, 1, 9, 20, 37, 90, 104, 750, 1e4, 1e12])
    z = np.unique(np.concatenate([-sizes, sizes])).astype(dtype)
    z = z[(z > row.domain[0]) & (z < row.domain[1])]
    with np.errstate(all="ignore"):
        fits = np.isfinite([row.function(z), row.derivative(z)]).all(axis=0)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        results = row.function(z[fits]), row.derivative(z[fits])
    assert np.isfinite(results).all()
    largest = float(np.finfo(dtype).max)
    f = EXACT[row.name]
    for v in map(MP.mpf, z[~fits].tolist()):
        assert max(abs(f(v)), abs(MP.diff(f, v))) > largest


def test_relu_has_slope_0_at_its_kink_and_keeps_nan():
    z = np.array([-1.0, 0.0, 2.0])
    assert (RELU.slope(z, RELU.function(z)) == [0, 0, 1]).all()
    assert np.isnan(RELU.function(np.array([np.nan]))).all()
    assert np.isnan(RELU.derivative(np.array([np.nan]))).all()


LARGEST = np.finfo(np.float64).max


def test_tanh_has_a_slope_of_0_far_out_without_a_warning():
    z = np.array([-LARGEST, -800.0, 800.0, LARGEST, np.inf])
    with np.errstate(all="raise"):
        assert (TANH.derivative(z) == 0).all()


# ---- the table itself


def test_the_catalogue_is_keyed_by_name_and_starts_with_the_usual_four():
    assert all(name == row.name for name, row in ACTIVATIONS.items())
    assert list(ACTIVATIONS.values())[:4] == [SIGMOID, TANH, RELU, IDENTITY]


def test_no_row_of_the_module_takes_the_name_of_another():
    rows = re.findall(r"^_row\(", inspect.getsource(catalogue), re.MULTILINE)
    assert len(rows) == len(ACTIVATIONS) - 4


@pytest.mark.parametrize("row", [*ACTIVATIONS.values(), SINE], ids=lambda row: row.name)
def test_a_row_survives_pickling(row):
    other = pickle.loads(pickle.dumps(row))
    z = grid(row, 3)
    assert (other.slope(z, other.function(z)) == row.slope(z, row.function(z))).all()


@each_row
def test_a_row_of_the_catalogue_comes_back_as_itself(row):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(row, protocol)) is row
    assert copy.copy(row) is row
    assert copy.deepcopy(row) is row


def test_a_mistaken_row_is_not_taken_for_the_one_it_came_from():
    mistaken = SIGMOID._replace(slope=sigmoid_derivative_from_output)
    assert pickle.loads(pickle.dumps(mistaken)).slope is sigmoid_derivative_from_output


def test_literals():
    z = np.array([-1.0, 2.0])
    for name, a, slope in [
        ("leaky_relu", [-0.01, 2], [0.01, 1]),
        ("hard_sigmoid", [1 / 3, 5 / 6], [1 / 6, 1 / 6]),
        ("hardswish", [-1 / 3, 5 / 3], [1 / 6, 7 / 6]),
        ("softshrink", [0, 1], [0, 1]),
        ("softsign", [-1 / 2, 2 / 3], [1 / 4, 1 / 9]),
        ("elu", [-0.6321206, 2], [0.3678794, 1]),
        ("softplus", [0.3132617, 2.1269280], [0.2689414, 0.8807971]),
        ("gelu", [-0.1586553, 1.9544997], [-0.0833155, 1.0852319]),
        ("cube", [-1, 8], [3, 12]),
    ]:
        row = ACTIVATIONS[name]
        np.testing.assert_allclose(row.function(z), a, atol=5e-8)
        np.testing.assert_allclose(row.slope(z, row.function(z)), slope, atol=5e-8)
