"""Sentences that no number carries, each tried on what it speaks of."""

import re
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from backprop_explained import ACTIVATIONS, sigmoid

DOCS = Path(__file__).parents[3] / "docs"


def said(page, words):
    """The page says these words, wherever its lines and marks are."""
    text = re.sub(r"<!--.*?-->", "", (DOCS / page).read_text(), flags=re.S)
    return " ".join(words.split()) in " ".join(text.split())


def test_where_a_wrong_transpose_raises_no_error():
    words = "raises an error, unless the matrix is square, or has one row or one column"
    assert said("the-question/mistakes-and-their-fingerprints.md", words)
    for rows, columns in product(range(1, 5), repeat=2):
        W, dW = np.ones((rows, columns)), np.ones((columns, rows))
        if rows == columns or 1 in (rows, columns):
            assert (W - dW).shape == (max(rows, columns),) * 2
        else:
            with pytest.raises(ValueError, match="broadcast"):
                W - dW


def test_to_the_left_float16_loses_what_it_could_write():
    words = "To the left nothing is lost, as long as `exp(-z)` fits."
    assert said("the-question/the-far-tail.md", words)
    z = np.float16(-11.2)
    with np.errstate(over="ignore"):
        a = 1 / (1 + np.exp(-z))
    true = sigmoid(float(z)) * (1 - sigmoid(float(z)))
    assert a == 0 < np.float16(true)


def test_many_weights_in_float32_move_with_one_formula_only():
    approved = (DOCS / "the-question/the-far-tail.approved.txt").read_text()
    pattern = r"\| (\S.*): after 20,000 steps z is ([\d.]+)"
    ends = {name: float(z) for name, z in re.findall(pattern, approved)}
    assert ends["a(1 − a)"] == 18 > ends["σ(z)σ(−z)"] + 1


def test_more_than_lines_have_a_slope_that_is_the_output_over_z():
    """No page may say that only straight lines through 0 have it."""
    z = np.array([-2.0, -0.5, 0.7, 3.0])
    for name in ("relu", "leaky_relu"):
        row = ACTIVATIONS[name]
        np.testing.assert_allclose(row.derivative(z) * z, row.function(z))
    for page in DOCS.rglob("*.md"):
        assert "straight line through 0" not in page.read_text()


def test_what_the_home_page_s_rule_says_of_the_form_with_exp():
    assert said("index.md", "If it applies the sigmoid or `exp`, pass `z`.")
    z = np.array([-2.0, 0.5, 3.0])
    written = np.exp(-z) / (1 + np.exp(-z)) ** 2
    np.testing.assert_allclose(written, ACTIVATIONS["sigmoid"].derivative(z))
