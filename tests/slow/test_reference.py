"""The reference of the built site has whatever the package shows to a reader."""

import re

import pytest

import backprop_explained

MODULES = re.findall(r"^- `([\w.]+)`: ", backprop_explained.__doc__, re.M)
ROWS = {row.name.upper() for row in backprop_explained.ACTIVATIONS.values()}
NAMES = set(backprop_explained.__all__) - ROWS  # rows are in the catalogue's table
FOUND_BY_A_CHECK = {"ArrayCheck", "GradientCheck", "Kink", "Place"}


@pytest.fixture(scope="module")
def anchors(built):
    pages = (built.folder / "reference").rglob("index.html")
    text = "".join(page.read_text() for page in pages)
    return set(re.findall(r'id="backprop_explained\.([\w.]+)"', text))


def test_every_module_of_the_map_is_in_the_reference(anchors):
    assert len(MODULES) > 10
    shown = {anchor.rpartition(".")[0] for anchor in anchors}
    assert set(MODULES) - shown == set()


def test_every_public_name_is_in_the_reference(anchors):
    shown = {anchor.rpartition(".")[2] for anchor in anchors}
    assert len(NAMES) > 20
    assert NAMES - shown == set()


def test_what_a_gradient_check_returns_stands_beside_it(anchors):
    names = {f"check.gradient.{name}" for name in FOUND_BY_A_CHECK}
    assert names - anchors == set()
    assert "check.gradient.check_gradients" in anchors
