"""What JAX hands its rules: the derivative that it traces, as a formula."""

import re
from collections.abc import Callable, Mapping
from typing import Any


def jax_functions() -> dict[str, Callable[..., Any]]:
    import jax
    from jax import lax
    from jax import numpy as jnp

    highest = lax.AccuracyMode.HIGHEST
    names = ("exp", "expm1", "sqrt", "tan", "sin", "log")
    return {
        "logistic": jax.nn.sigmoid,
        "logistic, highest accuracy": lambda z: lax.logistic(z, accuracy=highest),
        "tanh": jnp.tanh,
        "relu": jax.nn.relu,
        **{name: getattr(jnp, name) for name in names},
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
        "reads": [letter for letter in "za" if re.search(rf"\b{letter}\b", formula)],
        "keeps the slope itself": len(kept) == 1 and bool(kept[0] == slope),
    }


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
