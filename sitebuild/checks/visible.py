"""What a reader sees has to run for a reader who has installed the package.

The visible blocks of a page, taken in order and without the hidden ones, import nothing
that `pip install` does not bring, and use no name that only a hidden block defines.
This is read off the bytecode, so Python itself has sorted out whose name is whose.
"""

import ast
import builtins
import dis
import doctest
import re
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


def could_be_shown(
    printed: list[tuple[Fence, str]], *, always: bool = False
) -> Iterator[tuple[int, str]]:
    """Line and message of each hidden block that a reader could run.

    It prints text, or what it makes is printed by a block below it.  With `always`, no
    block may print text and be hidden.
    """
    known = set(_GIVEN)
    for place, (fence, output) in enumerate(printed):
        if fence.visible:
            list(_needs(fence, known))
        elif fence.runs and ("result" in fence.options or not output.strip()):
            as_text = "result" in fence.options
            tells = as_text or _is_printed(fence, printed[place + 1 :])
            if (as_text and always) or (tells and not list(_needs(fence, set(known)))):
                yield (
                    fence.line,
                    'a reader could run this block: show it, with source="above"',
                )


def _is_printed(fence: Fence, below: list[tuple[Fence, str]]) -> bool:
    """Whether a hidden block prints what this one has made."""
    try:
        nodes = list(ast.walk(ast.parse(fence.source)))
    except SyntaxError:  # the run will tell
        return False
    made = {
        node.id
        for node in nodes
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return any(
        made & set(re.findall(r"\w+", other.source))
        for other, output in below
        if not other.visible and output.strip()
    )


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
