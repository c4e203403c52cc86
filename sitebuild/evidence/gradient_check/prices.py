"""What a check costs, by the size of the network: calls, and seconds of one machine.

`make bench` prints the table; with `--write`, the module renews the record that the
page shows.  It takes about a minute, on one thread.
"""

import sys
from collections.abc import Iterable
from functools import cache, partial
from itertools import chain
from typing import NamedTuple

import numpy as np

from backprop_explained import GradientCheck
from sitebuild.evidence import contestants, markdown, record
from sitebuild.evidence.clock import on_one_thread, quickest
from sitebuild.evidence.contestants import Size

RECORD = "gradient_check_prices"


SETTINGS = {
    21: Size((2, 5, 1), 10),
    2_410: Size((64, 32, 10), 10),
    23_860: Size((784, 30, 10), 10),
    79_400: Size((784, 100, 10), 10, biases=False),
    535_818: Size((784, 512, 256, 10), 32),
}
"""By the number of weights and biases."""


class Price(NamedTuple):
    """Calls and seconds of a right gradient, of one with a wrong entry, and of a call.

    To ask every entry by itself takes two calls for each.
    """

    parameters: int
    right_calls: int
    right_seconds: float
    wrong_calls: int
    wrong_seconds: float
    call_seconds: float
    verdicts: tuple[str, str]
    found: bool

    @property
    def each_calls(self) -> int:
        return 2 * self.parameters

    @property
    def each_seconds(self) -> float:
        return self.each_calls * self.call_seconds


def price(size: Size) -> Price:
    """Check the right gradient, then one with a wrong entry in the first array."""
    asked = contestants.task(size)
    right = contestants.right(asked).parameters
    worst = np.unravel_index(np.abs(right[0]).argmax(), right[0].shape)
    wrong = [array.copy() for array in right]
    wrong[0][worst] *= 1.5
    right_check = partial(contestants.check, asked, right)
    wrong_check = partial(contestants.check, asked, wrong)
    good, bad = right_check(), wrong_check()
    return Price(
        sum(array.size for array in right),
        good.calls,
        quickest(right_check),
        bad.calls,
        quickest(wrong_check),
        quickest(partial(contestants.cost, asked, asked.network.parameters)),
        (good.verdict, bad.verdict),
        _names(bad, tuple(map(int, worst))),
    )


def _names(check: GradientCheck, index: tuple[int, ...]) -> bool:
    place = check.arrays[0].place
    return place is not None and (place.kind, place.index) == ("entry", index)


@cache
def recorded() -> list[Price]:
    rows = record.read(RECORD)
    return [Price(*row[:6], tuple(row[6]), row[7]) for row in rows]


def table(rows: Iterable[Price]) -> str:
    """Calls and seconds by size, beside two calls for each entry, in Markdown."""
    heads = "right: calls", "one entry wrong: calls", "two for each entry: calls"
    head = f"| size | {' | s | '.join(heads)} | s |"
    lines = []
    for row in rows:
        calls = (row.parameters, row.right_calls, row.wrong_calls, row.each_calls)
        size, *counts = (f"{number:,}" for number in calls)
        seconds = (row.right_seconds, row.wrong_seconds, row.each_seconds)
        pairs = zip(counts, map(_seconds, seconds), strict=True)
        lines.append([size, *chain.from_iterable(pairs)])
    return markdown.table(head, "| --: | --: | --: | --: | --: | --: | --: |", lines)


def _seconds(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


if __name__ == "__main__":
    on_one_thread("sitebuild.evidence.gradient_check.prices")
    rows = [*map(price, SETTINGS.values())]
    print(table(rows))
    if "--write" in sys.argv:
        record.write(RECORD, [record.shortened(row, 2) for row in rows])
