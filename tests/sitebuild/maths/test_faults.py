"""Of the faults put into the formulas of pages, nearly all are found."""

import random
from pathlib import Path

import pytest
from faults import in_code, in_tex

from sitebuild.checks import checker
from sitebuild.checks.fences import find_fences
from sitebuild.checks.formulas import wrong_formulas
from sitebuild.checks.running import strict_python
from sitebuild.checks.structure import without
from sitebuild.maths.code import is_formula
from sitebuild.maths.declarations import formulas_of, spans_of, stated
from sitebuild.maths.meanings import SETS

DOCS = Path(__file__).parents[3] / "docs"
PAGES = (
    *("two-derivatives", "where-did-the-slope-go", "questions-people-ask", "by-hand"),
    *("the-proof", "index"),
)


class Page:
    """A page that has run, whose formulas can be changed."""

    def __init__(self, path: Path) -> None:
        text = path.read_text()
        self.fences = find_fences(without(text, "front matter"))
        self.prose = checker.blanked_fences(self.fences, text)
        self.names = {"__name__": f"page {path.stem}"}
        with strict_python():
            checker.run_all(self.fences, self.names, path.name)

    def faults(self, things, make):
        """The prose with each fault."""
        for start, end, source, _ in things:
            at = self.prose.index(source, start, end)
            for new in make(source):
                rest = self.prose[at + len(source) :]
                yield source, new, self.prose[:at] + new + rest

    def found(self, prose):
        with strict_python():
            return wrong_formulas(prose, self.fences, self.names)


@pytest.fixture(scope="module")
def pages():
    return [Page(path) for path in DOCS.rglob("*.md") if path.stem in PAGES]


def caught(pages, faults_of, count):
    """The share of the faults that is found, and the others."""
    every = [(page, *fault) for page in pages for fault in faults_of(page)]
    sample = random.Random(14).sample(every, count)
    missed = [(old, new) for page, old, new, prose in sample if not page.found(prose)]
    return 1 - len(missed) / count, missed


def test_pages_without_faults_have_no_problems(pages):
    assert len(pages) == len(PAGES)
    assert not [problem for page in pages for problem in page.found(page.prose)]


def test_faults_in_tex_are_found(pages):
    share, missed = caught(pages, lambda p: p.faults(formulas_of(p.prose), in_tex), 60)
    assert share >= 0.9, missed


def test_faults_in_code_spans_are_found(pages):
    def faults(page):
        spans = [span for span in spans_of(page.prose) if is_formula(span[2])]
        return page.faults(spans, in_code)

    share, missed = caught(pages, faults, 20)
    assert share >= 0.95, missed


def test_formulas_that_cannot_be_read_are_few():
    texts = [
        without(p.read_text(), "front matter", "fence") for p in DOCS.rglob("*.md")
    ]
    things = [thing for text in texts for thing in stated(text)[0] if thing.tex]
    assert len(things) > 400
    assert sum(thing.unread is not None for thing in things) <= len(things) / 10


@pytest.mark.parametrize("name", ["x", "y", "W", "b", "z", "a", "sigma", "C", "delta"])
def test_the_letters_of_the_notation_page_have_meanings(name):
    notation = (DOCS.parent / "backprop_explained" / "notation.py").read_text()
    letter = f"\\{name}" if name in ("sigma", "delta") else name
    assert f"| ${letter}" in notation
    assert any(name in meanings for meanings in SETS.values())
