"""What a training step costs beside one written plainly in NumPy.

`make bench` prints the table; with `--write` it renews the record that the page shows.
It takes about three minutes on an otherwise idle machine, on one thread.  What is not
installed (PyTorch, JAX) is left out.

In each round all contestants run once, in a shuffled order, and are divided by the
yardstick of the same round: what slows the machine down then slows both.
"""

import sys
from functools import partial
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np

from sitebuild.evidence import contestants, markdown, record
from sitebuild.evidence.clock import Ratios, on_one_thread, race, ratios
from sitebuild.evidence.contestants import Contestant, Size, Task

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
    steps, calls, asked = {}, {}, {}
    for size, number, rounds in benches:
        task = contestants.task(size)
        steps[str(size)] = race(per_step(task, number), rounds)
        calls[str(size)] = race(contestants.single_calls(task), CALL_ROUNDS)
        asked[str(size)] = contestants.calls_of_a_check(task)
    versions = {
        name: str(sys.modules[module].__version__)
        for name, (module, _) in contestants.PEERS.items()
        if find_spec(module)
    }
    return Record(np.__version__, versions, steps, calls, asked)


def recorded() -> Record:
    content = Record(**record.read(RECORD))
    steps, calls = (
        {size: ratios(row) for size, row in table.items()}
        for table in (content.steps, content.calls)
    )
    return content._replace(steps=steps, calls=calls)


def table(rows: dict[str, dict[str, Ratios]]) -> str:
    """A Markdown table: contestants down, sizes across, median and quartiles."""
    return markdown.table(
        f"| | {' | '.join(rows)} |",
        "|:--|" + "--:|" * len(rows),
        (
            [name, *(_cell(row[name]) for row in rows.values())]
            for name in next(iter(rows.values()))
        ),
    )


def _cell(ratios: Ratios) -> str:
    low, middle, high = (f"{ratio:.3g}" for ratio in ratios)
    return f"{middle} ({low}–{high})"


if __name__ == "__main__":
    on_one_thread("sitebuild.evidence.training_step")
    found = measure()
    print(table(found.steps), "", table(found.calls), sep="\n")
    if "--write" in sys.argv:
        record.write(RECORD, found._asdict())
