"""What a reader is told of an error, in words that a beginner understands."""

import re
import traceback
from typing import NamedTuple

import numpy as np

AT_HAND = ["NumPy", "backprop_explained"]
LONGEST = 500  # characters of a message
_QUOTES = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00ab": '"'}
_SPACES = "\u00a0\u2007\u202f"
_PROMPT = re.compile(r"^[ \t]*(?:>>>|\.\.\.)(?: |$)")


class Block(NamedTuple):
    """A piece of code that ran or is to run, as the reader sees it."""

    source: str
    place: int  # on its page, from 0

    @property
    def spoken(self) -> str:
        """How a message speaks of it, to a reader who is at another one."""
        lines = (line.strip() for line in self.source.splitlines())
        first = next((line for line in lines if line), "")
        return f"In the block that begins with {first!r}"


def without_prompts(source: str) -> str:
    r"""The code of a pasted session, on the same lines, without prompts and output.

    Examples
    --------
    >>> without_prompts(">>> x = 1\n>>> x\n1")
    'x = 1\nx\n'
    """
    lines = source.split("\n")
    first = next((line for line in lines if line.strip()), "")
    if not first.lstrip().startswith(">>> "):
        return source
    return "\n".join(
        _PROMPT.sub("", line) if _PROMPT.match(line) else "" for line in lines
    )


def _of_syntax(error: SyntaxError, line: str) -> str:
    """What is wrong with a line, where Python's own words are not plain."""
    place = (error.offset or 1) - 1
    for quote, plain in _QUOTES.items():
        if quote in line and "invalid character" in (error.msg or ""):
            return f"{quote} is a quotation mark of print, not of Python: write {plain}"
    if any(space in line for space in _SPACES):
        return (
            "a no-break space stands here, which looks like a space and is none: "
            "write a space"
        )
    if re.match(r"\s*[%!]", line) and not line[:place].strip(" \t%!"):
        return (
            "a line that begins with % or ! is a command of notebooks, "
            "not of Python: leave it out"
        )
    return error.msg or "invalid syntax"


_SIZES = re.compile(r"^matmul: .*size (\d+) is different from (\d+)")
_SHAPES = re.compile(r"could not be broadcast together with shapes (.*\)) ?$")


def _of_arrays(error: BaseException, said: str) -> str:
    """What NumPy says, in other words where its own are not plain."""
    if isinstance(error, TypeError) and ("bitwise_xor" in said or " ^: " in said):
        return "^ is not a power in Python: write **"
    if found := _SIZES.search(said):
        return (
            f"the shapes do not fit a product of matrices: {found[2]} columns on the "
            f"left, and {found[1]} rows on the right"
        )
    if found := _SHAPES.search(said):
        return f"the shapes {found[1]} do not fit each other, entry by entry"
    if isinstance(error, NameError) and error.name == "np":
        return f"{said}; begin with import numpy as np"
    if isinstance(error, NameError) and hasattr(np, error.name or ""):
        return f"{said}; NumPy has np.{error.name}"
    return said


def _own(error: BaseException, line: str) -> str:
    if isinstance(error, SyntaxError):
        return _of_syntax(error, line)
    if isinstance(error, ModuleNotFoundError):
        *others, last = AT_HAND
        return f"{error.name} is not here, only {', '.join(others)} and {last}"
    if isinstance(error, EOFError) and "input(" in line:
        return "input() has nobody to ask here: write the value into the code"
    try:
        return _of_arrays(error, str(error))
    except Exception:
        return "it cannot be shown"


def _places(
    error: BaseException, blocks: dict[str, Block]
) -> tuple[list[tuple[str, int]], bool]:
    """The lines of blocks that an error went through; whether it came from the last."""
    if isinstance(error, SyntaxError) and error.filename in blocks:
        return [(error.filename, error.lineno or 1)], True
    frames = traceback.extract_tb(error.__traceback__)
    lines = [(f.filename, f.lineno or 1) for f in frames if f.filename in blocks]
    return lines, bool(lines and frames[-1].filename in blocks)


def _origin(
    error: BaseException, blocks: dict[str, Block]
) -> tuple[BaseException, list[tuple[str, int]]]:
    """The reader's own error, where the package only passes it on."""
    at = _places(error, blocks)
    found, lines, own = error, *at
    cause: BaseException | None = error
    while cause is not None and not own:
        cause = cause.__cause__ or (
            None if cause.__suppress_context__ else cause.__context__
        )
        if cause is not None:
            at = _places(cause, blocks)
            if at[0]:
                found, lines, own = cause, *at
    return found, lines


def _text(block: Block, line: int) -> str:
    code = block.source.splitlines()
    return code[line - 1].strip() if 0 < line <= len(code) else ""


def _spoken(name: str, blocks: dict[str, Block], own: str) -> str:
    return "Line" if name == own else f"{blocks[name].spoken}, line"


def describe(
    error: BaseException, blocks: dict[str, Block], own: str
) -> tuple[str, int | None]:
    """What went wrong in a few lines, and on which line of the reader's own block.

    Parameters
    ----------
    error : BaseException
        What a run raised.
    blocks : dict of str to Block
        What has run, by the name of the file that it was compiled under.
    own : str
        The one whose run this is.
    """
    error, lines = _origin(error, blocks)
    deepest = _text(blocks[lines[-1][0]], lines[-1][1]) if lines else ""
    message = _own(error, deepest)
    if len(message) > LONGEST:
        message = message[:LONGEST] + " ..."
    said = type(error).__name__ + (f": {message}" if message else "")
    mine = [line for name, line in lines if name == own]
    shown = [(own, mine[-1])] if mine else []
    if lines and lines[-1][0] != own:
        shown.append(lines[-1])
    places = [
        f"{_spoken(name, blocks, own)} {line}: {text}"
        for name, line in shown
        if (text := _text(blocks[name], line))
    ]
    return "\n".join([*places, said]), (mine[-1] if mine and places else None)
