"""The numbers of a page's prose: each is checked, or says from where it is quoted.

A checked number is followed by the expression that computes it, in a comment that no
reader sees: `0.25<!--= sigmoid_derivative(0) -->`.  It is evaluated in the namespace of
the page, after its blocks have run, and must round to the digits that are written.
A number quoted from elsewhere names its source: `0.291027924<!--quoted: Mazur -->`.
"""

import re
from collections.abc import Iterator
from typing import Any

from sitebuild.checks.structure import blank, line_at, without

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)"
_NUMBER = rf"(?<![\w.,])[-−+]?{_DIGITS}(?:\.\d+)?(?:e[-−+]?\d+)?"
_CHECKED = re.compile(
    rf"(?P<number>{_NUMBER})\**<!--=\s*(?P<expression>.+?)\s*-->", re.DOTALL
)
_QUOTED = re.compile(rf"{_NUMBER}\**<!--quoted:\s*\S.*?-->", re.DOTALL)
_DECIMAL = re.compile(
    rf"(?<![\w.,])[-−+]?(?:{_DIGITS}?\.\d+(?:[eE][-−+]?\d+)?|\d+[eE][-−+]?\d+)"
    r"|(?<![\w.,])\d+,\d{1,2}(?![\d,])"  # a decimal comma
)
_EXEMPT = ("comment", "code", "tex", "target", "script", "tag", "attributes")
_VERSION = re.compile(
    r"(?i:\b(?:version|python|numpy|[a-z]+)\s+v?\d+\.\d+(?:\.\d+)+)"  # 1.2.3
    r"|(?i:\b(?:version|python|numpy|pytorch|jax|mkdocs)\s+v?\d+\.\d+)"
)


def unchecked_decimals(prose: str) -> Iterator[tuple[int, str]]:
    """Line and message of each decimal number that nothing vouches for."""
    for pattern in (_CHECKED, _QUOTED):
        prose = pattern.sub(blank, prose)
    for match in re.finditer(r"<!--(?:=|quoted:)", prose):
        yield (
            line_at(prose, match.start()),
            f"no number stands before {match[0]}; write 0.25<!--= expression -->",
        )
    prose = _VERSION.sub(blank, without(prose, *_EXEMPT))
    for match in _DECIMAL.finditer(prose):
        yield (
            line_at(prose, match.start()),
            f"nothing checks the number {match[0]}; write {match[0]}<!--= code -->"
            f", or {match[0]}<!--quoted: source -->",
        )


def wrong_numbers(prose: str, namespace: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """Line and message of each checked number that its expression does not round to."""
    for match in _CHECKED.finditer(prose):
        line = line_at(prose, match.start())
        try:
            value = float(eval(match["expression"], namespace))
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            yield line, f"{match['expression']} raised {type(error).__name__}: {error}"
            continue
        written = normal(match["number"])
        if rounded_like(value, written) != written:
            yield (
                line,
                (
                    f"the prose says {match['number']}, but {match['expression']} "
                    f"is {value!r}"
                ),
            )


def normal(number: str) -> str:
    """A number as Python writes it: −1,234.5 becomes -1234.5."""
    number = number.replace("−", "-").removeprefix("+").replace(",", "")
    mantissa, e, exponent = number.partition("e")
    return f"{mantissa}e{int(exponent):+03d}" if e else mantissa


def rounded_like(value: float, written: str) -> str:
    """The value with as many digits as the number that is written."""
    mantissa, e, _ = written.partition("e")
    digits = len(mantissa.partition(".")[2])
    return f"{value:.{digits}{'e' if e else 'f'}}"
