"""Which lines of an output keep their ends, and which go on below."""

import pytest

from sitebuild.aligned import aligned, with_aligned

OUTPUT = '<div class="language-text highlight"><pre><code>{}\n</code></pre></div>'


@pytest.mark.parametrize(
    "lines",
    [
        ["layers  backward", "     1       110", "    20     4,100"],
        ["a very long name  2", "short            13"],
        ["x = 1 / z", "    ~~^~~"],
        ["print(a b)", "      ^^^"],
        ["[[1. 2.]", " [3. 4.]", " [5. 6.]]"],
        ["array([[1.],", "       [2.]])"],
    ],
)
def test_what_is_aligned_keeps_its_ends(lines):
    assert all(aligned(lines))
    around = aligned(["A sentence.", *lines, "Another."])
    assert [around[0], around[-1]] == [False, False]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["one line  of two columns"],
        ["Two sentences.  As they were written once.", "And one.  And one more."],
        ["why:    the output is passed", "to:     delta = error"],
        ["[1, 2, 3]", "[4, 5, 6]"],
        ["[1. 2.", " 3. 4.]"],
        ["  - ~ is not", "  - ^ a line"],
    ],
)
def test_what_is_not_goes_on_below(lines):
    assert not any(aligned(lines))


def test_the_rows_of_a_table_need_not_follow_each_other():
    lines = ["W1  right", "and nothing else", "W2  wrong"]
    assert aligned(lines) == [True, False, True]


def test_what_is_marked_reads_as_before():
    rows = '1  <a href="x">one</a>\n2  <a href="y">two</a>'
    marked = with_aligned(OUTPUT.format(f"So:\n{rows}"))
    assert marked == OUTPUT.format(f'So:\n<span class="bp-aligned">{rows}</span>')


@pytest.mark.parametrize(
    "html",
    [
        OUTPUT.format('1  <span class="k">one\n2  two\nso</span>'),
        OUTPUT.format("a\nb").replace("-text", "-python"),
        "<pre><code>1  one\n2  two</code></pre>",
    ],
)
def test_nothing_else_is_marked(html):
    assert with_aligned(html) == html
