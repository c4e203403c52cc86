"""The code that pages show fits a telephone: a line ends before the screen does."""

import re

import pytest
from sites import ROOT

WIDEST = 56  # letters of 11 px on 375, with the margins
SHOWN = re.compile(r"(?ms)^(`{3,})(python|pycon|py)\b([^\n]*)\n(.*?)^\1$")
ELSEWHERE = {"docs/about/how-these-pages-stay-true.md": 5}  # it shows text of a page
PAGES = sorted(path.relative_to(ROOT) for path in (ROOT / "docs").rglob("*.md"))
EXAMPLE = re.compile(r"(?m)^ *(?:>>>|\.\.\.) .*$")
REFERENCE = sorted((ROOT / "docs" / "reference").glob("*.md"))


def too_wide(text):
    """Lines of code beyond the edge; what an example gives goes on below there."""
    found = []
    for _, kind, options, code in SHOWN.findall(text):
        if "exec" in options and "source=" not in options:
            continue
        lines = code.splitlines()
        if kind == "pycon":
            lines = [line for line in lines if line.startswith((">>>", "..."))]
        found += [line for line in lines if len(line) > WIDEST]
    return found


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page(page):
    found = too_wide((ROOT / page).read_text())
    assert len(found) == ELSEWHERE.get(str(page), 0), found


def modules():
    """The modules of the package whose docstrings the reference shows."""
    texts = "".join(path.read_text() for path in REFERENCE)
    named = re.findall(r"(?m)^::: ([\w.]+)", texts)
    files = [ROOT / f"{name.replace('.', '/')}.py" for name in named]
    return sorted({path for path in files if path.exists()})


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.stem)
def test_the_examples_of_the_reference(path):
    examples = [line.strip() for line in EXAMPLE.findall(path.read_text())]
    assert [line for line in examples if len(line) > WIDEST] == []


def test_a_wide_line_is_found_where_it_is_shown_and_not_where_it_is_given():
    wide = "x" * 60
    assert too_wide(f"```pycon\n>>> f()\n{wide}\n>>> {wide}\n```\n") == [f">>> {wide}"]
    assert too_wide(f'```python exec="true"\n{wide}\n```\n') == []
    assert too_wide(f'```python exec="true" source="above"\n{wide}\n```\n') == [wide]
