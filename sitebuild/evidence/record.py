"""How the recorded experiments are kept: JSON, one run per line, under a checksum.

Only `write` makes the checksum: what a script found is not edited by hand.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

RECORDS = Path(__file__).parent / "records"

_HEAD, _END = '{{\n"checksum": "{}",\n"content": ', "\n}\n"


class EditedRecordError(ValueError):
    """A record is not as its script wrote it."""


def path(name: str) -> Path:
    return RECORDS / f"{name}.json"


def read(name: str) -> Any:
    """The content of a record, as JSON has it: every row is a list.

    Raises
    ------
    EditedRecordError
        If anything in it is not as `write` left it.
    """
    text = path(name).read_text("utf-8")
    start = len(_HEAD.format(_checksum(name, "")))
    content = text[start : -len(_END)]
    if text != _sealed(name, content):
        raise EditedRecordError(
            f"{path(name).name} is not as its script wrote it: a record is not edited "
            "by hand; run the script again, as CONTRIBUTING says, or take the file "
            "back from git"
        )
    return json.loads(content)


def write(name: str, tree: Any) -> None:
    """Keep a record; a number that is not finite is refused."""
    path(name).write_text(_sealed(name, as_json(tree)), "utf-8", newline="\n")


def _sealed(name: str, content: str) -> str:
    return _HEAD.format(_checksum(name, content)) + content + _END


def _checksum(name: str, content: str) -> str:
    """Of the name too: one record is not put in the place of another."""
    return hashlib.sha256(f"{name}\n{content}".encode()).hexdigest()


def as_json(tree: Any) -> str:
    """One entry or row per line, so that a changed result is a changed line.

    Examples
    --------
    >>> print(as_json({"eta": 3.0, "runs": [(0, [40, 169]), (1, [36, 36])]}))
    {
    "eta": 3.0,
    "runs": [
    [0,[40,169]],
    [1,[36,36]]
    ]
    }
    """
    if isinstance(tree, dict):
        rows = [f"{_inline(str(key))}: {as_json(tree[key])}" for key in tree]
        return "{\n" + ",\n".join(rows) + "\n}"
    rows = tree if isinstance(tree, list | tuple) else ()
    if rows and all(isinstance(row, list | tuple) for row in rows):
        return "[\n" + ",\n".join(map(_inline, rows)) + "\n]"
    return _inline(tree)


def _inline(value: Any) -> str:
    return json.dumps(value, allow_nan=False, separators=(",", ":"), ensure_ascii=False)


def shortened(row: Iterable[Any], digits: int) -> list[Any]:
    """A row whose floats have so many digits."""
    return [rounded(v, digits) if isinstance(v, float) else v for v in row]


def rounded(value: Any, digits: int = 6) -> float:
    """The number with so many digits, as a record keeps it."""
    return float(f"{value:.{digits}g}")
