"""What PyTorch, JAX, autograd, scikit-learn and micrograd hand their rules, recorded.

Each claim comes from running the library: the tensors that PyTorch saves, told apart by
their memory; the derivative that JAX traces; the rules of autograd with a NaN in place
of one argument; an array overwritten between the two passes.

`python -m sitebuild.evidence.frameworks` renews the record, in ten seconds; it needs
the extra `peers`, which nothing else here does.  `sitebuild.evidence.rules` is what
was read and not run.
"""

from collections.abc import Callable
from importlib import metadata
from typing import Any

import mpmath
import numpy as np

from sitebuild.evidence import record
from sitebuild.evidence.jax_rules import jax_functions, jax_rule
from sitebuild.evidence.torch_rules import pytorch, torch_function

PACKAGES = ["torch", "jax", "autograd", "scikit-learn", "micrograd"]
FAR = {("sigmoid", "float32"): 17.0, ("sigmoid", "float64"): 40.0}
FAR |= {("tanh", "float32"): 10.0, ("tanh", "float64"): 20.0}


# HIPS autograd


def autograd_rules() -> dict[str, list[str]]:
    """Which arguments the rule of each function reads: NaN in their place shows."""
    import autograd.numpy as anp
    from autograd.scipy.special import expit

    names = ["tanh", "exp", "expm1", "sqrt", "tan", "reciprocal", "sin", "log"]
    functions = {"expit": expit} | {name: getattr(anp, name) for name in names}
    return {name: autograd_reads(f, 0.7) for name, f in functions.items()}


def autograd_reads(function: Callable[..., Any], z: float) -> list[str]:
    from autograd.core import primitive_vjps

    rule = primitive_vjps[function]
    slopes = {
        "ans": rule((0,), np.nan, (z,), {})(1.0),
        "x": rule((0,), function(z), (np.nan,), {})(1.0),
    }
    return [name for name, (gradient,) in slopes.items() if np.isnan(gradient)]


# Slopes far out


def far_slope(name: str, dtype: str, z: float) -> dict[str, Any]:
    row = {"function": name, "dtype": dtype, "z": z, "exact": exact_slope(name, z)}
    row["PyTorch"] = torch_slope(torch_function(name), dtype, z)
    row |= jax_slopes(name, dtype, z)
    row |= autograd_slopes(name, dtype, z)
    return row


def exact_slope(name: str, z: float) -> float:
    with mpmath.workdps(50):
        e = mpmath.exp(-z) if name == "sigmoid" else mpmath.exp(-2 * z)
        return float(e / (1 + e) ** 2 * (1 if name == "sigmoid" else 4))


def torch_slope(function: Callable[..., Any], dtype: str, z: float) -> float:
    import torch

    leaf = torch.tensor(z, dtype=getattr(torch, dtype), requires_grad=True)
    function(leaf).backward()
    return leaf.grad.item()


def jax_slopes(name: str, dtype: str, z: float) -> dict[str, float]:
    import jax
    from jax import lax

    function = {"sigmoid": lax.logistic, "tanh": lax.tanh}[name]
    with jax.enable_x64(dtype == "float64"):
        point = jax.numpy.asarray(z, dtype)
        highest = jax.grad(lambda z: function(z, accuracy=lax.AccuracyMode.HIGHEST))
        return {
            "JAX": jax.grad(function)(point).item(),
            "JAX, highest accuracy": highest(point).item(),
        }


def autograd_slopes(name: str, dtype: str, z: float) -> dict[str, float]:
    import autograd.numpy as anp
    from autograd import grad
    from autograd.scipy.special import expit

    point = np.dtype(dtype).type(z)
    function = {"sigmoid": expit, "tanh": anp.tanh}[name]
    slopes = {"autograd": float(grad(function)(point))}
    if name == "sigmoid":
        slopes["autograd, composed"] = float(grad(composed)(point))
    return slopes


def composed(z: Any) -> Any:
    """The sigmoid, for code that has no rule for it."""
    import autograd.numpy as anp

    return 1 / (1 + anp.exp(-z))


# scikit-learn and micrograd


def scikit_learn() -> dict[str, Any]:
    """The slope that the rule gives, handed the output and handed z."""
    from scipy.special import expit
    from sklearn.neural_network._base import inplace_logistic_derivative

    def slope(argument: Any) -> list[float]:
        delta = np.ones(len(argument))
        inplace_logistic_derivative(argument, delta)
        return delta.tolist()

    z = np.array([-2.0, 0.0, 2.0])
    return {"z": z.tolist(), "handed a": slope(expit(z)), "handed z": slope(z)}


def micrograd() -> dict[str, dict[str, float]]:
    """The gradient at z = 2 where `.data` is changed before the backward pass."""
    return {
        name: {
            f"{which} changed": micrograd_gradient(name, which)
            for which in ("nothing", "input", "output")
        }
        for name in ("relu", "square")
    }


def micrograd_gradient(name: str, changed: str) -> float:
    from micrograd.engine import Value

    z = Value(2.0)
    a = {"relu": Value.relu, "square": lambda z: z**2}[name](z)
    if changed != "nothing":
        {"input": z, "output": a}[changed].data = -1.0
    a.backward()
    return float(z.grad)


# The record


def measure() -> dict[str, Any]:
    return {
        "versions": {name: version(name) for name in PACKAGES},
        "PyTorch": pytorch(),
        "JAX": {name: jax_rule(f) for name, f in jax_functions().items()},
        "autograd": autograd_rules(),
        "scikit-learn": scikit_learn(),
        "micrograd": micrograd(),
        "far": [far_slope(*key, z) for key, z in FAR.items()],
    }


def version(name: str) -> str:
    """Without what a build adds, as the + of a build without graphics cards."""
    return metadata.version(name).partition("+")[0]


def recorded() -> dict[str, Any]:
    return record.read("frameworks")


if __name__ == "__main__":
    record.write("frameworks", measure())
