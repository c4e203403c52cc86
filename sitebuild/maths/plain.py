r"""Formulas where neither TeX nor code can stand: in titles, captions and labels.

They are written in letters, with − and ·, and mean what the notation page says.  One
with `=` has to be true at random points; any other is one of those that these pages are
about, however it is written.

>>> list(plain_problems("σ′(z) = a(1 − a), and where a − y is"))
[]
>>> list(plain_problems("The slope is a(1 + a)."))
[(13, "'a(1 + a)' is none of the formulas that sitebuild/maths/plain.py lists")]
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from sitebuild.maths.meanings import NEURON
from sitebuild.maths.points import Point
from sitebuild.maths.relations import holds

_LETTER = r"\d*[A-Za-zσδ][₀-₉]?′?²?(?!\w)"
_BRACKETS = r"\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)²?"
_PRODUCT = rf"{_BRACKETS}(?:\s?(?:{_LETTER})?{_BRACKETS})*"
_PARTIAL = r"∂[A-Za-z]/∂[A-Za-z](?!\w)"
_FACTOR = rf"(?:{_PARTIAL}|(?:{_LETTER})?{_PRODUCT}|{_LETTER}|(?<![\w.])\d+(?![\w.]))"
_FORMULA = re.compile(
    rf"(?<![√^\w.(])(?:[−-]?{_FACTOR}(?:\s?[−·×/+=]\s?[−-]?{_FACTOR})+"
    rf"|(?:{_LETTER})?{_PRODUCT})"
)
_PLAIN = str.maketrans({"δ": "delta", "−": "-", "·": "*", "×": "*", "²": "**2"})
_TIMES = re.compile(
    r"(?<=[\w)])(?<!\bf)(?<!sigmoid)(?<!derivative)(?<!partial) ?(?=\()|(?<=\)) ?(?=\w)"
    r"|(?<=\d)(?=[a-z])"
)
MEANINGS = NEURON | {
    "s": "1 + np.exp(-z)",
    "f": "sigmoid",
    "v": "f(p)",
    "p": "random()",
}
LISTED = (
    "sigmoid_derivative(z)",
    "sigmoid_derivative_from_output(z)",  # the misreading that these pages show
    "partial('C', 'a')",
    "partial('C', 'z')",
    "a",
    "2 * C",
    "-(a**2)",  # of 1 / s
)
QUOTED = (
    "1 − a",
    "C(w + h)",
    "C(w − h)",
    "f′(p) = (f(y) − f(x)) / (y − x)",
    "f(r) = v",
    "(f(z) − f(r)) / (z − r)",
    "δ = a − y",  # with cross-entropy
)
"""Parts of others, or true of certain points only, which a page has in TeX."""


def plain_problems(text: str) -> Iterator[tuple[int, str]]:
    """Position and message of each formula in plain text that is not known."""
    for found in _FORMULA.finditer(text):
        said = found[0].strip()
        if not _says_something(said) or said in QUOTED:
            continue
        if not _is_true([_as_python(side) for side in said.split("=")]):
            yield (
                found.start(),
                f"{said!r} is none of the formulas that sitebuild/maths/plain.py lists"
                if "=" not in said
                else f"{said!r} is false",
            )


def formulas_in(text: str) -> list[tuple[int, int]]:
    """Where the formulas stand that are checked here.

    >>> text = "It is 1 where a(1 − a) is."
    >>> [text[slice(*span)] for span in formulas_in(text)]
    ['a(1 − a)']
    """
    return [f.span() for f in _FORMULA.finditer(text) if _says_something(f[0].strip())]


def _says_something(said: str) -> bool:
    """Not `28 × 28`, `σ(z)` or `z = 2`, which other rules know, nor with a gap."""
    letters = re.search(r"[A-Za-zσδ]", said)
    value = re.fullmatch(r"\w+ = [−-]?\d+", said)
    alone = re.fullmatch(rf"(?:{_LETTER})\(−?[^−·×/+= ()]*\)", said)
    operator = re.search(r"[−·×/+=]|\)\s?[(\w]", said)
    gap = re.search(r"[\0^*\\[]|\w{3}|[,;.]|^e\+", said)
    return bool(letters and operator and not value and not alone and not gap)


def _as_python(side: str) -> str:
    code = re.sub(r"σ′", "sigmoid_derivative", side.strip().translate(_PLAIN))
    code = re.sub(r"∂(\w)/∂(\w)", r"partial('\1', '\2')", code)
    code = re.sub(r"([a-z])[₀-₉]", r"\1", code.replace("σ", "sigmoid"))
    return _TIMES.sub("*", code)


def _is_true(sides: list[str]) -> bool:
    points = [Point(MEANINGS, seed=seed) for seed in range(3)]
    if len(sides) > 1:
        return all(
            all(_equal(point, one, other) for point in points)
            for one, other in pairwise(sides)
        )
    return any(all(_equal(p, sides[0], listed) for p in points) for listed in LISTED)


def _equal(point: Point, one: str, other: str) -> bool:
    try:
        values: list[Any] = [point.of(code) for code in (one, other)]
        return holds("=", *values)
    except Exception:  # it is no formula of these letters
        return False
