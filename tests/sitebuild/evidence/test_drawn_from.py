"""A new activation or mistake moves no network that a record was made with."""

import hashlib
from pathlib import Path

from sites import ROOT, printed_by

from backprop_explained import ACTIVATIONS, MISTAKES

NUMBERS, SEEDS = range(0, 2220, 30), range(0, 300, 10)


def drawn():
    """What a sample of the corpora consists of, bit for bit."""
    from sitebuild.evidence import diagnosis
    from sitebuild.evidence.gradient_check import corpus, errors

    bits = hashlib.sha256(str(corpus.SIZE).encode())
    cases = [corpus.case(number) for number in NUMBERS]
    for c in [*cases, *map(diagnosis.case, SEEDS)]:
        names = [row.name for row in c.network.activations]
        bits.update(f"{names} {c.x.shape}".encode())
        for array in [c.x, c.y, *c.network.parameters]:
            bits.update(array.tobytes())
    bits.update("".join(errors.injected(c).name for c in cases).encode())
    return bits.hexdigest()


def drawn_with_more_rows():
    """The same, where each table has one more row at its top."""
    for table, like in (ACTIVATIONS, "sin"), (MISTAKES, "sign"):
        rows = dict(table)
        table.clear()
        table.update({"new": rows[like]._replace(name="new")} | rows)
    return drawn()


def test_a_new_row_moves_no_network_of_a_record():
    here = Path(__file__)
    code = f"from {here.stem} import *; print(drawn_with_more_rows())"
    paths = f"import sys; sys.path[:0] = {[str(here.parent), str(ROOT / 'tests')]}"
    assert printed_by(f"{paths}; {code}", cwd=ROOT).strip() == drawn()
