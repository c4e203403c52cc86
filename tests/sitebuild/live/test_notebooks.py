"""Each page as a notebook: it runs with the package alone, and prints what it says."""

import ast
import doctest
import io
import json
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from sitebuild.build import Source
from sitebuild.checks.fences import find_fences
from sitebuild.live import notebooks

ROOT = Path(__file__).parents[3]
SITE = "https://example.org/b/"
SAMPLE = ("docs/learn/one-neuron.md", "docs/learn/two-derivatives.md")
CHECKER = doctest.OutputChecker()
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
PAGE = """---
title: A page
---

# A page { #page }

See [the other](../published/mazur.md#a), [there](#below) and [Loy's words][loy].

<div class="a" markdown>

!!! note "Mind"
    This.

</div>

```python exec="true" source="above" result="text" session="page"
x = 2
print(x)
```

```python exec="true" html="true"
print("<figure>a</figure>")
```

```pycon
>>> y = x + 1
>>> y
3
>>> assert y

```
"""


def cells_of(name, text):
    source = Source(name, text)
    assert not source.problems
    return json.loads(source.notebook(SITE))["cells"]


def texts(cells, kind):
    return ["".join(c["source"]) for c in cells if c["cell_type"] == kind]


@pytest.fixture(scope="module")
def cells():
    return cells_of("docs/learn/page.md", PAGE)


def test_code_that_a_reader_can_run_is_there_with_its_output(cells):
    assert texts(cells, "code") == ["x = 2\nprint(x)", "y = x + 1\ny", "assert y"]
    outputs = [c["outputs"] for c in cells if c["cell_type"] == "code"]
    said = ["".join(out[0]["text"]) if out else "" for out in outputs]
    assert said == ["2\n", "3\n", ""]


def test_text_stands_without_what_this_site_alone_understands(cells):
    intro, words, figure = texts(cells, "markdown")
    assert f"[how to install it]({SITE}how-to/install/)" in intro
    assert words.startswith("# A page\n\nSee [the other]")
    assert f"({SITE}published/mazur/#a), [there]({SITE}learn/page/#below)" in words
    assert "[Loy's words](https://" in words
    assert "**Mind**\nThis." in words
    assert not any(mark in words for mark in ("<div", "{ #", "!!!", "title:"))
    assert figure == f"*[The page]({SITE}learn/page/) has a figure here.*"


def test_a_page_with_nothing_to_run_has_none():
    shown = find_fences('```python exec="true" html="true"\nprint("<p>a</p>")\n```\n')
    assert not notebooks.has_notebook("docs/learn/page.md", shown)
    assert notebooks.has_notebook("docs/learn/page.md", find_fences(PAGE))
    assert not notebooks.has_notebook("docs/about/page.md", find_fences(PAGE))


def test_a_cell_that_fails_as_it_should_lets_the_others_run():
    trace = "Traceback (most recent call last):\nValueError: no: such"
    text = PAGE.replace("3\n", f"3\n>>> int('a')\n{trace}\n", 1)
    text = text.replace("int('a')", "raise ValueError('no: such')")
    cells = cells_of("docs/learn/page.md", text)
    (failing,) = [cell for cell in cells if "raise " in "".join(cell["source"])]
    assert failing["metadata"]["tags"] == ["raises-exception"]
    (error,) = failing["outputs"]
    assert (error["ename"], error["evalue"]) == ("ValueError", "no: such")


def ran(source, names):
    """What a cell prints, and the value of its last expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    with redirect_stdout(io.StringIO()) as printed:
        exec(compile(tree, "cell", "exec"), names)
        if last:
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
            if value is not None:
                print(repr(value))
    return printed.getvalue()


@pytest.mark.parametrize("name", SAMPLE)
def test_a_notebook_prints_what_it_says(name):
    names = {"__name__": "__main__"}
    cells = cells_of(name, (ROOT / name).read_text("utf-8"))
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert len(code) > 1
    for cell in code:
        wanted = "".join(line for out in cell["outputs"] for line in out["text"])
        got = ran("".join(cell["source"]), names)
        assert CHECKER.check_output(wanted, got, FLAGS), (cell["source"], got)
    assert len({cell["id"] for cell in cells}) == len(cells)
