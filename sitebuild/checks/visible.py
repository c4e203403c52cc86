"""What a reader sees has to run for a reader who has installed the package.

The visible blocks of a page, taken in order and without the hidden ones, import nothing
that `pip install` does not bring, and use no name that only a hidden block defines.
This is read off the bytecode, so Python itself has sorted out whose name is whose.
"""

import builtins
import dis
import doctest
from collections.abc import Iterable, Iterator
from types import CodeType

from sitebuild.checks.fences import DOCTEST, IMPORTED, Fence, find_fences

_GIVEN = {*vars(builtins), "__annotations__", "__name__"}


def unseen_needs(
    printed: Iterable[tuple[Fence, str]],
) -> Iterator[tuple[int, str]]:
    """Line and message of each thing that a reader would not have.

    Code that a hidden block prints is seen too; a title makes it a file of its own.
    """
    known = set(_GIVEN)
    for fence, output in printed:
        if fence.visible:
            yield from _needs(fence, known)
            continue
        for shown in find_fences(output):
            if shown.language == "py" and "title" not in shown.options:
                inside = _needs(shown._replace(line=0), known)
                yield from ((fence.line, message) for _, message in inside)


def _needs(fence: Fence, known: set[str]) -> Iterator[tuple[int, str]]:
    inner: list[tuple[int, CodeType]] = []
    for line, source in _pieces(fence):
        try:
            code = compile(source, "visible", "exec", dont_inherit=True)
        except SyntaxError:  # the run will tell
            continue
        yield from _missing(code, known, line, inner)
    for line, code in inner:  # what functions use may be defined below them
        yield from _missing(code, set(known), line, inner)


def _pieces(fence: Fence) -> list[tuple[int, str]]:
    """The sources in a fence, and the line of the page before each."""
    if fence.language != DOCTEST:
        return [(fence.line, fence.source)]
    try:
        examples = doctest.DocTestParser().get_examples(fence.source)
    except ValueError:  # the run will tell
        return []
    return [(fence.line + example.lineno, example.source) for example in examples]


def _missing(
    code: CodeType, known: set[str], before: int, inner: list[tuple[int, CodeType]]
) -> Iterator[tuple[int, str]]:
    for step in dis.get_instructions(code):
        line = before + (step.positions.lineno or 1 if step.positions else 1)
        name = step.argval
        if isinstance(name, CodeType):
            inner.append((before, name))
        elif step.opname == "IMPORT_NAME":
            if name.partition(".")[0] not in IMPORTED:
                yield line, f"a reader sees this, and cannot import {name}: {_WAY_OUT}"
        elif step.opname in ("STORE_NAME", "STORE_GLOBAL"):
            known.add(name)
        elif step.opname in ("LOAD_NAME", "LOAD_GLOBAL") and name not in known:
            known.add(name)  # said once
            yield line, f"a reader sees no block that defines {name!r}: {_WAY_OUT}"


_WAY_OUT = "define it in a block that is shown, or hide this one"
