"""What PyTorch, JAX, autograd, scikit-learn and micrograd hand their rules, recorded.

Each claim comes from running the library: the tensors that PyTorch saves, told apart by
their memory; the derivative that JAX traces; the rules of autograd with a NaN in place
of one argument; an array overwritten between the way there and the way back.

`python -m sitebuild.evidence.frameworks` renews the record, in ten seconds; it needs
the extra `peers`, which nothing else here does.  `SOURCES` is what was read and not
run.
"""

import json
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import mpmath
import numpy as np

RECORD = Path(__file__).parent / "records" / "frameworks.json"
PACKAGES = ["torch", "jax", "autograd", "scikit-learn", "micrograd"]
KINK = [-0.5, 0.9]
"""On both sides of the kink."""

INSIDE = [0.3, 0.9]
"""In the domain of every function here."""

OUT_OF_PLACE = [
    *("sigmoid", "tanh", "relu", "softmax", "log_softmax", "exp", "exp2", "expm1"),
    *("sqrt", "rsqrt", "reciprocal", "tan"),
    *("silu", "gelu", "mish", "hardswish", "sin", "square"),
    *("leaky_relu", "elu", "celu", "selu", "softplus", "softshrink", "hardtanh"),
    *("relu6", "hardsigmoid", "log", "arctan", "asinh"),
]
IN_PLACE = [
    *("sigmoid", "tanh", "relu", "leaky_relu", "elu", "celu", "selu"),
    *("silu", "mish", "hardtanh"),
]
FAR = {("sigmoid", "float32"): 17.0, ("sigmoid", "float64"): 40.0}
FAR |= {("tanh", "float32"): 10.0, ("tanh", "float64"): 20.0}

Record = Mapping[str, Any]


# PyTorch


def torch_function(name: str) -> Callable[..., Any]:
    import torch

    along = {"softmax": {"dim": 0}, "log_softmax": {"dim": 0}}.get(name, {})
    home = torch if hasattr(torch, name) and not along else torch.nn.functional
    return lambda t: getattr(home, name)(t, **along)


def torch_in_place(name: str) -> Callable[..., Any]:
    import torch

    if name in ("silu", "mish"):
        return lambda t: getattr(torch.nn.functional, name)(t, inplace=True)
    home = torch if hasattr(torch, f"{name}_") else torch.nn.functional
    return getattr(home, f"{name}_")


def saved(function: Callable[..., Any], values: list[float]) -> dict[str, str]:
    """Name of each tensor that the node of the output saves, and what it is."""
    import torch

    leaf = torch.tensor(values, dtype=torch.float64, requires_grad=True)
    z = leaf * 1  # a leaf may not be overwritten
    before = z.detach().clone()
    a = function(z)
    node = a.grad_fn
    kept = {name: getattr(node, name) for name in dir(node) if "_saved_" in name}
    return {
        name.removeprefix("_saved_"): what_it_is(tensor, z, before, a)
        for name, tensor in kept.items()
        if isinstance(tensor, torch.Tensor)
    }


def what_it_is(tensor: Any, z: Any, before: Any, a: Any) -> str:
    """By memory first: an in-place function has one memory for z and for a."""
    if tensor.data_ptr() == a.data_ptr():
        return "the output"
    if tensor.data_ptr() == z.data_ptr():
        return "the input"
    return "a copy of the input" if tensor.equal(before) else "something else"


def overwritten(name: str, which: str) -> str:
    """What comes back where one array was doubled between the two ways."""
    import torch

    try:
        gradient = torch_gradient(name, doubled=which)
    except RuntimeError as error:
        return f"error: {error}"
    return "right" if torch.equal(gradient, torch_gradient(name)) else "wrong"


def torch_gradient(name: str, doubled: str | None = None) -> Any:
    import torch

    leaf = torch.tensor(KINK, dtype=torch.float64, requires_grad=True)
    z = leaf * 1
    a = torch_function(name)(z)
    if doubled:
        {"input": z, "output": a}[doubled].mul_(2)
    a.sum().backward()
    return leaf.grad / (2 if doubled == "output" else 1)  # of 2a, so of a


def turns(name: str) -> bool:
    """Whether it goes up and comes down, so that the output cannot be enough."""
    import torch

    a = torch_function(name)(torch.linspace(-4, 4, 801, dtype=torch.float64))
    rises = a[~a.isnan()].diff()  # the logarithm has a part of them only
    return bool((rises > 0).any() and (rises < 0).any())


def two_inputs_one_output() -> dict[str, Any]:
    """Leaky ReLU with a negative slope, of 2 and of -10."""
    import torch

    slope, values = -0.2, [2.0, -10.0]
    leaf = torch.tensor(values, dtype=torch.float64, requires_grad=True)
    a = torch.nn.functional.leaky_relu(leaf, slope)
    a.sum().backward()
    try:
        torch.nn.functional.leaky_relu_(leaf * 1, slope).sum().backward()
        message = "none"
    except RuntimeError as error:
        message = str(error)
    return {
        "slope": slope,
        "z": values,
        "a": a.tolist(),
        "out of place": leaf.grad.tolist(),
        "in place": message,
    }


def pytorch() -> dict[str, Any]:
    kept = {name: saved(torch_function(name), INSIDE) for name in OUT_OF_PLACE}
    return {
        "saved": kept,
        "goes up and down": [n for n in OUT_OF_PLACE if "self" in kept[n] and turns(n)],
        "saved in place": {n: saved(torch_in_place(n), KINK) for n in IN_PLACE},
        "overwritten": {
            name: {which: overwritten(name, which) for which in ("input", "output")}
            for name in ("sigmoid", "silu")
        },
        "leaky_relu": two_inputs_one_output(),
    }


# JAX


def jax_functions() -> dict[str, Callable[..., Any]]:
    import jax
    from jax import lax
    from jax import numpy as jnp

    highest = lax.AccuracyMode.HIGHEST
    return {
        "logistic": jax.nn.sigmoid,
        "logistic, highest accuracy": lambda z: lax.logistic(z, accuracy=highest),
        "tanh": jnp.tanh,
        "relu": jax.nn.relu,
        "exp": jnp.exp,
        "expm1": jnp.expm1,
        "sqrt": jnp.sqrt,
        "tan": jnp.tan,
        "sin": jnp.sin,
        "log": jnp.log,
    }


def jax_rule(function: Callable[..., Any]) -> dict[str, Any]:
    """The tangent as a formula in z, a and g, the tangent that came in."""
    import jax

    with jax.enable_x64(True):
        z = jax.numpy.float64(0.7)
        traced = jax.make_jaxpr(lambda z, g: jax.jvp(function, (z,), (g,)))(z, z).jaxpr
        kept = jax.tree.leaves(jax.vjp(function, z)[1])
        slope = jax.grad(function)(z)
    known = dict(zip(traced.invars, "zg", strict=True))
    output, tangent = traced.outvars
    for equation in traced.eqns:
        for variable in equation.outvars:
            known[variable] = written(equation, known)
            if variable is output:
                known[variable] = "a"
    formula = known[tangent].removeprefix("(").removesuffix(")")
    return {
        "rule": formula,
        "reads": [letter for letter in "za" if letter in words(formula)],
        "keeps the slope itself": len(kept) == 1 and bool(kept[0] == slope),
    }


def words(formula: str) -> set[str]:
    return set("".join(c if c.isalnum() else " " for c in formula).split())


SIGNS = {"mul": "*", "sub": "-", "add": "+", "add_any": "+", "div": "/", "gt": ">"}


def written(equation: Any, known: Mapping[Any, str]) -> str:
    """One step of a traced function as a formula."""
    parts = [
        f"{v.val:g}" if hasattr(v, "val") else known[v]
        for v in equation.invars
        if hasattr(v, "val") or v in known
    ]
    name = equation.primitive.name
    if name in SIGNS:
        return f"({f' {SIGNS[name]} '.join(parts)})"
    if name == "neg":
        return f"-{parts[0]}"
    if name == "select_n":
        condition, no, yes = parts
        return f"({yes} if {condition.strip('()')} else {no})"
    if name == "broadcast_in_dim":
        return parts[0]
    return f"{name}({', '.join(parts)})"


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

    def slope(ans: float, x: float) -> float:
        (gradient,) = primitive_vjps[function]((0,), ans, (x,), {})(1.0)
        return float(gradient)

    a = function(z)
    slopes = {"ans": slope(np.nan, z), "x": slope(a, np.nan)}
    return [name for name, value in slopes.items() if np.isnan(value)]


# Slopes far out


def far_slopes() -> list[dict[str, Any]]:
    return [far_slope(*key, z) for key, z in FAR.items()]


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
    """The sigmoid, for whoever has no rule for it."""
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
    """The gradient in z = 2 where `.data` is changed before the way back."""
    return {
        name: {
            "nothing changed": micrograd_gradient(name, None),
            "input changed": micrograd_gradient(name, "input"),
            "output changed": micrograd_gradient(name, "output"),
        }
        for name in ("relu", "square")
    }


def micrograd_gradient(name: str, changed: str | None) -> float:
    from micrograd.engine import Value

    z = Value(2.0)
    a = {"relu": Value.relu, "square": lambda z: z**2}[name](z)
    if changed:
        {"input": z, "output": a}[changed].data = -1.0
    a.backward()
    return float(z.grad)


# What was read


class Source(NamedTuple):
    """Which argument the rules of a project read, in its own words, and where.

    `z` and `a` are its names for the pre-activation and the output.  A file is
    `commit/path`, with its line where we had the whole file.
    """

    project: str
    z: str
    a: str
    from_a: str
    from_z: str
    repository: str
    files: list[str]

    def links(self) -> list[str]:
        base = f"https://github.com/{self.repository}/blob"
        return [f"{base}/{file}" for file in self.files]


SOURCES = [
    Source(
        "PyTorch",
        "self",
        "result",
        "sigmoid, tanh, relu, softmax, exp, sqrt",
        "silu, gelu, leaky_relu, elu, softplus",
        "pytorch/pytorch",
        [
            "cf30153c4c131c8164ee7798e5022d810682e2cb/tools/autograd/derivatives.yaml#L1537",
        ],
    ),
    Source(
        "JAX",
        "x",
        "ans",
        "logistic, tanh, exp, sqrt",
        "relu, sin, log; logistic and tanh for the highest accuracy",
        "jax-ml/jax",
        [
            "990e6a0b84138346e6a38785412f36356e0e5dc3/jax/_src/lax/lax.py#L4525",
            "990e6a0b84138346e6a38785412f36356e0e5dc3/jax/_src/nn/functions.py#L106",
        ],
    ),
    Source(
        "HIPS autograd",
        "x",
        "ans",
        "expit, exp",
        "tanh, sqrt",
        "HIPS/autograd",
        [
            "90dbeb8d23f0222b0124eaf961f1209db0cf4333/autograd/scipy/special.py#L117",
            "90dbeb8d23f0222b0124eaf961f1209db0cf4333/autograd/numpy/numpy_vjps.py#L178",
        ],
    ),
    Source(
        "scikit-learn",
        "",
        "Z",
        "logistic, tanh, relu",
        "",
        "scikit-learn/scikit-learn",
        ["1.9.1/sklearn/neural_network/_base.py#L105"],
    ),
    Source(
        "micrograd",
        "self",
        "out",
        "relu",
        "pow",
        "karpathy/micrograd",
        ["c911406e5ace8742e5841a7e0df113ecb5d54685/micrograd/engine.py#L49"],
    ),
    Source(
        "TensorFlow",
        "op.inputs[0]",
        "op.outputs[0]",
        "sigmoid, tanh, relu, relu6, elu, selu, softmax",
        "gelu, leaky_relu, softplus, softsign",
        "tensorflow/tensorflow",
        [
            "00f0938ae85c7dd68b44b4d80a873f42b1dca16a/tensorflow/python/ops/math_grad.py",
            "01064be9e4d45f323fe4d813e99661f354b0fbc8/tensorflow/python/ops/nn_grad.py",
        ],
    ),
    Source(
        "oneDNN",
        "src",
        "dst",
        "on request: relu, tanh, elu, sqrt, logistic, exp, clip_v2",
        "all, these seven too",
        "uxlfoundation/oneDNN",
        [
            "3f27bec21fdce6b550f233bf6e0afd086ee8d543/doc/functional_api/primitives/eltwise.md#L25",
            "3f27bec21fdce6b550f233bf6e0afd086ee8d543/src/common/eltwise_pd.hpp#L90",
        ],
    ),
    Source(
        "NNlib, of Flux",
        "x",
        "Ω",
        "σ, tanh_fast, relu, leakyrelu, relu6, elu, selu, softmax",
        "gelu, hardswish, softplus, softsign; swish and tanhshrink read both",
        "FluxML/NNlib.jl",
        [
            "f71b71c7f497b849c6553e098ba1966d36418225/src/activations.jl#L938",
            "f71b71c7f497b849c6553e098ba1966d36418225/src/softmax.jl#L85",
        ],
    ),
    Source(
        "Paddle",
        "x",
        "out",
        "`kDepOut`: sigmoid, tanh, relu, relu6, hard_sigmoid, sqrt",
        "`kDepX`: silu, mish, leaky_relu, softplus, log_sigmoid",
        "PaddlePaddle/Paddle",
        [
            "011b2b6e009d3257d0352a39dfc955c0e46da25e/paddle/phi/kernels/funcs/activation_functor.h",
        ],
    ),
    Source(
        "ONNX Runtime",
        "I(0)",
        "O(0)",
        "sigmoid, tanh, sqrt, softmax; relu where the output is kept",
        "quick_gelu, erf, log; relu elsewhere",
        "microsoft/onnxruntime",
        [
            "00806ce9babdd0e5d7b40c77819f0416f0a1eac9/orttraining/orttraining/core/graph/gradient_builder.cc",
        ],
    ),
    Source(
        "MXNet",
        "in_data",
        "out_data",
        "sigmoid, tanh, relu, softrelu, leaky, elu, selu",
        "mish, softsign; gelu reads both",
        "apache/mxnet",
        [
            "b84609d3fc73d20929c114eab95faaa56e6c5ede/src/operator/nn/activation-inl.h#L209",
            "b84609d3fc73d20929c114eab95faaa56e6c5ede/src/operator/leaky_relu-inl.h#L305",
        ],
    ),
    Source(
        "cuDNN, as MXNet calls it",
        "x",
        "y",
        "handed both",
        "handed both",
        "apache/mxnet",
        [
            "b84609d3fc73d20929c114eab95faaa56e6c5ede/src/operator/nn/cudnn/cudnn_activation-inl.h#L162",
        ],
    ),
    Source(
        "tinygrad",
        "ret.src[0]",
        "ret",
        "reciprocal, exp2, sqrt; sigmoid is made of the first two",
        "sin, log2; relu is a choice by its sign",
        "tinygrad/tinygrad",
        [
            "a9069c177a9da9cca18593edf55acd2e6073cca6/tinygrad/mixin/gradient.py#L53",
            "a9069c177a9da9cca18593edf55acd2e6073cca6/tinygrad/mixin/elementwise.py#L692",
        ],
    ),
]
"""The first five were run as well; what they do is in the record."""


# The record


def measure() -> dict[str, Any]:
    return {
        "versions": {name: version(name) for name in PACKAGES},
        "PyTorch": pytorch(),
        "JAX": {name: jax_rule(f) for name, f in jax_functions().items()},
        "autograd": autograd_rules(),
        "scikit-learn": scikit_learn(),
        "micrograd": micrograd(),
        "far": far_slopes(),
    }


def version(name: str) -> str:
    """Without what a build adds, as the + of a build without graphics cards."""
    return metadata.version(name).partition("+")[0]


def recorded(record: Path = RECORD) -> Record:
    return json.loads(record.read_text("utf-8"))


def main() -> None:
    RECORD.write_text(json.dumps(measure(), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
