"""The line to change and what to change it to, in terms of the reader's network."""

import ast
import re
from collections.abc import Sequence

from backprop_explained.activations import Activation
from backprop_explained.check.cost_form import Form, scaled
from backprop_explained.check.mistakes import PENALTY, Mistake
from backprop_explained.check.suspects import Match

SLOPES = ("a where z belongs", "z where a belongs", "slope missing")
"""The mistakes whose line has the derivative of the activation in it."""


def advice(
    match: Match, form: Form | None, rows: Sequence[Activation] = ()
) -> tuple[str, str, str]:
    """Why, what to change and to what; a factor in terms of the cost that was given.

    Examples
    --------
    >>> from backprop_explained import MISTAKES, TANH
    >>> match = Match(MISTAKES["z where a belongs"], 1.0, "")
    >>> print(*advice(match, None, [TANH])[1:], sep="   ")
    delta = error * (1 - z**2)   delta = error * (1 - a**2)
    """
    mistake = match.mistake
    if form and match.is_factor:
        return _on_a_factor(match, form)
    if mistake is PENALTY:
        left = f" + {2 * match.factor:g} * penalty * W" if match.factor else ""
        return mistake.description, f"{mistake.code}{left}", mistake.instead
    row = _row(match, rows)
    if row is None or not mistake.name.startswith(SLOPES) or "error =" in mistake.code:
        return mistake.description, mistake.code, mistake.instead
    return mistake.description, *_lines(mistake, row)


def _on_a_factor(match: Match, form: Form) -> tuple[str, str, str]:
    factor = match.total(form.m)
    times = scaled("1", factor, form.m, form.n).replace(" * 1", "")
    why = f"your cost is {form}, and your gradient is its gradient times {times}"
    name = "delta" if form.cancels else "error"
    return why, f"{name} = {form.error(factor)}", f"{name} = {form.error()}"


def _row(match: Match, rows: Sequence[Activation]) -> Activation | None:
    """The activation whose slope is concerned: of the first layer with the mistake."""
    chosen = list(rows)
    if match.layers:
        chosen = [rows[layer - 1] for layer in match.layers if layer <= len(rows)]
    elif match.mistake.name.endswith("output layer"):
        chosen = chosen[-1:]
    elif match.mistake.name.endswith("hidden layers"):
        chosen = chosen[:-1]
    return next((row for row in chosen if row.name != "identity"), None)


def _lines(mistake: Mistake, row: Activation) -> tuple[str, str]:
    from_z = f"delta = error * {row.name}_derivative(z)"
    if mistake.name.startswith("slope missing"):
        return mistake.code, from_z
    if mistake.name.startswith("a where z belongs"):
        return f"delta = error * {row.name}_derivative(a)", from_z
    if len(row.formulas) < 3:
        name = f"{row.name}_derivative_from_output"
        return f"delta = error * {name}(z)", f"delta = error * {name}(a)"
    formula = _as_factor(row.formulas[2])
    right = f"delta = error * {formula}"
    return re.sub(r"\ba\b", "z", right), right


def _as_factor(formula: str) -> str:
    """In parentheses where a product would tear it apart."""
    body = ast.parse(formula, mode="eval").body
    whole = isinstance(body, ast.Constant | ast.Name | ast.Call) or (
        isinstance(body, ast.BinOp) and isinstance(body.op, ast.Mult | ast.Pow)
    )
    return formula if whole else f"({formula})"
