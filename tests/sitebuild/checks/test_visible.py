"""What a reader sees runs without what a reader does not see."""

import pytest

from sitebuild.checks.boxes import with_boxes
from sitebuild.checks.checker import check_page

SHOWN = '```python exec="true" source="above" session="page"\n{}\n```\n'
STILL = SHOWN.replace('session="page"', 'session="page" live="no: why"', 1)
HIDDEN = '```python exec="true" session="page"\n{}\n```\n'
DOCTEST = "```pycon\n>>> {}\n```\n"
TITLED = '```py title="a"\nx = 1\n```'


def problems(text, page="docs/page.md"):
    return check_page(text, page).problems


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (SHOWN.format("import sitebuild"), 2, "cannot import sitebuild"),
        (SHOWN.format("\nfrom sitebuild.checks import prose"), 3, "cannot import"),
        (SHOWN.format("import yaml"), 2, "cannot import yaml"),
        (SHOWN.format("def f():\n    import yaml"), 3, "cannot import yaml"),
        (DOCTEST.format("import sitebuild.card"), 2, "cannot import sitebuild.card"),
        (HIDDEN.format("import math") + SHOWN.format("math.pi"), 5, "'math'"),
        (HIDDEN.format("x = 1") + SHOWN.format("y = 1\ny = x"), 6, "'x'"),
        (HIDDEN.format("x = 1") + SHOWN.format("x = x + 1"), 5, "'x'"),
        (HIDDEN.format("x = 1") + SHOWN.format("x += 1"), 5, "'x'"),
        (HIDDEN.format("x = 1") + SHOWN.format("def f():\n    return x"), 6, "'x'"),
        (HIDDEN.format("x = 1") + SHOWN.format("f = lambda: x"), 5, "'x'"),
        (HIDDEN.format("x = 1") + SHOWN.format("[x for _ in 'ab']"), 5, "'x'"),
        (HIDDEN.format("x = 1") + SHOWN.format("class A:\n    y = x"), 6, "'x'"),
        (HIDDEN.format("x = 1") + DOCTEST.format("y = x"), 5, "'x'"),
        (HIDDEN.format("print('```py\\nx\\n```')\nx = 1"), 1, "'x'"),
        (HIDDEN.format(f"print({TITLED!r})\nx = 1") + SHOWN.format("y = x"), 6, "'x'"),
    ],
)
def test_what_a_reader_cannot_run_is_found(text, line, message):
    (problem,) = problems(text)
    assert (problem.line, message in problem.message) == (line, True), problem


@pytest.mark.parametrize(
    "text",
    [
        SHOWN.format("import numpy, backprop_explained.check.gradient, json"),
        HIDDEN.format("from sitebuild.checks import prose\nx = 1"),
        SHOWN.format("x = 1") + DOCTEST.format("y = x") + STILL.format("z = x + y"),
        SHOWN.format("def f():\n    return g()\ndef g():\n    return f"),
        SHOWN.format("class A:\n    x = 1\n    y = x"),
        SHOWN.format("from typing import NamedTuple\nclass A(NamedTuple):\n    x: int"),
        SHOWN.format("for i in range(3):\n    j = [i for i in 'ab' if i]\nj, i"),
        SHOWN.format("try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    error"),
        HIDDEN.format("print('```py\\nx = 1\\n```')\nx = 1") + STILL.format("y = x"),
        HIDDEN.format("print('```py title=\"a\"\\nx\\n```')"),
    ],
)
def test_what_a_reader_can_run_passes(text):
    assert not problems(text)


def test_pages_about_the_project_may_import_its_machinery():
    text = SHOWN.format("import sitebuild")
    assert problems(text)
    assert not problems(text, "docs/about/page.md")


def test_a_name_that_a_failed_block_would_have_defined_is_no_problem_of_its_own():
    text = SHOWN.format("1 / 0\nx = 1") + SHOWN.format("print(x)")
    assert [problem.line for problem in problems(text)] == [2]


def boxed(text):
    return with_boxes(text, check_page(text, "docs/page.md"))


def test_a_problem_stands_above_its_block_which_is_shown_and_does_not_run():
    sound = SHOWN.format("y = 1")
    shown = boxed(f"# A\n\n{sound}\n{SHOWN.format('x = 1 / 0')}\nEnd, 0.25.\n")
    above, _, below = shown.partition('<div class="bp-problem">docs/page.md:8: ')
    assert above == f"# A\n\n{sound}\n"
    error, code, number, end = below.rsplit("\n\n", 3)
    assert error == "the block raised ZeroDivisionError: division by zero</div>"
    assert code == "```text\nx = 1 / 0\n```"
    assert number.startswith('<div class="bp-problem">docs/page.md:11: nothing')
    assert end == "End, 0.25.\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("One.\n\nIt\nis 0.25.\n\nMore.", 2),
        ("Is 0.25.", 0),
        ("```py\na\n\nb\n```\nIs 0.25.", 5),
        ("One.\n\n```py\na = = 1\n```\n", 2),
        ("One.\n\n```python\na\n", 2),
    ],
)
def test_a_box_begins_where_its_paragraph_or_fence_does(text, line):
    lines = boxed(text).splitlines()
    (found,) = [i for i, said in enumerate(lines) if "bp-problem" in said]
    assert found == line
    assert "```python" not in boxed(text)


def test_a_page_without_problems_stays_as_it_is():
    text = "# A\n\n" + SHOWN.format("x = 1")
    assert boxed(text) == text
