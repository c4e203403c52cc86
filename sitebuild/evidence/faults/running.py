"""Draws faults of every kind, has them judged on all cores, and tells of them."""

import random
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import Any

from sitebuild.evidence import markdown, record
from sitebuild.evidence.faults.judging import ROOT, Copy, Judged
from sitebuild.evidence.faults.kinds import KINDS, Kind, files_of
from sitebuild.evidence.faults.places import Fault

RECORD = "faults"
SEED = 0
Row = tuple[Any, ...]
Tell = Callable[[Row], object]


def drawn(kind: Kind, count: int, seed: int = SEED) -> list[tuple[str, Fault]]:
    """So many faults of a kind, spread over all places, or all that there are."""
    places = [
        (path.relative_to(ROOT).as_posix(), fault)
        for path in files_of(kind, ROOT)
        for fault in kind.places(path.read_text("utf-8"))
    ]
    return random.Random(f"{seed} {kind.name}").sample(places, min(count, len(places)))


def share(work: list[tuple[int, str, Fault]], tell: Tell = str) -> list[Row]:
    """These faults, judged in one copy, and told one by one."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(Path(folder), warm=True)
        for at in {at for at, _, _ in work}:
            copy.ready(KINDS[at])
        for at, name, fault in work:
            rows.append(tuple(copy.judge(KINDS[at], name, fault)))
            tell(rows[-1])
    return rows


def again(work: list[tuple[Kind, list[Judged]]]) -> list[str | None]:
    """In one copy, the verdict on the first of each kind whose line still stands.

    Where there can be none, what is wrong.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(Path(folder), warm=True)
        return [_first(copy, kind, rows) for kind, rows in work]


def _first(copy: Copy, kind: Kind, rows: list[Judged]) -> str | None:
    try:
        return next(filter(None, (copy.again(kind, row) for row in rows)), None)
    except RuntimeError as error:
        return str(error)


def judged(count: int, names: list[str]) -> list[Judged]:
    """The faults of these kinds, or of all, judged on all cores."""
    work = [
        (at, name, fault)
        for at, kind in enumerate(KINDS)
        if not names or kind.name in names
        for name, fault in drawn(kind, max(1, count // kind.rare))
    ]
    cores = cpu_count() or 1
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        parts = pool.map(share, [work[first::cores] for first in range(cores)])
        return sorted(Judged(*row) for part in parts for row in part)


def recorded() -> list[Judged]:
    return [Judged(*row) for row in record.read(RECORD)]


def renewed(old: list[Judged], new: list[Judged]) -> list[Judged]:
    """The new rows, and the old ones of kinds that were not judged again."""
    kinds = {row.kind for row in new}
    return sorted([*(row for row in old if row.kind not in kinds), *new])


def table(rows: list[Judged]) -> str:
    """One line per kind, as Markdown; what changes nothing is not counted."""
    lines = []
    for kind in KINDS:
        verdicts = [row.verdict for row in rows if row.kind == kind.name]
        seen = [verdicts.count(name) for name in ("caught", "difference", "missed")]
        if sum(seen):
            lines.append((kind.name, sum(seen), *seen))
    head = "| fault | put in | caught | seen as a difference | missed |"
    return markdown.table(head, "|---|--:|--:|--:|--:|", lines)
