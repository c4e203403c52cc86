"""The record of one call per network: whole, all right, and a sample run again."""

import pytest
from styles import CASES, STYLES

from backprop_explained import MISTAKES
from sitebuild.evidence.styles import judged, rows, table

SILENT = {
    ("layer_classes", "bias gradient missing"),
    ("recurrent", "the last step alone"),
}
"""What the step leaves as it is: a note names it, and it is not judged."""

UNNAMED = {"no known mistake", "the network is not recognised"}


def test_the_record_has_every_network_and_mistake():
    assert [(row.style, row.mistake or None) for row in rows()] == [
        (style.name, mistake) for style, mistake in CASES
    ]


def test_there_are_25_networks_each_with_three_mistakes():
    assert len(STYLES) >= 25
    assert all(len(style.mistakes) >= 3 for style in STYLES)


def test_every_verdict_is_right_but_where_nothing_was_judged():
    for row in rows():
        silent = (row.style, row.mistake) in SILENT
        expected = "wrong" if row.mistake and not silent else "right"
        assert row.verdict == expected, row
        assert bool(row.where) == (expected == "wrong"), row


@pytest.mark.parametrize(
    ("style", "mistake"), CASES[::6], ids=lambda v: getattr(v, "name", v)
)
def test_a_sample_is_found_again(style, mistake):
    recorded = {(row.style, row.mistake): row for row in rows()}
    recorded = recorded[style.name, mistake or ""]
    found = judged(style, mistake)
    assert found._replace(factor=None) == recorded._replace(factor=None)
    expected = recorded.factor and pytest.approx(recorded.factor, rel=1e-2)
    assert found.factor == expected


def test_right_steps_have_no_name_and_most_wrong_ones_have():
    wrong = [row for row in rows() if row.verdict == "wrong"]
    assert all(row.named == "" for row in rows() if row.verdict == "right")
    found = [row for row in wrong if row.named not in UNNAMED]
    assert all(row.named for row in wrong)
    assert len(found) > len(wrong) / 2


def test_what_has_a_name_of_the_table_is_not_given_another_alone():
    for row in rows():
        if row.mistake in MISTAKES and row.verdict == "wrong":
            kind = row.mistake.partition(",")[0]
            assert kind in row.named or row.named in UNNAMED, row


def test_the_table_has_a_row_for_each():
    assert len(table().splitlines()) == len(CASES) + 2
    assert "all by the factor 0.5" in table()
