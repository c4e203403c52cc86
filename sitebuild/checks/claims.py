r"""What a text says in numbers, each phrase with the expression that computes it.

A page that repeats a count states it once, in a comment that no reader sees:

    <!--numbers
    from backprop_explained.catalogue import ACTIVATIONS
    three layers = len(network.Ws)
    a 3-4-1 network = network.sizes
    11 lines = quoted: trask
    -->

Wherever the page says "three layers", in its description and its comments too, that
number is vouched for.  A line that begins with a space continues the one before.

>>> list(literal_only("2 + len('a')")), list(literal_only("len(page)"))
(["2 + len('a')"], [])
"""

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from sitebuild.checks.numerals import Written, numbers
from sitebuild.checks.quotes import quote_problems
from sitebuild.checks.structure import blank, line_at

_BLOCK = re.compile(r"<!--numbers\n(?P<lines>.*?)-->", re.DOTALL)
_NONE = r"(?:0|1|no|one|zero|a single)"
_QUOTED = re.compile(r"quoted:\s*(.+)", re.DOTALL)


class Claim(NamedTuple):
    """A phrase with numbers in it, and what computes them."""

    line: int
    phrase: str
    expression: str

    @property
    def numbers(self) -> list[Written]:
        """The numbers of the phrase, in order; where a rule exempts them, all."""
        return list(numbers(self.phrase)) or list(numbers(self.phrase, every=True))

    @property
    def pattern(self) -> re.Pattern[str]:
        """The phrase, wherever a line is broken."""
        return _spaced(self.phrase)

    @property
    def other(self) -> re.Pattern[str]:
        """The phrase with a 0 or a 1 in it, which nothing else would notice."""
        pieces, at = [], 0
        for number in self.numbers:
            pieces.append(self.phrase[at : number.start])
            at = number.end
        return _spaced(*pieces, self.phrase[at:])


@cache
def _spaced(*pieces: str) -> re.Pattern[str]:
    escaped = [r"\s+".join(map(re.escape, re.split(r"\s+", one))) for one in pieces]
    return re.compile(rf"(?<![\w.,]){_NONE.join(escaped)}(?!\w|[.,]\d)", re.IGNORECASE)


def find_claims(text: str) -> tuple[list[Claim], str]:
    """The claims of a page, and the imports that they need."""
    claims, imports = [], []
    for block in _BLOCK.finditer(text):
        first = line_at(text, block.start("lines"))
        found, needed = parse(block["lines"], first)
        claims += found
        imports.append(needed)
    return claims, "".join(imports)


def parse(lines: str, first: int = 1) -> tuple[list[Claim], str]:
    """Claims, one line each, and the imports among them."""
    claims, imports = [], ""
    joined = re.sub(r"\n[ ]+", lambda found: "\0", lines)
    for written in joined.split("\n"):
        line, first = first, first + 1 + written.count("\0")
        said = written.replace("\0", " ").strip()
        phrase, equals, expression = _parted(said)
        if re.match(r"from [\w.]+ import |import \w", said):
            imports += f"{said}\n"
        elif said:
            claims.append(Claim(line, phrase, expression if equals else ""))
    return claims, imports


def _parted(said: str) -> tuple[str, str, str]:
    """A phrase, which has a number and may have an equals sign, and its expression."""
    for small in (False, True):
        for equals in re.finditer(" = ", said):
            if next(numbers(said[: equals.start()], small=small), None):
                return said[: equals.start()], " = ", said[equals.end() :]
    return said.partition(" = ")


def without_claims(text: str) -> str:
    """The text with its blocks of claims blanked."""
    return _BLOCK.sub(blank, text)


def claimed(claims: Iterable[Claim], text: str) -> list[tuple[int, int]]:
    """Where the numbers stand that a claim vouches for."""
    spans = []
    for claim in claims:
        places = [(number.start, number.end) for number in claim.numbers]
        for found in claim.pattern.finditer(text):
            spans.append(found.span() if places else (0, 0))
    return spans


def claim_problems(
    claims: Iterable[Claim], text: str, namespace: dict[str, Any]
) -> Iterator[tuple[int, str]]:
    """Line and message of each claim that is false, idle or computes nothing."""
    for claim in claims:
        message = _misplaced(claim, text) or _wrong(claim, namespace)
        if message:
            yield claim.line, message
    for claim in claims:
        worded = re.search(r"[^\W\d]{2}", claim.phrase) and " " in claim.phrase
        alone = not any(numbers(claim.phrase))
        for found in () if alone or not worded else claim.other.finditer(text):
            yield (
                line_at(text, found.start()),
                f"{found[0]!r} is {claim.phrase!r} elsewhere on the page",
            )


def _misplaced(claim: Claim, text: str) -> str | None:
    if not claim.expression:
        return f"cannot read {claim.phrase!r}; write: phrase = expression"
    if not claim.numbers:
        return f"no number needs a check in {claim.phrase!r}"
    if not claim.pattern.search(text):
        return f"the text nowhere says {claim.phrase!r}"
    return None


def _wrong(claim: Claim, namespace: dict[str, Any]) -> str | None:
    quoted = _QUOTED.fullmatch(claim.expression)
    if quoted:
        texts = [number.text for number in claim.numbers]
        return next(filter(None, (quote_problems(quoted[1], t) for t in texts)), None)
    values, problem = evaluated(claim.expression, namespace)
    if problem:
        return problem
    written = claim.numbers
    if len(values) > len(written):
        written = list(numbers(claim.phrase, every=True))
    if len(values) != len(written):
        return f"{claim.phrase!r} has {len(written)} numbers, not {len(values)}"
    for number, value in zip(written, values, strict=True):
        if not number.says(value):
            return f"{claim.phrase!r} is said, but {claim.expression} is {value:g}"
    return None


def evaluated(
    expression: str, namespace: dict[str, Any]
) -> tuple[list[float], str | None]:
    """The values of an expression, or what is wrong with it."""
    for literal in literal_only(expression):
        return [], f"{literal} computes nothing: it has no name of the page or package"
    try:
        value = eval(expression, namespace)
        values = value if isinstance(value, tuple | list) else [value]
        return [float(one) for one in values], None
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return [], f"{expression} raised {type(error).__name__}: {error}"


def literal_only(expression: str) -> Iterator[str]:
    """The expression, if it reads nothing but literals and builtins."""
    try:
        names = [n for n in ast.walk(ast.parse(expression, mode="eval")) if _is_name(n)]
    except SyntaxError:  # evaluating it will tell
        return
    bound = {name.id for name in names if isinstance(name.ctx, ast.Store)}
    if all(name.id in bound or hasattr(builtins, name.id) for name in names):
        yield expression


def _is_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name)
