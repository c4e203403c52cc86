"""What the pages compute from the output, against derivatives by mpmath."""

from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rows import MP

from sitebuild.checks.fences import find_fences
from sitebuild.checks.structure import without

FOLDER = Path(__file__).parents[3] / "docs" / "the-question"


@pytest.fixture(scope="module")
def defined():
    """What the visible blocks of a page define, by the name of the page."""

    def names(page):
        namespace = {}
        text = without((FOLDER / f"{page}.md").read_text("utf-8"), "front matter")
        with redirect_stdout(StringIO()):
            for fence in find_fences(text):
                if fence.runs and fence.visible:
                    exec(fence.source, namespace)
        return namespace

    pages = "softmax-from-the-output", "derivatives-without-a-step"
    return {page: names(page) for page in pages}


def pulled_back(function, z, g):
    """The derivative of `g · function(z)` with respect to each entry of `z`."""
    parts, shares = list(map(MP.mpf, z)), list(map(MP.mpf, g))
    moved = lambda at, value: function([*parts[:at], value, *parts[at + 1 :]])
    along = lambda at: lambda value: MP.fdot(shares, moved(at, value))
    return [MP.diff(along(at), part) for at, part in enumerate(parts)]


def exact_softmax(z):
    powers = [MP.exp(part) for part in z]
    return [power / sum(powers) for power in powers]


def exact_normalised(z):
    mean = sum(z) / len(z)
    spread = MP.sqrt(sum((part - mean) ** 2 for part in z) / len(z) + MP.mpf(1e-5))
    return [(part - mean) / spread for part in z]


@pytest.fixture(params=range(4))
def row(request):
    rng = np.random.default_rng(request.param)
    return rng.normal(scale=2, size=5), rng.normal(size=5)


def close(computed, exact):
    return np.allclose(computed, np.array(exact, dtype=float), rtol=1e-12, atol=1e-14)


def test_softmax_backward_reads_the_output_alone(defined, row):
    page, (z, g) = defined["softmax-from-the-output"], row
    exact = pulled_back(exact_softmax, z, g)
    a = page["softmax"](z)
    assert close(page["softmax_backward"](g, a), exact)
    assert close(page["softmax_backward"](g, page["softmax"](z + 3)), exact)
    assert not close(a * (1 - a) * g, exact)  # the diagonal alone


def test_normalisation_backward_reads_the_output_and_the_spread(defined, row):
    page, (z, g) = defined["softmax-from-the-output"], row
    exact = pulled_back(exact_normalised, z, g)
    a, s = page["normalise"](z, 0)
    assert close(page["normalise_backward"](g, a, s, 0), exact)
    assert not close(g / s, exact)  # as if mean and spread were constants
    assert not close((g - g.mean()) / s, exact)


@pytest.mark.parametrize("z", [-3.0, -0.2, 0.7, 4.0])
def test_a_dual_number_carries_the_derivative(defined, z):
    page = defined["derivatives-without-a-step"]
    result = page["sigmoid"](page["Dual"](z, 1.0))
    exact = MP.diff(lambda v: 1 / (1 + MP.exp(-v)), MP.mpf(z))
    assert close(result.slope, exact)
    assert not close(page["sigmoid"](page["Dual"](z, 2.0)).slope, exact)


@pytest.mark.parametrize("z", [-3.0, -0.2, 0.7, 4.0])
def test_the_second_derivative_of_the_sigmoid_from_the_output(z):
    exact = MP.diff(lambda v: 1 / (1 + MP.exp(-v)), MP.mpf(z), 2)
    a = 1 / (1 + np.exp(-z))
    assert close(a * (1 - a) * (1 - 2 * a), exact)
    assert not close(a * (1 - a) * (1 - a), exact)
