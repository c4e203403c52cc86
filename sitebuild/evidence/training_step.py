"""What a training step costs beside one written plainly in NumPy.

`make bench` prints the table; with `--write` it renews the record that the page shows.
It takes about three minutes on an otherwise idle machine, on one thread.  What is not
installed (PyTorch, JAX) is left out.

In each round all contestants run once, in a shuffled order, and are divided by the
yardstick of the same round: what slows the machine down then slows both.
"""

import sys
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np

from sitebuild.evidence import contestants, record
from sitebuild.evidence.clock import Ratios, on_one_thread, race
from sitebuild.evidence.contestants import Contestant, Task
from sitebuild.evidence.costs_of_keeping import Size

RECORD = "training_step"
YARDSTICK = "plain NumPy"
PRODUCTS = "the matrix products alone"


class Bench(NamedTuple):
    """A size of network, how many steps a turn takes, and how many rounds there are."""

    size: Size
    steps: int
    rounds: int


BENCHES = [
    Bench(Size((3, 4, 1), 4), 200, 101),
    Bench(Size((2, 2, 2), 1), 200, 101),
    Bench(Size((784, 30, 10), 10), 50, 51),
    Bench(Size((784, 512, 256, 10), 256), 20, 15),
]

CALL_ROUNDS = 15
"""A gradient check takes some tens of calls of the cost, so a few rounds must do."""


class Record(NamedTuple):
    """Ratios to the yardstick, by size and contestant.

    `steps` are of the same number of training steps.  `calls` are of a single call,
    beside a single step of the yardstick.  `asked` is how often a gradient check asked
    for the cost: where that is no longer so, the times are those of other code.
    """

    numpy: str
    peers: dict[str, str]
    steps: dict[str, dict[str, Ratios]]
    calls: dict[str, dict[str, Ratios]]
    asked: dict[str, int]


def per_step(task: Task, steps: int) -> dict[str, Contestant]:
    """All that make the same steps, the yardstick first."""
    found = {
        YARDSTICK: partial(contestants.clear_numpy, task, steps),
        "`train`": partial(contestants.package, task, steps),
        PRODUCTS: partial(contestants.products, task, steps),
    }
    for name, (module, make) in contestants.PEERS.items():
        if find_spec(module):
            found[name] = partial(make(task), steps)
    return found


def measure(benches: list[Bench] = BENCHES) -> Record:
    """Run all races."""
    steps, calls, asked = {}, {}, {}
    for size, number, rounds in benches:
        task = contestants.task(size)
        steps[str(size)] = race(per_step(task, number), rounds)
        calls[str(size)] = race(contestants.single_calls(task), CALL_ROUNDS)
        asked[str(size)] = contestants.calls_of_a_check(task)
    versions = {name: _version(module) for name, module in _present().items()}
    return Record(np.__version__, versions, steps, calls, asked)


def _present() -> dict[str, str]:
    peers = {name: module for name, (module, _) in contestants.PEERS.items()}
    return {name: module for name, module in peers.items() if find_spec(module)}


def _version(module: str) -> str:
    return str(sys.modules[module].__version__)


def recorded() -> Record:
    """The record, as the page reads it."""
    content = Record(**record.read(RECORD))
    return content._replace(steps=_ratios(content.steps), calls=_ratios(content.calls))


def _ratios(table: dict[str, dict[str, list[float]]]) -> dict[str, dict[str, Ratios]]:
    return {
        size: {name: Ratios(*found) for name, found in row.items()}
        for size, row in table.items()
    }


def table(rows: dict[str, dict[str, Ratios]]) -> Iterator[str]:
    """A Markdown table: contestants down, sizes across, median and quartiles."""
    yield f"| | {' | '.join(rows)} |"
    yield "|:--|" + "--:|" * len(rows)
    names = list(next(iter(rows.values())))
    for name in names:
        cells = [_cell(row[name]) for row in rows.values()]
        yield f"| {name} | {' | '.join(cells)} |"


def _cell(ratios: Ratios) -> str:
    low, middle, high = (f"{ratio:.3g}" for ratio in ratios)
    return f"{middle} ({low}–{high})"


def main() -> None:
    on_one_thread("sitebuild.evidence.training_step")
    found = measure()
    print(*table(found.steps), "", *table(found.calls), sep="\n")
    if "--write" in sys.argv:
        record.write(RECORD, found._asdict())


if __name__ == "__main__":
    main()
