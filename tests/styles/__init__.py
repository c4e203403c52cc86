"""Ways in which people write a network, each a small program in a file of its own.

A program has no need to know that it is tested.  Below it stand two names:

- `case(seed)` returns what a reader would hand over: `(step, cost, where, step_size)`;
- `MISTAKES` maps the name of a mistake to the text that is changed and what it becomes.
"""

import linecache
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent


class Case(NamedTuple):
    """What a reader hands over: two calls, what holds the parameters, the step size."""

    step: Callable[[], Any]
    cost: Callable[[], Any]
    where: Any
    step_size: float


class Style(NamedTuple):
    """A program: its name, its source, and what can be mistaken in it."""

    name: str
    source: str
    mistakes: dict[str, tuple[str, str]]

    def mistaken(self, mistake: str | None) -> str:
        """The source with a mistake in it, or as it is."""
        if mistake is None:
            return self.source
        old, new = self.mistakes[mistake]
        program, mark, rest = self.source.partition("\n\nMISTAKES = ")
        if program.count(old) != 1:
            raise ValueError(f"{self.name}: {old!r} stands there not once")
        return program.replace(old, new) + mark + rest

    def case(self, seed: int = 0, mistake: str | None = None) -> Case:
        """Run the program, and have what it hands over."""
        return Case(*_run(self.mistaken(mistake), self._file(mistake))["case"](seed))

    def _file(self, mistake: str | None) -> str:
        return f"{self.name}{f', {mistake}' if mistake else ''}.py"


def _run(source: str, file: str) -> dict[str, Any]:
    """The names of a program; its lines are found by tracebacks and by inspect."""
    lines = source.splitlines(keepends=True)
    linecache.cache[file] = (len(source), None, lines, file)
    namespace: dict[str, Any] = {"__name__": file.removesuffix(".py")}
    exec(compile(source, file, "exec"), namespace)
    return namespace


def _read(path: Path) -> Style:
    source = path.read_text("utf-8")
    return Style(path.stem, source, _run(source, f"{path.stem}.py")["MISTAKES"])


STYLES = [_read(path) for path in sorted(FOLDER.glob("[!_]*.py"))]
CASES = [(style, mistake) for style in STYLES for mistake in (None, *style.mistakes)]
