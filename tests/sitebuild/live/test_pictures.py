"""Figures of a cell: sent when its run ends, and gone for the next."""

import json

import matplotlib.pyplot
import pytest
from runner import Python


@pytest.fixture
def python():
    return Python()


@pytest.fixture
def drawing():
    """A runner in the place of one in a browser that has matplotlib."""
    from sitebuild.live.python import backend

    before = matplotlib.get_backend()
    backend.put_back()
    yield Python(draws=True)
    matplotlib.pyplot.switch_backend(before)


FIGURES = ["import matplotlib.pyplot as plt", "plt.plot([1, 2])", "x = 1"]


def test_figures_are_sent_and_do_not_stay(drawing):
    _, result = drawing.block(FIGURES, 1)
    assert not result.get("error")
    ((picture, words),) = drawing.pictures
    assert picture.startswith("data:image/png;base64,iVBOR")
    assert words == "Figure"
    drawing.pictures.clear()
    session = f"{FIGURES[0]}\nplt.plot([1])\nplt.title('t')\n[2]"
    assert drawing(session, session=True)[0] == "[2]\n"
    drawing.pictures.clear()
    named = "plt.title('t')\nplt.xlabel('z')\nplt.rcParams['lines.linewidth'] = 9"
    shown = f"{FIGURES[0]}\n{named}\nplt.show()\nplt.figure()\n1 / 0"
    assert "ZeroDivisionError" in drawing(shown)[1]["error"]
    assert [words for _, words in drawing.pictures] == ["Figure: t, z"]
    assert drawing(f"{FIGURES[0]}\nprint(plt.get_fignums())")[0] == "[]\n"
    assert matplotlib.rcParams["lines.linewidth"] == 1.5


@pytest.mark.parametrize(
    ("index", "code", "wanted"),
    [(0, None, True), (1, None, True), (2, None, False), (2, "import pylab", True)],
)
def test_matplotlib_is_loaded_for_what_runs_alone(python, index, code, wanted):
    code = FIGURES[index] if code is None else code
    request = {"code": code, "blocks": FIGURES, "index": index, "page": "/p"}
    assert python.runner.draws(json.dumps(request)) == wanted
