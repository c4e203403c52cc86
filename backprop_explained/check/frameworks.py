"""Gradients of PyTorch and JAX against differences of their own forward passes.

Neither is imported before one of these is called.  All is computed on copies, in
float64 where the framework is PyTorch.
"""

import copy
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

from backprop_explained.check.gradient import GradientCheck, check_gradients
from backprop_explained.notation import Array


def check_module(model: Any, loss: Callable[..., Any], *batch: Any) -> GradientCheck:
    """Check the gradients of a PyTorch module, with every backward method in it.

    Parameters
    ----------
    model : torch.nn.Module
        Stays as it is: a copy in float64 is checked.
    loss : callable
        `loss(output, target)`, or `loss(output)` where there is no target.
    *batch : torch.Tensor of any shape
        The input, and the target if there is one.

    Returns
    -------
    GradientCheck
        True if right; one array for each parameter that needs a gradient.

    Raises
    ------
    TypeError
        If `model` is not a module.
    ValueError
        If there is nothing to check, or no batch is given.
    """
    torch: Any = import_module("torch")
    if not isinstance(model, torch.nn.Module):
        raise TypeError(f"model must be a torch.nn.Module, not {model!r}")
    if not batch:
        raise ValueError("give the input, and the target if there is one")
    twin = copy.deepcopy(model).double()
    inputs, *target = [_double(torch, tensor) for tensor in batch]
    parameters = [p for p in twin.parameters() if p.requires_grad]
    if not parameters:
        raise ValueError("model must have parameters that need a gradient")

    def value() -> Any:
        return loss(twin(inputs), *target)

    return _check(torch, value, parameters)


def check_function(function: Any, *inputs: Any) -> GradientCheck:
    """Check the `backward` that somebody wrote for a `torch.autograd.Function`.

    Parameters
    ----------
    function : torch.autograd.Function or callable
        The class, or a function of tensors that returns a tensor.
    *inputs : torch.Tensor of any shape
        Where to check it; other arguments are handed on as they are.

    Returns
    -------
    GradientCheck
        True if right; one array for each tensor of real numbers.

    Raises
    ------
    ValueError
        If no input is a tensor of real numbers.

    Notes
    -----
    The outputs are weighted by random numbers, so that `backward` cannot pass by
    leaving out what comes from above.
    """
    torch: Any = import_module("torch")
    apply = getattr(function, "apply", function)
    given = [_double(torch, value) for value in inputs]
    leaves = [v for v in given if torch.is_tensor(v) and v.is_floating_point()]
    if not leaves:
        raise ValueError("give at least one tensor of real numbers")
    for leaf in leaves:
        leaf.requires_grad_()
    rng = np.random.default_rng(0)
    shape = tuple(apply(*given).shape)
    above = torch.from_numpy(np.asarray(rng.standard_normal(shape)))
    return _check(torch, lambda: (above * apply(*given)).sum(), leaves)


def check_tree(
    cost: Callable[[Any], Any], parameters: Any, gradients: Any
) -> GradientCheck:
    """Check a gradient that is a tree of arrays, as those of JAX are.

    Parameters
    ----------
    cost : callable
        `cost(parameters)` returns one number.
    parameters, gradients : pytree
        Of one structure; the leaves are arrays.

    Returns
    -------
    GradientCheck
        True if right; one array for each leaf.

    Raises
    ------
    ValueError
        If the structures differ.
    """
    tree: Any = import_module("jax").tree
    leaves, shape = tree.flatten(parameters)
    slopes, other = tree.flatten(gradients)
    if shape != other:
        raise ValueError(
            f"gradients must have the structure of the parameters, {shape}, not {other}"
        )
    return check_gradients(
        lambda arrays: float(cost(tree.unflatten(shape, arrays))),
        [np.asarray(leaf) for leaf in leaves],
        [np.asarray(slope) for slope in slopes],
    )


def _double(torch: Any, value: Any) -> Any:
    if not torch.is_tensor(value):
        return value
    alone = value.detach().clone()
    return alone.double() if alone.is_floating_point() else alone


def _check(torch: Any, value: Callable[[], Any], leaves: list[Any]) -> GradientCheck:
    """One backward pass, then differences; the random state stays the user's."""
    state = torch.get_rng_state()

    def again() -> Any:
        torch.set_rng_state(state)
        return value()

    def cost(arrays: list[Array]) -> float:
        with torch.no_grad():
            for leaf, array in zip(leaves, arrays, strict=True):
                leaf.copy_(torch.from_numpy(np.asarray(array)))
            return float(again())

    try:
        found = torch.autograd.grad(again(), leaves, allow_unused=True)
        slopes = [
            np.zeros(tuple(leaf.shape)) if g is None else g.detach().numpy().copy()
            for leaf, g in zip(leaves, found, strict=True)
        ]
        points = [leaf.detach().numpy().copy() for leaf in leaves]
        return check_gradients(cost, points, slopes)
    finally:
        torch.set_rng_state(state)
