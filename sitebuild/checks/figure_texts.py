"""The texts of a figure hold no number that was not computed.

A caption, a description or a label is a string with words in it; a number that stands
in one as it was typed, as digits or as a word, agrees with nothing.
"""

import ast
import re
from collections.abc import Iterator

from sitebuild.checks.numerals import numbers

_WORDS = re.compile(r"\s.*[^\W\d_]{2}|[^\W\d_]{2}.*\s", re.DOTALL)
_NAMES = re.compile(r"\b(?:ln|log) \d+|\b(?:input|neuron) \d+|−1 / (?=s²)")


def typed_numbers(source: str) -> Iterator[tuple[int, str]]:
    """Line and message of each number in the texts of a module."""
    tree = ast.parse(source)
    spared = {id(node) for root in ast.walk(tree) for node in _not_shown(root)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if not isinstance(text, str) or id(node) in spared or not _WORDS.search(text):
            continue
        for number in numbers(_NAMES.sub("", text)):
            yield (
                node.lineno,
                f"{number.text!r} is typed into {text.strip()!r}: compute it, as "
                "{in_words(len(network.weights))}",
            )


def _not_shown(root: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, and how values are formatted."""
    if isinstance(root, ast.Expr):
        yield root.value
    elif isinstance(root, ast.FormattedValue) and root.format_spec:
        yield from ast.walk(root.format_spec)
