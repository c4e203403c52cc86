"""What a block prints in words has no number that was only typed."""

import pytest

from sitebuild.checks.checker import check_page


def found(code, claims=""):
    options = 'exec="true" source="above" result="text" session="p"'
    page = f"```python {options}\n{code}\n```\n"
    problems = check_page(page + claims, "p.md").problems
    return [(one.line, one.message) for one in problems if "typed into" in one.message]


@pytest.mark.parametrize(
    "code",
    [
        'print("after 1,000 turns")',
        'x = 2_000\nprint("after 1,000 turns")',
        'print(f"after 5 turns of {len([3, 4])}")',
        'print("the", "middle half:", 4)',
        'print(end="", sep="a third is") or print("in three steps")',
    ],
)
def test_a_number_that_is_typed_into_a_label_is_found(code):
    ((line, message),) = found(code)
    assert line == code.count("\n") + 2
    assert "and no number of the code beside it" in message


@pytest.mark.parametrize(
    "code",
    [
        'x = 1_000\nprint("after 1,000 turns")',
        'print(f"after {500 + 500:,} turns")',
        'print(max("factor 2 or more", "b"))',
        'print("two words\\nin 3 lines")',
        'x = "not printed, 7 times"\nprint("a word")',
        'x = -5\nprint("clipped at 5")',
    ],
)
def test_what_is_computed_or_stands_in_the_code_passes(code):
    assert found(code) == []


def test_a_phrase_that_the_page_computes_passes():
    code = 'steps = 500 + 500\nprint("after 1,000 turns")'
    claims = "\nAfter 1,000 turns.\n\n<!--numbers\nafter 1,000 turns = steps\n-->\n"
    assert found(code)
    assert found(code, claims) == []
