"""What PyTorch hands its rules: the tensors that it saves, told apart by memory."""

from collections.abc import Callable
from typing import Any

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
    message = "none"
    try:
        torch.nn.functional.leaky_relu_(leaf * 1, slope).sum().backward()
    except RuntimeError as error:
        message = str(error)
    found = {"slope": slope, "z": values, "a": a.tolist()}
    return found | {"out of place": leaf.grad.tolist(), "in place": message}


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
