"""Which visit goes with which, where the places are visited in groups."""

import pytest

from backprop_explained.check.line.candidates import _in_groups


@pytest.mark.parametrize(
    ("ours", "many", "pairs"),
    [
        ([5, 6, 8, 9], 2, [{6: 0, 9: 1}, {9: 0, 6: 1}]),
        ([5, 6, 8], 2, []),
        ([5, 6], 2, []),
        ([1, 2, 3, 4], 4, [{1: 0, 2: 2, 3: 1, 4: 3}]),
    ],
)
def test_the_last_of_each_group_is_paired_or_rows_are_columns(ours, many, pairs):
    assert list(_in_groups(ours, many)) == pairs
