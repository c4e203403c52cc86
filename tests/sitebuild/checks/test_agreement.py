"""True numbers in false sentences, and quoted numbers with another unit."""

import pytest

from sitebuild.checks.agreement import disagreements
from sitebuild.checks.checker import check_page

NAMES = (
    "PyTorch does more, and its step takes 7<!--= torch[small] --> times as long. "
    "JAX compiles it."
)
SWAPPED = NAMES.replace("PyTorch", "X").replace("JAX", "PyTorch").replace("X", "JAX")


@pytest.mark.parametrize(
    "text",
    [
        NAMES,
        "Up to 400<!--= peers.LARGEST --> weights.",
        "At most 3<!--= max(sizes) --> of them, at least 1.",
        "The median is 4<!--= np.median(sizes) -->.",
        "It is stuck from 33<!--= stuck(np.float64) --> on in float64 and from "
        "14<!--= stuck(np.float32) --> in float32.",
        "In float32.\n\nIt is 4.\n\nIt is 3<!--= of(np.float64) -->.",
    ],
)
def test_a_sentence_that_names_what_was_computed_passes(text):
    assert list(disagreements(text)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SWAPPED, "names 'jax' instead"),
        ("At least 400<!--= peers.LARGEST --> weights.", "another end"),
        ("The smallest is 3<!--= max(sizes) -->.", "another end"),
        ("Of the mean, 4<!--= np.median(sizes) -->.", "another average"),
        ("In float32, 3<!--= of(np.float64) -->.", "names 'float32' instead"),
    ],
)
def test_a_sentence_that_names_something_else_is_found(text, said):
    ((line, message),) = disagreements(f"\n{text}\n")
    assert line == 2
    assert said in message


QUOTED = "From 5600<!--quoted: cudnn-torch -->{} to 3363<!--quoted: cudnn-torch -->{}."


def test_a_unit_that_its_source_does_not_have_fails_the_page():
    assert check_page(QUOTED.format(" MB", " MB"), "docs/page.md").problems == []
    problems = check_page(QUOTED.format(" kB", " times"), "docs/page.md").problems
    units = [problem.message.partition(" does")[0] for problem in problems]
    assert units == ["the unit 'kB'", "the unit 'times'"]
