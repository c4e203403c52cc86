"""Every derivative of a small program, one at a time.

The program is a text of assignments, each name assigned once.  The derivative of its
last value with respect to any name is measured: the value is moved, and the lines below
run again.
"""

import ast
from collections.abc import Mapping
from typing import Any

import numpy as np

from backprop_explained.check.numerical import numerical_gradient
from backprop_explained.notation import Array
from backprop_explained.practise.grade import Grade
from backprop_explained.practise.values import are, those, what_is_wrong, word


def derivatives(program: str, values: Mapping[str, Any]) -> dict[str, Array]:
    r"""The derivative of the last value with respect to each name.

    Parameters
    ----------
    program : str
        Assignments, each on a line of its own; they may use `np`.
    values : mapping
        What the program begins with.

    Returns
    -------
    dict of ndarray
        An array of the shape of each value, under its name; first those that the
        program begins with.

    Examples
    --------
    >>> program = "p = u * v\nC = p ** 2"
    >>> found = derivatives(program, {"u": 3.0, "v": 2.0})
    >>> {n: round(float(v), 6) for n, v in found.items()}
    {'u': 24.0, 'v': 36.0, 'p': 12.0}
    """
    lines = ast.parse(program).body
    reached: dict[str, Any] = dict(values)
    found = {name: _measured(lines, reached, name) for name in values}
    for k, line in enumerate(lines[:-1]):
        before = set(reached)
        _run([line], reached)
        (name,) = set(reached) - before
        found[name] = _measured(lines[k + 1 :], reached, name)
    return found


def _run(lines: list[ast.stmt], reached: dict[str, Any]) -> None:
    code = compile(ast.Module(lines, []), "<program>", "exec")
    exec(code, {"np": np, "__builtins__": {}}, reached)


def _measured(lines: list[ast.stmt], reached: Mapping[str, Any], name: str) -> Array:
    target = lines[-1].targets[0].id  # type: ignore[attr-defined]

    def last(value: Array) -> Any:
        moved = {**reached, name: value}
        _run(lines, moved)
        return moved[target]

    return np.asarray(numerical_gradient(last, np.asarray(reached[name], float)))


def grade_each(
    program: str, values: Mapping[str, Any], given: Mapping[str, Any]
) -> Grade:
    r"""Grade derivatives of the last value, each as soon as it is there.

    Parameters
    ----------
    program : str
        As for `derivatives`.
    values : mapping
        What the program begins with.
    given : mapping
        The answer: under `dC_dp` the derivative with respect to `p`, `...` where it
        is not written yet.

    Returns
    -------
    Grade
        Right where each is.  Else the word for each, what is wrong with the first that
        is, in the order in which they are given, and the line of the program to look
        at.

    Examples
    --------
    >>> program = "p = u * v\nC = p ** 2"
    >>> values = {"u": 3.0, "v": 2.0}
    >>> given = {"dC_dp": 12.0, "dC_dv": 72.0, "dC_du": ...}
    >>> print(grade_each(program, values, given))
    dC_dv is right except for a factor 2. The line to look at is `p = u * v`.
      dC_dp  right
      dC_dv  wrong
      dC_du  missing
    """
    right = {
        f"dC_d{name}": value for name, value in derivatives(program, values).items()
    }
    words = {name: word([given.get(name, ...)], [right[name]]) for name in given}
    if set(words.values()) == {"right"}:
        return Grade(True, f"Right, all {len(words)} of them.", words)
    first = next(iter(those(words, "wrong")), None)
    if first is None:
        return Grade(False, _so_far(words), words)
    said = what_is_wrong(first, [given[first]], [right[first]])
    use = _use(program, first.removeprefix("dC_d"))
    if _is_local(program, values, first, given[first]):
        above = f"dC_d{use.partition(' ')[0]}"
        said = f"{first} is the slope of that line alone: multiply it by {above}."
    return Grade(False, f"{said} The line to look at is `{use}`.", words)


def _use(program: str, name: str) -> str:
    """The first line that uses a name."""
    return next(line for line in program.splitlines() if name in _names(line))


def _names(line: str) -> set[str]:
    """What a line reads."""
    nodes = ast.walk(ast.parse(line.strip()))
    loaded = (n for n in nodes if isinstance(n, ast.Name))
    return {n.id for n in loaded if isinstance(n.ctx, ast.Load)}


def _is_local(program: str, values: Mapping[str, Any], name: str, given: Any) -> bool:
    """Whether it is the slope of the line that uses it, and no more."""
    of = name.removeprefix("dC_d")
    lines = program.strip().splitlines()
    short = "\n".join(lines[: lines.index(_use(program, of)) + 1])
    try:
        return word([given], [derivatives(short, values)[of]]) == "right"
    except (TypeError, ValueError):  # the line gives more than one number
        return False


def _so_far(words: Mapping[str, str]) -> str:
    right, missing = those(words, "right"), those(words, "missing")
    if not right:
        return f"None is written yet: begin with {missing[0]}."
    return f"{are(right)} right; next is {missing[0]}."
