"""What other gradient checks say of the same networks; `make peers` installs them."""

import pytest

from sitebuild.evidence.gradient_check import peers
from sitebuild.evidence.gradient_check.tables import (
    MADE_FOR,
    TELLS,
    false_alarms,
    peers_table,
    threshold,
    told_table,
)

LIBRARIES = [name for name in peers.PEERS if name != "check_gradients"]
NEEDS = [  # autograd is in the extra test
    pytest.param(name, marks=[pytest.mark.peers(library)] * (library != "autograd"))
    for name in LIBRARIES
    if (library := name.partition(".")[0])
]
SAMPLE = 12


@pytest.mark.parametrize("name", NEEDS)
def test_a_library_says_what_the_record_says(name):
    rows = peers.recorded()[name][:SAMPLE]
    again = peers.run(name, [row.number for row in rows])
    for row, new in zip(rows, again, strict=True):
        assert (new.number, new.group) == (row.number, row.group)
        if row.group in ("smooth", "corners"):
            assert new.right.passed == row.right.passed
            assert new.wrong.passed == row.wrong.passed
            assert new.right.calls == row.right.calls


def test_no_other_check_fails_fewer_right_gradients_than_ours():
    groups = sorted({row.group for row in peers.recorded()["check_gradients"]})
    alarms = {name: false_alarms(name, groups) for name in peers.recorded()}
    assert {number for _, number in alarms.values()} == {peers.WANTED}
    ours = alarms.pop("check_gradients")
    assert ours[0] < min(other for other, _ in alarms.values()) / 10


def test_all_of_them_were_asked_of_the_same_networks():
    numbers = {
        name: [row.number for row in rows] for name, rows in peers.recorded().items()
    }
    assert numbers.keys() == peers.PEERS.keys() == MADE_FOR.keys() == TELLS.keys()
    assert len({tuple(found) for found in numbers.values()}) == 1


def test_a_number_without_a_verdict_gets_the_best_limit_there_is():
    name = "scipy.optimize.check_grad"
    best = threshold(name)
    rows = peers.recorded()[name]

    def errors(limit):
        return sum(row.right.number > limit for row in rows) + sum(
            row.wrong.number <= limit for row in rows
        )

    assert all(errors(best) <= errors(best * factor) for factor in (1e-3, 0.1, 10, 1e3))
    assert threshold("check_gradients") is None


@pytest.mark.parametrize("table", [peers_table, told_table])
def test_the_tables_have_a_row_for_each(table):
    rows = table().splitlines()
    assert len(rows) == len(peers.PEERS) + 2
    assert len({row.count("|") for row in rows}) == 1
