"""Where a value stands in a text of JSON: its line, and which number it is there."""

import re
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]

_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[\[\]{},:]|[^\s\[\]{},:"]+')


class Places:
    r"""The place of each value of a text that is JSON.

    Parameters
    ----------
    text : str
        The whole of it.

    Examples
    --------
    >>> places = Places('{"weights": [[1, 2],\n [3, "x"]]}')
    >>> places.of("weights", 0, 1)
    'line 1, number 2 (weights[0][1])'
    >>> places.of("weights", 1)
    'line 2 (weights[1])'
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = dict(_values(text))

    def of(self, *path: str | int) -> str:
        """The place of a value, in words; its name alone where it is not there."""
        name = str(path[0]) + "".join(f"[{key}]" for key in path[1:])
        if path not in self.starts:
            return name
        start = self.starts[path]
        line = self.text.count("\n", 0, start) + 1
        if len(path) < 2 or self.text[start] in "[{":
            return f"line {line} ({name})"
        first = self.text.rfind("\n", 0, start) + 1
        before = [s for s in self.starts.values() if first <= s < start]
        number = 1 + sum(self.text[s] not in "[{" for s in before)
        return f"line {line}, number {number} ({name})"


def _values(text: str) -> Iterator[tuple[Path, int]]:
    """The path to each value, and where it begins."""
    path: list[Any] = []  # a key or an index per open bracket; None before a key
    for token in _TOKEN.finditer(text):
        word = token.group()
        if word in "]}":
            path.pop()
        elif word == ",":
            path[-1] = path[-1] + 1 if isinstance(path[-1], int) else None
        elif word != ":":
            if path and path[-1] is None and word[0] == '"':
                path[-1] = word[1:-1]
                continue
            yield tuple(path), token.start()
            if word in "[{":
                path.append(0 if word == "[" else None)
