"""Formulas in plain text: what is true or listed passes, and one sign is seen."""

import pytest

from sitebuild.checks.checker import check_page
from sitebuild.maths.plain import plain_problems


@pytest.mark.parametrize(
    "text",
    [
        "how it becomes a(1 − a)",
        "σ′(z) = σ(z)(1 − σ(z)) = a(1 − a): one slope",
        "ends at 0. σ(z)(1 − σ(z)) is no better, σ(z)σ(−z) is.",
        "squared error:\n(a − y) a(1 − a)",
        "(a₂ − y)",
        "z(1 − z) is a mistake",
        "a = σ(z)",
        "−1 / s²",
        "28 × 28 digits, at z = 50, of σ(z), over z (in grey), w (b)",
        "σ′ and ∂C/∂w",
        "C(w − h)",
        "δ = ∂C/∂z: the derivative",
        "∂C/∂z = a(1 − a) · ∂C/∂a",
    ],
)
def test_a_formula_that_is_known_or_true_passes(text):
    assert list(plain_problems(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "how it becomes a(1 + a)",
        "σ′(z) = σ(z)(1 − σ(z)) = a(1 − z): one slope",
        "σ(z)(1 + σ(z)) is no better",
        "σ(z)σ(z) is",
        "(a − y) a(1 + a)",
        "a₂ + y",
        "a = σ(a)",
        "−1 / s",
        "2a(1 − a)",
        "C(z − h)",
        "δ = ∂C/∂a: the derivative",
        "δ = ∂C/∂w: the derivative",
    ],
)
def test_a_formula_with_one_fault_is_found(text):
    assert len(list(plain_problems(text))) == 1


def test_a_page_is_read_in_its_front_matter_and_headings():
    page = "---\ntitle: Why a(1 + a)?\n---\n\n# It is a − y\n\n## And y − a\n"
    found = check_page(page, "p.md").problems
    lines = [(one.line, "y − a" in one.message) for one in found]
    assert lines == [(2, False), (7, True)]
