"""Numbers that are somebody else's: each stands in a file of what was read where.

`sitebuild/evidence/quotes.toml` keys them by the name of their source.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from sitebuild.checks.numerals import normal

FILE = Path(__file__).parents[1] / "evidence" / "quotes.toml"


@cache
def quotes() -> dict[str, list[dict[str, Any]]]:
    """What was read, by the name of its source."""
    return tomllib.loads(FILE.read_text("utf-8"))


def quote_problems(source: str, number: str) -> str | None:
    """What is wrong with a number that is said to be quoted from a source."""
    known = quotes()
    if source not in known:
        return f"no source {source!r} in {FILE.name}; it has {', '.join(sorted(known))}"
    values = {value for quote in known[source] for value in quote["values"]}
    if number not in values and normal(number) not in map(normal, values):
        return (
            f"{FILE.name} has no {number} from {source!r}: {', '.join(sorted(values))}"
        )
    return None
