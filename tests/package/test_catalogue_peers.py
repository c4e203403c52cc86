"""The catalogue beside the functions of PyTorch and JAX; `make peers` installs them."""

import math

import numpy as np
import pytest

from backprop_explained import ACTIVATIONS

needs_torch = pytest.mark.peers("torch")
needs_jax = pytest.mark.peers("jax")

ROUNDED_SLOPE = {"hard_sigmoid"}
"""PyTorch's 1/6 has the digits of float32, in float64 too."""

CANCELLED = {"gelu_tanh": 5e-14}
"""Theirs is 1 + tanh u, off by some 2e-16; the slope has it times z u', up to 85."""

NOT_IN_TORCH = {"squareplus"}
NOT_IN_JAX = {"softshrink", "tanhshrink"}


def of_that_name(module, names):
    return {name: getattr(module, name) for name in names.split()}


def torch_functions():
    import torch
    from torch.nn import functional

    return {
        **of_that_name(torch, "sigmoid tanh relu abs arctan asinh exp expm1 sinh log"),
        **of_that_name(torch, "sqrt reciprocal tan square sin"),
        **of_that_name(functional, "leaky_relu relu6 hardswish elu selu softsign"),
        **of_that_name(functional, "tanhshrink silu gelu mish"),
        "identity": torch.nn.Identity(),
        "leaky_relu_negative": lambda z: functional.leaky_relu(z, -0.2),
        "hard_tanh": functional.hardtanh,
        "hard_sigmoid": functional.hardsigmoid,
        "softshrink": lambda z: functional.softshrink(z, 1.0),
        "celu": lambda z: functional.celu(z, 2.0),
        "softplus": lambda z: functional.softplus(z, threshold=100),  # else z from 20
        "log_sigmoid": functional.logsigmoid,
        "gelu_tanh": lambda z: functional.gelu(z, approximate="tanh"),
        "cube": lambda z: torch.pow(z, 3),
        "gaussian": lambda z: torch.exp(-torch.square(z)),
    }


def jax_functions():
    import jax
    from jax import nn
    from jax import numpy as jnp

    return {
        **of_that_name(nn, "sigmoid relu identity leaky_relu relu6 hard_tanh elu selu"),
        **of_that_name(nn, "hard_sigmoid softplus log_sigmoid squareplus silu mish"),
        **of_that_name(jnp, "tanh abs arctan exp expm1 sinh log sqrt reciprocal tan"),
        **of_that_name(jnp, "square sin"),
        "leaky_relu_negative": lambda z: nn.leaky_relu(z, -0.2),
        "hardswish": nn.hard_swish,
        "celu": lambda z: nn.celu(z, 2.0),
        "softsign": nn.soft_sign,
        "asinh": jnp.arcsinh,
        "gelu": lambda z: nn.gelu(z, approximate=False),
        "gelu_tanh": nn.gelu,
        "cube": lambda z: jax.lax.integer_pow(z, 3),
        "gaussian": lambda z: jnp.exp(-jnp.square(z)),
    }


def by_torch(name, z):
    """PyTorch's output and slope."""
    import torch

    leaf = torch.tensor(z, requires_grad=True)
    a = torch_functions()[name](leaf)
    a.sum().backward()
    return a.detach().numpy(), leaf.grad.numpy()


def by_jax(name, z):
    """JAX's output and slope, in float64."""
    import jax

    with jax.enable_x64(True):
        outputs, pull = jax.vjp(jax_functions()[name], jax.numpy.asarray(z))
        (slopes,) = pull(jax.numpy.ones_like(outputs))
    return np.asarray(outputs), np.asarray(slopes)


def grid(row):
    """Inside the domain, and on no kink."""
    low, high = row.domain
    z = np.linspace(max(low, -9), min(high, 9), 402)[1:-1]
    return z[~np.isin(z, row.kinks)]


def check(row, peer, slope_digits=2e-14):
    z, lost = grid(row), CANCELLED.get(row.name, 2e-15)
    a, slope = peer(row.name, z)
    np.testing.assert_allclose(row.function(z), a, rtol=2e-14, atol=lost)
    np.testing.assert_allclose(row.derivative(z), slope, slope_digits, lost)


def rows_but(left_out):
    rows = {name: row for name, row in ACTIVATIONS.items() if name not in left_out}
    return pytest.mark.parametrize("row", rows.values(), ids=rows)


@needs_torch
@rows_but(NOT_IN_TORCH)
def test_a_row_is_the_function_of_pytorch(row):
    digits = 4e-8 if row.name in ROUNDED_SLOPE else 2e-14
    check(row, by_torch, digits)


@needs_torch
@rows_but(ACTIVATIONS.keys() - ROUNDED_SLOPE)
def test_a_slope_of_pytorch_said_to_be_rounded_is(row):
    with pytest.raises(AssertionError):
        check(row, by_torch)


@needs_jax
@rows_but(NOT_IN_JAX)
def test_a_row_is_the_function_of_jax(row):
    check(row, by_jax)


@needs_torch
def test_the_comparison_rejects_another_slope():
    wrong = ACTIVATIONS["gelu"]._replace(name="gelu_tanh")
    with pytest.raises(AssertionError):
        check(wrong, by_torch)


@needs_torch
@rows_but({name for name, row in ACTIVATIONS.items() if not row.kinks})
def test_the_slope_at_a_kink_is_that_of_pytorch(row):
    z = np.array(row.kinks)
    _, slope = by_torch(row.name, z)
    np.testing.assert_allclose(row.derivative(z), slope, rtol=1e-15)


@needs_jax
def test_at_some_kinks_jax_takes_another_side():
    other = {}
    for name in jax_functions():
        row = ACTIVATIONS[name]
        _, slopes = by_jax(name, np.array(row.kinks))
        for kink, slope in zip(row.kinks, slopes, strict=True):
            if not math.isclose(slope, row.derivative(np.array([kink]))[0]):
                other[name, kink] = float(slope)
    assert other == {
        ("leaky_relu", 0): 1,
        ("leaky_relu_negative", 0): 1,
        ("abs", 0): 1,
        ("hard_tanh", -1): 1,
        ("hard_tanh", 1): 1,
    }
