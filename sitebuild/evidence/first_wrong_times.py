"""How long `find_first_wrong` takes, in seconds of the processor.

Known mistakes, in the network of `sitebuild.evidence.first_wrong_known` at the size
that `SIZES` and `EXAMPLES` say, and all mistakes of the networks of `tests/styles`
that are made of lists of numbers alone.

`python -m sitebuild.evidence.first_wrong_times` renews the record, in two minutes;
with `OMP_NUM_THREADS=1`, so that one processor works.
"""

from statistics import median
from time import process_time
from typing import Any, NamedTuple

from backprop_explained import find_first_wrong
from sitebuild.evidence import record
from sitebuild.evidence.first_wrong import seen
from sitebuild.evidence.first_wrong_known import case, text_of

RECORD = "first_wrong_times"
SIZES, EXAMPLES = (64, 32, 10), 32
NAMES = (
    "tanh's slope for the sigmoid, from a",
    "slope missing",
    "slope missing in what is passed down",
    "bias gradient not summed",
    "W for W.T",
    "factor 1/m",
    "relu gated with >= on the output",
    "the sigmoid's slope for tanh, from z",
)
LISTS = ("lists_of_numbers", "helpers_on_lists", "gru_lists", "flat_weights")
LISTS += ("generator_of_layers",)
"""Networks in plain Python: no array is in them."""


class Row(NamedTuple):
    """A network, a mistake in it, and how long it took."""

    network: str
    mistake: str
    seconds: float


def timed(network: str, mistake: str, case: tuple[Any, ...], **source: str) -> Row:
    """How long the search takes for what is handed over."""
    start = process_time()
    find_first_wrong(*case, **source)
    return Row(network, mistake, round(process_time() - start, 1))


def of_known(name: str) -> Row:
    text = text_of(name, mistaken=True)
    asked = case(text, SIZES, EXAMPLES, 0.001)
    return timed("-".join(map(str, SIZES)), name, asked, source=text)


def of_lists(style: Any, mistake: str) -> Row:
    return timed(style.name, mistake, style.case(0, mistake))


def rows(*, lists: bool) -> list[Row]:
    """The record, of the networks of lists or of the large one."""
    kept = [Row(*row) for row in record.read(RECORD)]
    return [row for row in kept if (row.network in LISTS) == lists]


def sentences() -> list[str]:
    """The middle one and the longest of the large network and of lists, in words."""
    large, small = (rows(lists=lists) for lists in (False, True))
    return [
        f"{len(those)} mistakes in {where}: half of the answers within "
        f"{median(row.seconds for row in those):.1f} s, the longest "
        f"{max(row.seconds for row in those):.1f} s."
        for those, where in [
            (large, f"a network of {large[0].network} units, with {EXAMPLES} examples"),
            (small, f"{len(LISTS)} networks of Python lists, with a few units"),
        ]
    ]


if __name__ == "__main__":
    of_styles = [(s, m) for s in seen() if s.name in LISTS for m in s.mistakes]
    record.write(RECORD, [*map(of_known, NAMES), *(of_lists(*of) for of in of_styles)])
