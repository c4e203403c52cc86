"""A number and the words around it: they name the same thing.

The expression behind a number says whose it is and what it is of many: a sentence that
names another library, another precision or the other end of the range is false, though
the number is right.  A unit behind a quoted number is the one that its source has.
"""

import re
from collections.abc import Iterator
from typing import Any

from sitebuild.checks.structure import line_at

_COMMENT = re.compile(r"<!--(?P<kind>=|quoted:)?\s*(?P<said>.*?)\s*-->", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-Z\[`*])|\n\s*\n|\n(?=[-|])")
_NEAR = 45
"""So many characters before a number say of which end of a range it is."""
_FAMILIES = (
    {"torch": "pytorch", "jax": "jax", "autograd": "autograd", "sklearn": "scikit"},
    {"float16": "float16", "float32": "float32", "float64": "float64"},
)
_ENDS = (
    (r"up to|at most|largest|worst|slowest|last|highest|widest", r"\bmax\(|LARGEST"),
    (r"at least|smallest|least|lowest|fastest", r"\bmin\(|SMALLEST"),
    (r"mean|average", r"\bmean\("),
    (r"median", r"median"),
)
_OPPOSITE = {0: 1, 1: 0, 2: 3, 3: 2}
_UNIT = re.compile(r"\s?(%|[kMG]?B\b|times\b|seconds?\b|minutes?\b|hours?\b|bits?\b)")


def disagreements(prose: str) -> Iterator[tuple[int, str]]:
    """Line and message of each computed number whose sentence names something else.

    Examples
    --------
    >>> list(disagreements("JAX takes 7<!--= torch.ratio --> times as long."))
    [(1, "torch.ratio is about torch, and the sentence names 'jax' instead")]
    >>> list(disagreements("At least 5<!--= max(sizes) --> weights."))
    [(1, 'max(sizes) is another end, or another average, than the words before it')]
    """
    for found in _COMMENT.finditer(prose):
        if found["kind"] != "=":
            continue
        line, said = line_at(prose, found.start()), found["said"]
        said_here = _plain(_around(prose, found.start())).lower()
        for family in _FAMILIES:
            mine = {name for name in family if re.search(rf"\b{name}\b", said)}
            named = {name for name, word in family.items() if word in said_here}
            if mine and named and not mine & named:
                what = " and ".join(family[name] for name in sorted(named))
                yield (
                    line,
                    f"{said} is about {' and '.join(sorted(mine))}, and the sentence "
                    f"names {what!r} instead",
                )
        if _other_end(_plain(prose[: found.start()])[-_NEAR:], said):
            yield (
                line,
                f"{said} is another end, or another average, than the words before it",
            )


def _other_end(before: str, said: str) -> bool:
    words = [bool(re.search(rf"\b(?:{word})\b", before, re.I)) for word, _ in _ENDS]
    code = [bool(re.search(pattern, said)) for _, pattern in _ENDS]
    return any(
        words[at] and not words[other] and code[other] and not code[at]
        for at, other in _OPPOSITE.items()
    )


def _around(prose: str, at: int) -> str:
    """The sentence of a place, and the one before it."""
    ends = [found.start() for found in _SENTENCE.finditer(prose)]
    before = [end for end in ends if end < at]
    after = [end for end in ends if end >= at]
    start = before[-2] if len(before) > 1 else 0
    return prose[start : after[0] if after else len(prose)]


def _plain(text: str) -> str:
    return _COMMENT.sub("", text)


def wrong_unit(quotes: list[dict[str, Any]], number: str, after: str) -> str | None:
    """What is wrong with the unit behind a number that was quoted, or None.

    Examples
    --------
    >>> quotes = [{"values": ["5600"], "words": "3363MB vs 5600MB"}]
    >>> wrong_unit(quotes, "5600", " MB of it")
    >>> wrong_unit(quotes, "5600", " kB of it")
    "the unit 'kB' does not stand behind 5600 in its source"
    """
    unit = _UNIT.match(after)
    words = [one["words"] for one in quotes if number in one["values"]]
    if not unit or not words:
        return None
    same = {"%": r"(?:%|percent|per cent)"}.get(unit[1], re.escape(unit[1]))
    if any(re.search(rf"{re.escape(number)}\s?-?{same}", one) for one in words):
        return None
    return f"the unit {unit[1]!r} does not stand behind {number} in its source"
