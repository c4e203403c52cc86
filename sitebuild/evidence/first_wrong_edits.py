"""`find_first_wrong` on single random edits of right code, on pairs, on right code.

The edits are those of `sitebuild.evidence.random_edits`, each drawn with a seed of its
own, in every program that the search was tuned on with the same probability.
What a named line counts as is said in `sitebuild.evidence.first_wrong_rule`.  A pair
counts as *both* if each line named is in a changed statement and both statements are
named, as *one* if one of them is and no other line, and as *elsewhere* if another line
was named.

`python -m sitebuild.evidence.first_wrong_edits` renews the record, in an hour or more.
It goes on where it was ended: what is done stands in files in `DONE`, which have to be
removed once the search is another.
`python -m sitebuild.evidence.first_wrong_edits 0 2`
does half of the work alone, for several of them at once.
"""

import json
import random
import sys
import warnings
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import gettempdir
from typing import Any, NamedTuple

from backprop_explained import find_first_wrong
from sitebuild.evidence import record
from sitebuild.evidence.first_wrong import ONCE_UNSEEN, advised, limited, seen, unseen
from sitebuild.evidence.first_wrong_rule import SECONDS, group, spans
from sitebuild.evidence.random_edits import random_edit, runs_alike
from sitebuild.evidence.styles import edited

RECORD = "first_wrong_edits"
SINGLE, PAIRS, DRAWS = 500, 100, 50
DRAWN = 3
"""So many folders of programs that were once unseen are edited."""
DONE = Path(gettempdir()) / "first_wrong_edits"
"""A folder of what is done, until the record is written."""


class Row(NamedTuple):
    """A seed, the style, what was edited on which lines, and what was named."""

    seed: str
    style: str
    says: str
    edited: list[int]
    named: list[int]
    group: str
    advice: str


def styles() -> list[Any]:
    """The programs that are edited: those that there were when the seeds were drawn."""
    later = {p.stem for folder in ONCE_UNSEEN[DRAWN:] for p in folder.glob("*.py")}
    return [style for style in seen() if style.name not in later]


def all_of_them() -> list[Any]:
    """All programs, those that nothing was tuned on as well."""
    return [*seen(), *unseen()]


def drawn(seed: str, count: int) -> tuple[Any, str, list[int], str]:
    """A style and its text with so many edits, on lines of their own."""
    rng = random.Random(seed)
    while True:
        style = right = rng.choice(styles())
        lines: list[int] = []
        says = []
        for _ in range(count):
            found = None
            while found is None or found.lines[0] in lines:
                found = random_edit(right, rng)
            right = edited(style, found.source)
            lines += found.lines
            says.append(found.says)
        if runs_alike(style, right.source):
            return style, right.source, sorted(lines), "; ".join(says)


def judged(seed: str, count: int) -> Row:
    style, text, lines, says = drawn(seed, count)
    named, where, advice = [], "stopped", ""
    with limited(SECONDS):
        found = find_first_wrong(*edited(style, text).case(0))
        shown = found.lines[:1] if count == 1 else found.lines
        named = sorted({n for line in shown for n in line.lines})
        if count == 1:
            where = group(text, set(lines), found)
            advice = advised(style, found)
        else:
            where = _pair(text, lines, found)
    return Row(seed, style.name, says, lines, named, where, advice)


def _pair(text: str, lines: list[int], found: Any) -> str:
    if found.check.verdict != "wrong":
        return "not seen"
    named = {n for line in found.lines for n in line.lines}
    if not named:
        return "not found"
    first, second = (spans(text, {line}) for line in lines)
    if named - first - second:
        return "elsewhere"
    return "both" if named & first and named & second else "one"


def accused(style: Any, seeds: Iterable[int]) -> list[int]:
    """Of these draws of the weights, those in which a line of right code is named."""
    return [seed for seed in seeds if find_first_wrong(*style.case(seed)).lines]


def rows(count: int) -> list[Row]:
    return [Row(*row) for row in record.read(RECORD)[("single", "pairs")[count - 1]]]


def counts(count: int) -> Counter[str]:
    return Counter(row.group for row in rows(count))


def seeds(count: int) -> list[str]:
    """The seeds, fixed before the run."""
    kind, many = (("edit", SINGLE), ("pair", PAIRS))[count - 1]
    return [f"{kind} {i}" for i in range(many)]


def pairs() -> str:
    """What came of the pairs, in words."""
    found = counts(2)
    told = sum(found.values()) - found["not seen"]
    return (
        f"{sum(found.values())} pairs of random edits: {told} can be told; of both "
        f"edits a line was named in {found['both']}, of one and of nothing else in "
        f"{found['one']}, and another line in {found['elsewhere']}; "
        f"{found['not found'] + found['stopped']} ended without a line."
    )


def of_right_code() -> str:
    """What came of the right programs, in words."""
    found = record.read(RECORD)["accused"]
    return (
        f"{len(found)} right programs, each with {DRAWS} draws of its weights: a line "
        f"was named in {sum(map(len, found.values()))} of the "
        f"{DRAWS * len(found):,} steps."
    )


def sentence() -> str:
    """What came of the single edits, in words."""
    found = counts(1)
    told = sum(found.values()) - found["not seen"]
    right = sum(row.advice == "right" for row in rows(1))
    return (
        f"{sum(found.values())} random edits, one at a time: {told} can be told; "
        f"the edited line was named in {found['changed']}, a line beside it in "
        f"{found['beside']}, another in {found['elsewhere']}, none in "
        f"{found['not found'] + found['stopped']}. "
        f"What to write makes the step right in {right}."
    )


def work() -> list[tuple[str, str, int]]:
    """All that is to be done: of what kind, the seed or the program, how many."""
    edits = [("edits", seed, n) for n in (1, 2) for seed in seeds(n)]
    return [*edits, *(("accused", style.name, DRAWS) for style in all_of_them())]


def done(kind: str, name: str, count: int) -> Any:
    """One piece of the work, as it was done before or is done now."""
    file = DONE / f"{kind} {name}.json"
    if not file.exists():
        if kind == "edits":
            result: Any = judged(name, count)
        else:
            (style,) = [style for style in all_of_them() if style.name == name]
            result = accused(style, range(count))
        print(name, result, file=sys.stderr, flush=True)
        file.write_text(json.dumps(result), "utf-8")
    return json.loads(file.read_text("utf-8"))


def main(part: int = 0, parts: int = 1) -> None:
    """Do a part of the work; all of it renews the record."""
    warnings.simplefilter("ignore")
    DONE.mkdir(exist_ok=True)
    pieces = work()
    for piece in pieces[part::parts]:
        done(*piece)
    if parts == 1:
        tree: dict[str, Any] = {
            "single": [done(*piece) for piece in pieces if piece[2] == 1],
            "pairs": [done(*piece) for piece in pieces if piece[2] == 2],
            "accused": {p[1]: done(*p) for p in pieces if p[0] == "accused"},
        }
        record.write(RECORD, tree)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
