"""Each page's notebook, executed as a reader would: it prints what it says."""

import doctest

import nbclient
import nbformat
import pytest
from conftest import SITE, sampled

from sitebuild.checks.running import DOCTEST_FLAGS

CHECKER = doctest.OutputChecker()
PATIENCE = 300  # seconds for a cell, on a machine that is busy with other audits
NOTEBOOKS = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.ipynb"))


def said(cell):
    """What a cell prints, the values that it shows, and how it fails."""
    plain = lambda out: out.get("data", {}).get("text/plain", "")
    texts = [o.get("text") or o.get("evalue") or plain(o) for o in cell.outputs]
    return "".join(text if text.endswith("\n") else f"{text}\n" for text in texts)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_most_pages_have_one():
    assert len(NOTEBOOKS) > 30


@pytest.mark.parametrize("name", sampled(NOTEBOOKS))
def test_a_notebook_prints_what_it_says(name, tmp_path):
    notebook = nbformat.read(SITE / name, as_version=4)
    nbformat.validate(notebook)
    wanted = [said(cell) for cell in code_cells(notebook)]
    assert wanted
    where = {"metadata": {"path": str(tmp_path)}}
    nbclient.NotebookClient(notebook, timeout=PATIENCE, resources=where).execute()
    for cell, want in zip(code_cells(notebook), wanted, strict=True):
        got = said(cell)
        assert CHECKER.check_output(want, got, DOCTEST_FLAGS), (cell.source, got)
