"""What the options of a block show: none can be dropped or added unseen."""

import pytest

from sitebuild.checks.checker import check_page

PAGE = "docs/learn/page.md"


def block(options, source):
    return f'```python exec="true"{options} session="page"\n{source}\n```\n\n'


def problems(*blocks, page=PAGE, before="# A page\n\n"):
    found = check_page(before + "".join(blocks), page).problems
    return [problem.message for problem in found]


SHOWN = ' source="above" result="text"'
HIDDEN = "from sitebuild.figures.svg import RIGHT"


@pytest.mark.parametrize(
    ("options", "source", "said"),
    [
        (' source="above"', 'print("1.5 2.5")', 'add result="text"'),
        ("", 'print("1.5 2.5")', 'add result="text"'),
        (' result="text"', 'print("1.5 2.5")', "a reader could run this block"),
        (SHOWN, "x = 1", "this block prints nothing"),
        (SHOWN, 'print("| a |")', "prints Markdown: leave out result"),
        ("", 'print("<figure>a</figure>")', 'prints HTML: add html="true"'),
        (' html="true"', 'print("| a |")', "prints no HTML"),
        (f'{SHOWN} html="true"', 'print("<p>a</p>")', "either text or html"),
        (' source="below" result="text"', "print(1)", "unknown value source='below'"),
        (
            *(' source="above" result="python"', 'print("1.5 2.5")'),
            'prints no Python: write result="text"',
        ),
    ],
)
def test_a_block_that_is_not_shown_as_what_it_is(options, source, said):
    (found,) = problems(block(options, source))
    assert said in found


@pytest.mark.parametrize(
    ("options", "source"),
    [
        (SHOWN, "print(1.5)"),
        (' source="above" result="python"', 'print("a = 1")'),
        (' source="above"', "x = 1"),
        ("", 'print("| a |\\n|---|\\n| b |")'),
        ("", 'print("See [this](#a).")'),
        (' html="true"', 'print("<figure>a</figure>")'),
        (' result="text"', f"{HIDDEN}\n\nprint(RIGHT)"),
        ("", "from backprop_explained import sigmoid"),
    ],
)
def test_a_block_that_is_shown_as_what_it_is(options, source):
    assert problems(block(options, source)) == []


def test_what_a_hidden_block_prints_is_made_in_sight():
    made, told = block("", "made = 1 + 1"), block("", 'print(f"| {made} |")')
    (found,) = problems(made, told)
    assert "a reader could run this block" in found
    assert problems(made) == []
    assert problems(block(' source="above"', "made = 1 + 1"), told) == []
    assert problems(block("", f"{HIDDEN}\n\nmade = RIGHT"), told) == []


def test_the_pages_on_the_project_hide_no_text():
    hidden = block(' result="text"', f"{HIDDEN}\n\nprint(RIGHT)")
    (found,) = problems(hidden, page="docs/about/page.md")
    assert "a reader could run this block" in found
