"""Names in code spans: each stands in code too, so that a misspelt one stands alone.

A name is known if it occurs in the project's modules or tests, in a block of a page, in
what a source says, or in another span.  One of a letter or two, which occurs somewhere
in any case, has to occur on the same page: in its blocks, its formulas, or a second
span.  A page may declare others: `names: [f]` in its front matter.
"""

import importlib
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sitebuild.checks.structure import KINDS, line_at, meta
from sitebuild.evidence.sources import sources

ROOT = Path(__file__).resolve().parents[2]
_ROOMS = ("backprop_explained", "sitebuild", "tests/package")
_SHORT = 2
_READ = ("says", "path", "title", "rule", "repository")
OUTSIDE = {
    "MPL": "the licence MPL-2.0, as SPDX names it",
    "CITATION": "a file of the Citation File Format",
    "cff": "its ending",
}
"""Names of neither the project nor a source, and where they come from."""
_EVERYWHERE = {"W", "T", "db", "dW", "np"}  # arrays of the notation, and NumPy
_MODULES = {"np": "numpy", "math": "math"}
_PARTS = re.compile(
    "|".join(KINDS[kind] for kind in ("front matter", "fence", "comment", "code")),
    re.DOTALL | re.MULTILINE,
)
_NAME = re.compile(r"(?<!\s-)(?<!^-)(?<!\d)(?!(?<=\.)(?:py|js)\b)\b[^\W\d]\w*")
_TEX = re.compile(KINDS["tex"], re.DOTALL)
_ALONE = (
    "occurs in no code and no other span: is it misspelt? Or declare it in the front "
    "matter, under names"
)
_ATTRIBUTE = re.compile(r"\b(np|math)\.(\w+)")


class Names:
    """The names in the pages of a site: in blocks, in spans, in formulas."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages = {name: PageNames(text) for name, text in pages.items()}
        self.blocks = set().union(*(page.blocks for page in self.pages.values()))
        self.spans = sum((page.counted for page in self.pages.values()), Counter())

    def problems(self, name: str) -> Iterator[tuple[int, str]]:
        """Line and message of each name of a page that stands nowhere else."""
        page = self.pages[name]
        for line, span in page.spans:
            for found in _names(span):
                if not self._knows(found, page):
                    yield line, f"{found!r} in `{span}` {_ALONE}"
            for module, attribute in _ATTRIBUTE.findall(span):
                if not hasattr(importlib.import_module(_MODULES[module]), attribute):
                    yield line, f"{module} has no {attribute!r}, in `{span}`"

    def _knows(self, name: str, page: "PageNames") -> bool:
        if name in page.declared or name in _EVERYWHERE or page.counted[name] > 1:
            return True
        if len(name) <= _SHORT:
            return name in page.letters
        return (
            name in project_names()
            or name in self.blocks
            or name in OUTSIDE
            or self.spans[name] > 1
        )


class PageNames:
    """The names in one page."""

    def __init__(self, text: str) -> None:
        self.declared = set(meta(text).get("names", []))
        self.blocks: set[str] = set()
        self.spans: list[tuple[int, str]] = []
        for found in _PARTS.finditer(text):
            if found["ticks"]:
                span = found[0].strip("`").strip()
                self.spans.append((line_at(text, found.start()), span))
            elif found["fence"]:
                self.blocks |= set(re.findall(r"[^\W\d]\w*", _code(found[0])))
        self.counted = Counter(n for _, span in self.spans for n in _names(span))
        code = (found[0] for found in _PARTS.finditer(text) if found["fence"])
        self.letters = {*_formulas(text), *_unquoted("\n".join(map(_code, code)))}


def _formulas(text: str) -> list[str]:
    """The letters in the formulas of a page, commands left out."""
    tex = " ".join(found[0] for found in _TEX.finditer(_PARTS.sub(" ", text)))
    return re.findall(r"[^\W\d_]", re.sub(r"\\[a-zA-Z]+", " ", tex))


def _unquoted(code: str) -> list[str]:
    """The names in code, and no letters of its words or of its formats."""
    plain = re.sub(r"""\"[^"\n]*\"|'[^'\n]*'|^[`~]{3}.*$""", "", code, flags=re.M)
    return re.findall(r"[^\W\d]\w*", plain)


def _names(span: str) -> list[str]:
    """The names in a span; the ending of a file is none.

    Examples
    --------
    >>> _names("python -m a.b, self.output, 1e-8, f(x)"), _names("site/nn.mjs")
    (['python', 'a', 'b', 'self', 'output', 'f', 'x'], ['site', 'nn', 'mjs'])
    """
    return [name for name in _NAME.findall(span) if name.strip("_")]


def _code(source: str) -> str:
    """Code without its comments and docstrings, in which anything may stand."""
    return re.sub(r'"""(?s:.*?)"""|#[^\n"\']*$', "", source, flags=re.MULTILINE)


@cache
def project_names() -> set[str]:
    """The names in the project's code, and in what its sources say."""
    found: set[str] = set()
    for room in _ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            found.update(re.findall(r"[^\W\d]\w*", _code(path.read_text("utf-8"))))
    for name in ("Makefile", "pyproject.toml", "mkdocs.yml"):
        if (ROOT / name).exists():
            found.update(re.findall(r"[^\W\d]\w*", (ROOT / name).read_text("utf-8")))
    for source in sources().values():
        told = " ".join(str(source.fields.get(key, "")) for key in _READ)
        found.update(re.findall(r"[^\W\d]\w*", told))
    return found
