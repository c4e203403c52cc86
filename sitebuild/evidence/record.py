"""How the recorded experiments are kept: JSON, one run a line."""

import json
from pathlib import Path
from typing import Any

RECORDS = Path(__file__).parent / "records"


def read(name: str) -> Any:
    """The record of a name, as JSON has it: every row is a list."""
    return json.loads((RECORDS / f"{name}.json").read_text("utf-8"))


def write(name: str, tree: Any) -> None:
    """Keep a record; a number that is not finite is refused."""
    (RECORDS / f"{name}.json").write_text(as_json(tree) + "\n", "utf-8")


def as_json(tree: Any) -> str:
    """One entry or row a line, so that a changed result is a changed line.

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
    if isinstance(tree, list | tuple) and tree and all(map(_is_row, tree)):
        return "[\n" + ",\n".join(map(_inline, tree)) + "\n]"
    return _inline(tree)


def _is_row(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _inline(value: Any) -> str:
    return json.dumps(value, allow_nan=False, separators=(",", ":"), ensure_ascii=False)


def rounded(value: Any, digits: int = 6) -> float:
    """The number with so many digits, as a record keeps it."""
    return float(f"{value:.{digits}g}")
