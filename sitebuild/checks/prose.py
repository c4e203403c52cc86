"""The numbers of a page: each is checked, or says from where it is quoted.

A checked number is followed by the expression that computes it, in a comment that no
reader sees: `0.25<!--= sigmoid_derivative(0) -->`, `three<!--= len(layers) -->`.  It is
evaluated in the namespace of the page, after its blocks have run, and must round to the
digits that are written.  A number quoted from elsewhere names its source, whose file of
quotes must have it: `0.291027924<!--quoted: mazur -->`.  `claims` has the way to say a
phrase once, `numerals` what counts as a number.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from sitebuild.checks.agreement import disagreements, wrong_unit
from sitebuild.checks.claims import (
    claim_problems,
    claimed,
    evaluated,
    find_claims,
    without_claims,
)
from sitebuild.checks.counting import in_file, listed, sections, step, text_of
from sitebuild.checks.fences import Fence
from sitebuild.checks.numerals import Written, number_at_end, numbers
from sitebuild.checks.order import out_of_order
from sitebuild.checks.printed_texts import typed_and_printed
from sitebuild.checks.quotes import quote_problems, quotes
from sitebuild.checks.structure import blank, blanked, line_at, without
from sitebuild.checks.versions import VERSION, wrong_versions
from sitebuild.maths.plain import formulas_in

_MARKER = re.compile(r"<!--(?P<kind>=|quoted:)\s*(?P<said>.*?)\s*-->", re.DOTALL)
_EXEMPT = ("comment", "code", "tex", "target", "script", "tag", "attributes")
_PLAIN = re.compile(  # a code span of numbers alone
    r"(?<!`)`(?=[\w.,\s()\[\]=−-]*\d)(?:\w+\s?=\s?)?[-−\d.,\s()\[\]e]+`(?!`)"
)
_DIRECTIVE = re.compile(r"(?m)^::: .*(?:\n(?:[ \t].*)?)*")
_UNSEEN = re.compile(r"(?m)^(?:aliases|asked|search): .*")  # front matter
_COMMENT = re.compile(r"(?m)(?:^|(?<=\s))#+ [^\n]*")
_STRICT = re.compile(r"(?m)^(?:#+|title:|description:) .*")
"""Where a 0 and a 1 are numbers like any other."""
_NUMBERED = re.compile(r"`[^`]*`")


def unchecked_numbers(
    prose: str, fences: list[Fence] | None = None
) -> Iterator[tuple[int, str]]:
    """Line and message of each number that nothing vouches for."""
    claims, _ = find_claims(prose)
    yield from typed_and_printed(fences or [], claims)
    strict = [line.span() for line in _STRICT.finditer(prose)]
    prose = readable(prose, fences or [])
    prose, found = _without_marked(prose)
    yield from found
    prose = bare(prose)
    yield from out_of_order(prose)
    yield from wrong_versions(prose)
    prose = VERSION.sub(blank, prose)
    spans = [*claimed(claims, prose), *formulas_in(prose)]
    for number in numbers(prose, small=True):
        in_sentence = not any(start <= number.start < end for start, end in strict)
        if not (number.is_small and in_sentence) and not any(
            start <= number.start and number.end <= end for start, end in spans
        ):
            yield (
                line_at(prose, number.start),
                f"nothing checks the number {number.text}; write {number.text}"
                f"<!--= code -->, or {number.text}<!--quoted: source -->",
            )


def bare(prose: str) -> str:
    """The words and the numbers of a text, and nothing else; positions stay."""
    prose = _UNSEEN.sub(blank, _DIRECTIVE.sub(blank, prose))
    prose = _PLAIN.sub(lambda span: f" {span[0][1:-1]} ", prose)
    return without(prose, *_EXEMPT)


def readable(text: str, fences: list[Fence]) -> str:
    """What a reader reads as words: prose, and the comments of code that is shown."""
    text = without_claims(text)
    for fence in fences:
        inside = blanked(fence.source)
        if fence.visible or not fence.runs:
            for found in _COMMENT.finditer(fence.source):
                said = _NUMBERED.sub(blank, found[0].replace("<!--", "    "))
                inside = inside[: found.start()] + said + inside[found.end() :]
        at = text.find("\n", fence.start) + 1
        text = text[:at] + inside + text[at + len(inside) :]
    return text


def _countable(prose: str, fences: list[Fence]) -> dict[str, Any]:
    """What the expressions of a page may count, beside its own names."""
    page = without(without_claims(prose), "comment")
    return {
        "page": page,
        "shown_code": "".join(fence.source for fence in fences if fence.visible),
        "listed": partial(listed, page),
        "sections": partial(sections, page),
        "step": partial(step, page),
        "in_file": in_file,
        "text_of": text_of,
    }


def _without_marked(prose: str) -> tuple[str, list[tuple[int, str]]]:
    """The prose, its marked numbers blanked, and the marks that no number has."""
    found = []
    for marker in reversed(list(_MARKER.finditer(prose))):
        number = number_at_end(prose[: marker.start()])
        if number is None:
            message = f"no number stands before {marker[0]}; "
            message += "write 0.25<!--= expression -->"
            found.append((line_at(prose, marker.start()), message))
            continue
        marked = blanked(prose[number.start : marker.end()])
        prose = prose[: number.start] + marked + prose[marker.end() :]
    return prose, found


def wrong_numbers(
    prose: str, namespace: dict[str, Any], fences: list[Fence] | None = None
) -> Iterator[tuple[int, str]]:
    """Line and message of each number that is not what computes it, or was read."""
    claims, imports = find_claims(prose)
    names = {**_countable(prose, fences or []), **namespace}
    prose = readable(prose, fences or [])
    try:
        exec(imports, names)
    except Exception as error:
        yield 1, f"the imports of the numbers raised {type(error).__name__}: {error}"
        return
    for marker in _MARKER.finditer(prose):
        number = number_at_end(prose[: marker.start()])
        if number is None:
            continue
        after = prose[marker.end() :]
        quoted = marker["kind"] == "quoted:"
        said = marker["said"]
        problem = (
            quote_problems(said, number.text)
            or wrong_unit(quotes()[said], number.text, after)
            if quoted
            else _unlike(number, said, names)
        )
        if problem:
            yield line_at(prose, number.start), problem
    yield from disagreements(prose)
    yield from claim_problems(claims, bare(prose), names)


def _unlike(number: Written, said: str, names: dict[str, Any]) -> str | None:
    """What is wrong with a number beside the expression that computes it."""
    values, problem = evaluated(said, names)
    if problem or (len(values) == 1 and number.says(values[0])):
        return problem
    shown = ", ".join(map(repr, values))
    return f"the prose says {number.text}, but {said} is {shown}"
