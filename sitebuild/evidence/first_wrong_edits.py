"""`find_first_wrong` on single random edits of right code, on pairs, on right code.

The edits are those of `sitebuild.evidence.random_edits`, each drawn with a seed of its
own, in every style with the same probability.  What a named line counts as is said in
`sitebuild.evidence.first_wrong_rule`.  A pair counts as *both* if each line named is in
a changed statement and both statements are named, as *one* if one of them is and no
other line, and as *elsewhere* if another line was named.

`python -m sitebuild.evidence.first_wrong_edits` renews the record, in minutes.
"""

import random
import sys
import warnings
from collections import Counter
from typing import Any, NamedTuple

from backprop_explained import find_first_wrong
from sitebuild.evidence import record
from sitebuild.evidence.first_wrong import advised, edited, limited, seen, unseen
from sitebuild.evidence.first_wrong_rule import SECONDS, group, spans
from sitebuild.evidence.random_edits import random_edit, runs_alike

RECORD = "first_wrong_edits"
SINGLE, PAIRS, DRAWS = 82, 0, 50


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
    """All programs."""
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
    """What is named for the edits of a seed."""
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


def accused() -> list[str]:
    """The right programs in which a line was named, over the draws of the weights."""
    return [
        f"{style.name} {seed}"
        for style in styles()
        for seed in range(DRAWS)
        if find_first_wrong(*style.case(seed)).lines
    ]


def rows(count: int) -> list[Row]:
    """The record of single edits, or of pairs."""
    return [Row(*row) for row in record.read(RECORD)[("single", "pairs")[count - 1]]]


def counts(count: int) -> Counter[str]:
    """How many of them are in each group."""
    return Counter(row.group for row in rows(count))


def seeds(count: int) -> list[str]:
    """The seeds, fixed before the run."""
    kind, many = (("edit", SINGLE), ("pair", PAIRS))[count - 1]
    return [f"{kind} {i}" for i in range(many)]


def sentence() -> str:
    """What came of the single edits, in words."""
    found = counts(1)
    told = sum(found.values()) - found["not seen"]
    right = sum(row.advice == "right" for row in rows(1))
    return (
        f"{sum(found.values())} random edits, one at a time: {told} can be told; "
        f"the edited line was named in {found['changed']}, a line beside it in "
        f"{found['beside']}, another in {found['elsewhere']}. "
        f"What to write makes the step right in {right}."
    )


def main() -> None:
    """Renew the record."""
    warnings.simplefilter("ignore")
    tree: dict[str, Any] = {"single": [], "pairs": []}
    for count, name in enumerate(tree, 1):
        for seed in seeds(count):
            tree[name].append(judged(seed, count))
            print(*tree[name][-1], file=sys.stderr, flush=True)
    tree["accused"] = accused()
    record.write(RECORD, tree)


if __name__ == "__main__":
    main()
