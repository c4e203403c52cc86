"""The slope in the far tail: the thresholds, the errors, and the stuck units."""

import mpmath
import numpy as np
import pytest

from backprop_explained import (
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
)
from sitebuild.figures import tail

BITS = {np.float16: 11, np.float32: 24, np.float64: 53}
FROM_OUTPUT = lambda z, a: sigmoid_derivative_from_output(a)
FROM_Z = lambda z, a: sigmoid_derivative(z)


@pytest.mark.parametrize("z", [-40.0, -1.0, 0.0, 2.0, 17.0, 40.0])
def test_the_exact_slope_is_the_derivative_that_mpmath_takes(z):
    with mpmath.workdps(60):
        slope = mpmath.diff(lambda t: 1 / (1 + mpmath.exp(-t)), mpmath.mpf(z))
        assert abs(tail.exact_slope(z) / slope - 1) < 1e-15


def test_a_relative_error_is_seen():
    z = np.array([-3.0, 3.0])
    errors = tail.relative_errors(lambda z: 1.25 * sigmoid_derivative(z), z)
    assert errors == pytest.approx([0.25, 0.25], abs=1e-15)


@pytest.mark.parametrize("dtype", BITS)
def test_the_output_is_1_from_the_bits_times_ln_2(dtype):
    edge = BITS[dtype] * np.log(2)
    step = float(np.spacing(dtype(edge)))  # exp is off by less than that
    assert tail.first_one(dtype) == pytest.approx(edge, abs=2 * step)
    assert sigmoid(dtype(tail.first_one(dtype))) == 1
    assert sigmoid(dtype(tail.first_one(dtype) - 0.1)) < 1


def test_a_sigmoid_rounded_once_gets_one_bit_further():
    def rounded_once(z):
        with mpmath.workdps(60):
            return float(1 / (1 + mpmath.exp(-mpmath.mpf(z))))

    edge = 54 * np.log(2)
    assert rounded_once(edge - 0.01) < 1
    assert rounded_once(edge + 0.01) == 1


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_step_is_lost_before_the_slope_is(dtype):
    assert tail.first_stuck(dtype) < tail.first_one(dtype)
    z = dtype(tail.first_stuck(dtype))
    assert z - sigmoid_derivative(z) == z
    before = np.nextafter(z, dtype(0))
    assert before - sigmoid_derivative(before) < before


def test_what_is_left_is_a_whole_number_of_steps_below_1():
    left = (1 - sigmoid(np.linspace(10, 40, 301))) * 2.0**53
    assert (left == np.round(left)).all()
    assert left.max() > 0


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_usual_form_from_z_has_the_bits_of_the_one_from_the_output(dtype):
    z = np.linspace(-50, 50, 2001).astype(dtype)
    np.testing.assert_array_equal(tail.usual(z), tail.from_output(z))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_only_the_form_without_a_subtraction_keeps_its_digits(dtype):
    limit = 4 * np.finfo(dtype).eps
    right = np.linspace(5, 50, 451).astype(dtype)
    assert tail.relative_errors(tail.mirrored, right).max() < limit
    assert tail.relative_errors(tail.from_output, right).min() > limit


@pytest.mark.parametrize("formula", [tail.from_output, tail.usual, tail.mirrored])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_to_the_left_nothing_is_lost(formula, dtype):
    left = np.linspace(-50, 0, 501).astype(dtype)
    assert tail.relative_errors(formula, left).max() < 4 * np.finfo(dtype).eps


def test_the_slope_of_tanh_is_lost_at_both_ends():
    edge = 55 * np.log(2) / 2
    for side in (-1, 1):
        assert np.tanh(side * (edge + 0.4)) == side  # tanh may be off by an ulp
        assert abs(np.tanh(side * (edge - 0.4))) < 1
    z = 20.0
    twice = 4 * sigmoid_derivative(2 * z)
    with mpmath.workdps(40):
        assert float(abs(twice * mpmath.cosh(z) ** 2 - 1)) < 1e-15


@pytest.mark.parametrize(("z", "dtype"), [(40, np.float64), (18, np.float32)])
def test_neither_formula_frees_a_unit_far_out(z, dtype):
    by_output, after_output = tail.push_down(
        tail.lone_unit(z, FROM_OUTPUT, dtype, dtype), 50, 1
    )
    by_z, after_z = tail.push_down(tail.lone_unit(z, FROM_Z, dtype, dtype), 50, 1)
    assert by_output == 0
    assert by_z == pytest.approx(float(tail.exact_slope(z)), rel=1e-6)
    assert (after_output, after_z) == (z, z)


def test_with_a_sigmoid_in_half_precision_one_formula_frees_it():
    def after(formula):
        unit = tail.lone_unit(9, formula, np.float32, np.float16)
        return tail.push_down(unit, 1_000, 10.0)[1]

    assert after(FROM_OUTPUT) == 9
    assert after(FROM_Z) < 0


def test_the_time_to_get_away_is_the_exponential():
    # dz/dt is -e^-z far out, so e^z falls by 1 in each step of size 1
    unit = tail.lone_unit(8, FROM_Z, np.float64, np.float64)
    assert tail.push_down(unit, round(np.exp(8) - np.exp(6)), 1.0)[1] == pytest.approx(
        6, abs=0.02
    )


def test_the_log_of_the_slope():
    for z in (-40.0, 0.0, 3.0, 40.0, 700.0):
        ours = -abs(z) - 2 * np.log1p(np.exp(-abs(z)))
        assert ours == pytest.approx(float(mpmath.log(tail.exact_slope(z))), rel=1e-15)


def test_the_figure_names_both_thresholds():
    drawn = tail.lost_digits()
    assert "24 ln 2" in drawn
    assert "53 ln 2" in drawn


@pytest.mark.peers("torch")
def test_with_adam_one_formula_frees_a_unit_in_float32():
    import torch

    def places(formula, steps, z=18.0):
        weight = torch.tensor([z], requires_grad=True)
        adam = torch.optim.Adam([weight], lr=0.01)
        yield weight.item()
        for _ in range(steps):
            at = weight.detach().numpy()
            weight.grad = torch.from_numpy(sigmoid(at) * formula(at, sigmoid(at)))
            adam.step()
            yield weight.item()

    assert set(places(FROM_OUTPUT, 100)) == {18}
    free = list(places(FROM_Z, 2_500))
    share = tail.exact_slope(18) / (tail.exact_slope(18) + 1e-8)
    assert (free[0] - free[1]) / 0.01 == pytest.approx(float(share), rel=1e-3)
    assert free[-1] < 0


@pytest.mark.peers("torch")
def test_pytorch_rounds_half_precision_once():
    import torch

    for dtype, bits in [(torch.float16, 12), (torch.bfloat16, 9)]:
        edge = bits * np.log(2)
        step = torch.finfo(dtype).eps * 8  # between two numbers near the edge
        below, above = torch.tensor([edge - step, edge + step], dtype=dtype)
        assert torch.sigmoid(below) < 1
        assert torch.sigmoid(above) == 1
