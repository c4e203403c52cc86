"""Numbers in prose: what passes unchecked, what is checked, and how exactly."""

import pytest

from sitebuild.checks.numerals import rounded_like
from sitebuild.checks.prose import unchecked_numbers, wrong_numbers


@pytest.mark.parametrize(
    "prose",
    [
        "a slope of 0.25",
        "about −0.25.",
        "(0.25)",
        "rises by 12.5 %",
        "below 1e-7",
        "of 2.3e-16, in float64",
        "a line\n\n| 0.5 | 1 |",
        "**0.25**",
        "title: at most 0.25",
        "0.25<!-- = 1/4 -->",
        "0.25<!--quoted -->",
        "a share of .05",
        "0,25 in German",
        "one ` tick, 0.25 and\n\nanother `",
        "{0.25, 1}",
        "200 starts",
        "three starts",
        "a 3-1 network",
        "of 1,500 steps",
        "`0.25`",
        "`(4, 1)`",
        "`z = 50`",
        "about 10⁻⁷",
        "half of it",
        "a third of it",
        "a dozen",
        "twice",
        "below ½",
        '<img alt="0.25">',
    ],
)
def test_decimal_that_nothing_vouches_for_is_found(prose):
    line = 3 if prose.startswith("a line") else 1
    assert [found for found, _ in unchecked_numbers(prose)] == [line]


@pytest.mark.parametrize(
    "prose", ["0.25 <!--= 1/4 -->", "`0.25` <!--= 1/4 -->", "a slope<!--= 1/4 -->"]
)
def test_check_that_follows_no_number_is_found(prose):
    messages = [message for _, message in unchecked_numbers(prose)]
    assert "no number stands before <!--=" in messages[0]


@pytest.mark.parametrize(
    "prose",
    [
        "`a = sigmoid(0.25)` and ``a ` 0.25``",
        "$0.25$ and\n\n$$\n0.25\n$$",
        "[the code](https://example.org/v0.25/0.5) at https://example.org/0.25",
        "[text][section-0.25]",
        "Python 3.11 or newer, NumPy 2.4.3 and scikit-learn 1.9.1",
        '<div style="width: 0.25rem">wide</div>',
        "0.25<!--= 1/4 -->",
        "**0.25**<!--= 1/4 -->",
        "95.42<!--quoted: nielsen-chapter-1 -->",
        "`0.25`<!--= 1/4 -->",
        "a quarter<!--= 1/4 -->",
        "a list{ .wide-0.5 }",
        r"\(0.25\) and \[0.5\]",
    ],
)
def test_number_that_needs_no_check_passes(prose):
    assert not list(unchecked_numbers(prose))


HALF = {"one": 1.0, "half": 0.5}
"""A page's own names, without which an expression computes nothing."""


@pytest.mark.parametrize(
    ("number", "expression"),
    [
        ("0.25", "1/4"),
        ("0.3", "1/4 + 0.06"),
        ("−2.00", "-2"),
        ("1,500", "1500"),
        ("199", "100 + 99"),
        ("1.1e-16", "2**-53"),
        ("2e-7", "2.4e-7"),
        ("**0.25**", "1/4"),
        ("three", "3"),
        ("Twice", "2"),
        ("half", "1/2"),
        ("two thirds", "2/3"),
        ("a hundred", "100"),
        ("half a million", "500_000"),
        ("the seventh", "7"),
        ("tenfold", "10"),
        ("2nd", "2"),
        ("½", "1/2"),
        ("10⁻⁷", "1e-7"),
    ],
)
def test_right_number_passes(number, expression):
    prose = f"It is {number}<!--= one * ({expression}) -->."
    assert not list(wrong_numbers(prose, HALF))


@pytest.mark.parametrize(
    ("number", "expression"),
    [
        ("0.25", "1/3"),
        ("0.333", "0.3334 + 0.001"),
        ("0.3", "1/4 - 0.06"),
        ("2", "-2"),
        ("1,500", "1501"),
        ("199", "200"),
        ("1.1e-16", "2**-52"),
        ("1.1e-16", "1.1e-15"),
        ("0.25", "float('nan')"),
        ("0.25", "missing"),
        ("0.25", "1/0"),
        ("three", "4"),
        ("three", "3.01"),
        ("half", "0.49"),
        ("two thirds", "1/3"),
        ("the seventh", "9"),
        ("tenfold", "2"),
        ("½", "1/3"),
        ("10⁻⁷", "1e-8"),
    ],
)
def test_wrong_number_is_found(number, expression):
    prose = f"\n\nIt is {number}<!--= one * ({expression}) -->."
    assert [line for line, _ in wrong_numbers(prose, HALF)] == [3]


def test_expression_sees_the_names_of_the_page():
    assert not list(wrong_numbers("0.5<!--= half -->", {"half": 0.5}))


def test_more_digits_than_a_float_has_are_wrong():
    assert rounded_like(0.1, "0.10000000000000000000") != "0.10000000000000000000"
