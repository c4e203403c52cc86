"""A page as a notebook: its text, the blocks that a reader can run, their output."""

import doctest
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

from sitebuild.checks.alone import STAYS_A_SESSION, is_live
from sitebuild.checks.fences import DOCTEST, Fence, find_fences
from sitebuild.checks.structure import meta, without

Cell = dict[str, Any]
Printed = Iterable[tuple[Fence, str]]
_LINK = re.compile(r"\]\((?!\w+:)([^)\s]*)\)")
_ATTRIBUTES = re.compile(r"[ \t]*\{ *[.#][^}\n]*\}[ \t]*$", re.MULTILINE)
_CITED = re.compile(r"\]\[([\w-]+)\]")
_DEFINED = re.compile(r"^\[([\w-]+)\]: (\S+)\n?", re.MULTILINE)
_DIVISION = re.compile(r"^</?div[^>\n]*>[ \t]*$", re.MULTILINE)
_PROGRAM = re.compile(r"^```py\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NOTE = re.compile(r'^!!! \w+ "(.*)"\n((?:\n|    .*\n)*)', re.MULTILINE)


def has_notebook(name: str, fences: Iterable[Fence]) -> bool:
    """Whether a page has something to run for a reader who has the package."""
    return any(is_live(fence, name) for fence in fences)


def file_name(name: str) -> str:
    """What the notebook of a page is called, beside the page."""
    return name.rpartition("/")[2].removesuffix(".md") + ".ipynb"


def offer(name: str) -> str:
    """The link to it, for the end of the page."""
    return (
        '\n\n<p class="bp-notebook" data-search-exclude>'
        f'<a href="{file_name(name)}" download>This page as a notebook</a></p>\n'
    )


def notebook(text: str, name: str, printed: Printed, site: str) -> str:
    """The notebook of a page, in JSON.

    Parameters
    ----------
    text : str
        The page as it is shown, in Markdown, with its front matter.
    name : str
        Of its file, such as ``docs/learn/by-hand.md``.
    printed : iterable of (Fence, str)
        Its fences, and what each printed.
    site : str
        The address of the site, with a slash at its end.
    """
    defined = dict(_DEFINED.findall(text))
    body = _DEFINED.sub("", without(text, "front matter"))
    body = _CITED.sub(
        lambda cited: f"]({defined[cited[1]]})" if cited[1] in defined else cited[0],
        body,
    )
    path = name.removeprefix("docs/").removesuffix(".md") + "/"
    address = site + path.removesuffix("index/")
    intro = _intro(text, address, f"{site}how-to/install/")
    cells = [intro, *_cells(body, name, printed, address)]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    about = {"display_name": "Python 3", "language": "python", "name": "python3"}
    page = {
        "cells": cells,
        "metadata": {"kernelspec": about, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def _intro(text: str, address: str, install: str) -> Cell:
    title = meta(text).get("title", "This page")
    return _words(
        f"*{title}*, from [{address}]({address}). It runs with the package "
        f"`backprop_explained` alone: [how to install it]({install})."
    )


def _cells(body: str, name: str, printed: Printed, address: str) -> Iterator[Cell]:
    end = 0
    for fence, (_, output) in zip(find_fences(body), printed, strict=True):
        yield from _prose(body[end : fence.start], name, address)
        end = fence.end
        if fence.language == DOCTEST:
            yield from _examples(fence.source)
        elif is_live(fence, name):
            yield _code(fence.source, output)
        elif not fence.runs:
            yield _words(body[fence.start : fence.end])
        elif "html" in fence.options:
            what = "an exercise" if "<bp-exercise" in output else "a figure"
            yield _words(f"*[The page]({address}) has {what} here.*")
        elif "result" in fence.options:
            yield _words(f"```text\n{output}\n```")
        elif name in STAYS_A_SESSION:
            yield from _printed(output, name, address)
        else:
            yield from _prose(output, name, address)
    yield from _prose(body[end:], name, address)


def _printed(text: str, name: str, address: str) -> Iterator[Cell]:
    """What a block printed, in which the code is what a session below calls."""
    words, *pairs = _PROGRAM.split(text)
    yield from _prose(words, name, address)
    for source, after in zip(pairs[::2], pairs[1::2], strict=True):
        yield _code(source, "")
        yield from _prose(after, name, address)


def _prose(text: str, name: str, address: str) -> Iterator[Cell]:
    """Markdown without what only this site understands."""
    here = urljoin(address, "." if name.endswith("index.md") else "..")
    page = file_name(name).removesuffix(".ipynb") + ".md"

    def absolute(link: re.Match[str]) -> str:
        path, _, anchor = link[1].partition("#")
        whole = urljoin(here, path or page)
        whole = re.sub(r"(?:/index)?\.md$", "/", whole)
        return f"]({whole}{'#' * bool(anchor)}{anchor})"

    text = _NOTE.sub(_note, text)
    text = _ATTRIBUTES.sub("", _DIVISION.sub("", text))
    text = re.sub(r"\n{3,}", "\n\n", _LINK.sub(absolute, text)).strip()
    if text:
        yield _words(text)


def _note(found: re.Match[str]) -> str:
    return f"**{found[1]}**\n{found[2]}".replace("\n    ", "\n")


def _examples(source: str) -> Iterator[Cell]:
    """A session, in a cell for each output."""
    lines: list[str] = []
    for example in doctest.DocTestParser().get_examples(source):
        lines.append(example.source)
        if example.exc_msg:
            yield _raising("".join(lines), example.exc_msg)
            lines = []
        elif example.want:
            yield _code("".join(lines), example.want)
            lines = []
    if lines:
        yield _code("".join(lines), "")


def _words(text: str) -> Cell:
    return {"cell_type": "markdown", "metadata": {}, "source": _lines(text)}


def _code(source: str, output: str) -> Cell:
    stream = {"name": "stdout", "output_type": "stream", "text": _lines(output)}
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [stream] if output else [],
        "source": _lines(source.rstrip("\n")),
    }


def _raising(source: str, said: str) -> Cell:
    """A cell that ends with an error, past which the others run."""
    name, _, words = said.strip().partition(": ")
    error = {"ename": name, "evalue": words, "output_type": "error", "traceback": []}
    tags = {"tags": ["raises-exception"]}
    return {**_code(source, ""), "metadata": tags, "outputs": [error]}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
