"""The texts that a block prints hold no number that was only typed.

A number in a string that is printed stands as a number in the code of the same block
too, or is computed; or the page computes the phrase that it stands in.  A string of
several lines that is printed is a program or a file, and no sentence.
"""

import ast
from collections.abc import Iterable, Iterator

from sitebuild.checks.claims import Claim, claimed
from sitebuild.checks.fences import DOCTEST, Fence
from sitebuild.checks.figure_texts import texts
from sitebuild.checks.numerals import numbers


def typed_and_printed(
    fences: Iterable[Fence], claims: list[Claim]
) -> Iterator[tuple[int, str]]:
    """Line and message of each number that a block prints as it was typed."""
    for fence in fences:
        if not fence.runs or fence.language == DOCTEST:
            continue
        try:
            tree = ast.parse(fence.source)
        except SyntaxError:  # the run will tell
            continue
        counted = _literals(tree)
        for line, text in _printed(tree):
            spans = claimed(claims, text)
            for number in numbers(text):
                if abs(number.value) not in counted and not any(
                    start <= number.start and number.end <= end for start, end in spans
                ):
                    yield (
                        fence.line + line,
                        f"{number.text!r} is typed into {text.strip()!r}, and no number"
                        " of the code beside it: compute it, as {steps:,}",
                    )


def _literals(tree: ast.AST) -> set[float]:
    return {
        abs(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and type(node.value) in (int, float)
    }


def _printed(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "print":
            said = [one for one in call.args if not isinstance(one, ast.Call)]
            for line, text in (found for one in said for found in texts(one)):
                if "\n" not in text.strip():
                    yield line, text
