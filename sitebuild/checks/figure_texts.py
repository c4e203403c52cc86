"""The texts of a figure hold no number that was not computed.

A caption, a description or a label is a string with words in it, or with values; a
number that stands in one as it was typed, as digits or as a word, agrees with nothing.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Any

from sitebuild.checks.numerals import numbers
from sitebuild.checks.spelling import unknown
from sitebuild.checks.structure import blank, line_at

_WORDS = re.compile(r"\s.*[^\W\d_]{2}|[^\W\d_]{2}.*\s", re.DOTALL)
_FRAME = re.compile(r"^10(?=\0$)|^0 0 \d+ (?=\0$)|^#\d+(?=\0$)")
"""A power of ten, the box of a drawing, and a colour."""
_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`")
_NAMES = re.compile(r"\b(?:ln|log) \d+|\b(?:input|neuron) \d+|−1 / (?=s²)")


def typed_numbers(source: str) -> Iterator[tuple[int, str]]:
    """Line and message of each number in the texts of a module."""
    tree = ast.parse(source)
    said = [found for found in _whole(tree, ast.Constant) if _WORDS.search(found[1])]
    for line, text in [*said, *_whole(tree, ast.JoinedStr)]:
        for number in numbers(_NAMES.sub("", _FRAME.sub("", text))):
            yield (
                line,
                f"{number.text!r} is typed into {text.strip()!r}: compute it, as "
                "{in_words(len(network.weights))}",
            )


def misspelt(texts: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Line and word of each word of these texts that is in no dictionary.

    Symbols are left out, which formulas have: they are shorter, or have an index.
    """
    for line, text in texts:
        for _, word in unknown(text) if _WORDS.search(text) else ():
            if len(word) > 2 and word.isascii() and word.isalpha():
                yield line, word


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The strings of some code that have words in them, and their lines."""
    spared = {id(node) for root in ast.walk(tree) for node in _not_shown(root)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and id(node) not in spared and _WORDS.search(text):
            yield node.lineno, text


def whole_texts(source: str) -> Iterator[tuple[int, str]]:
    """The strings of a module as they are shown: tags left out, a value as a gap."""
    for line, text in _whole(ast.parse(source), ast.JoinedStr | ast.Constant):
        yield line, re.sub(r"</?\w[^<>]*>", "", text)


def _whole(tree: ast.AST, kind: Any) -> Iterator[tuple[int, str]]:
    whole = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    inner = {id(part) for node in whole for part in ast.walk(node) if part is not node}
    inner |= {id(node) for root in ast.walk(tree) for node in _not_shown(root)}
    for node in ast.walk(tree):
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        said = [getattr(part, "value", "") for part in parts]
        shown = [one if isinstance(one, str) else "\0" for one in said]
        if id(node) not in inner and isinstance(node, kind):
            yield getattr(node, "lineno", 0), "".join(shown)


def _not_shown(root: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, and how values are formatted."""
    if isinstance(root, ast.Expr):
        yield root.value
    elif isinstance(root, ast.FormattedValue) and root.format_spec:
        yield from ast.walk(root.format_spec)


def script_texts(source: str) -> Iterator[tuple[int, str]]:
    r"""The strings of a JavaScript module that have words in them, and their lines.

    Examples
    --------
    >>> list(script_texts('// a "b c"\nlet x = `at ${z}, right`; f("x-y");'))
    [(2, 'at \x00, right')]
    """
    plain = re.sub(r"/\*.*?\*/|//[^\n]*", blank, source, flags=re.DOTALL)
    for found in _QUOTED.finditer(plain):
        text = re.sub(r"\$\{[^{}]*\}", "\0", found[0][1:-1])
        if _WORDS.search(text):
            yield line_at(plain, found.start()), text
