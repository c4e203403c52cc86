"""The reference of the built site has whatever the package shows to a reader."""

import re
from pathlib import Path

import pytest

import backprop_explained

SOURCE = Path(backprop_explained.__file__).read_text("utf-8")
MODULES = re.findall(r"^ *from backprop_explained\.([a-z][\w.]*) import", SOURCE, re.M)
ROWS = {row.name.upper() for row in backprop_explained.ACTIVATIONS.values()}
NAMES = set(backprop_explained.__all__) - ROWS  # rows are in the catalogue's table
FOUND_BY_A_CHECK = {"ArrayCheck", "GradientCheck", "Kink", "Place"}


@pytest.fixture(scope="module")
def anchors(built):
    pages = (built.folder / "reference").rglob("index.html")
    text = "".join(page.read_text() for page in pages)
    return set(re.findall(r'id="backprop_explained\.([\w.]+)"', text))


def test_every_module_of_public_names_is_in_the_reference(anchors):
    assert len(MODULES) > 9
    shown = {anchor.rpartition(".")[0] for anchor in anchors}
    assert {*MODULES, "notation", "published"} - shown == set()


def test_every_public_name_is_in_the_reference(anchors):
    shown = {anchor.rpartition(".")[2] for anchor in anchors}
    assert len(NAMES) > 20
    assert NAMES - shown == set()


def test_what_a_gradient_check_returns_stands_beside_it(anchors):
    names = {f"check.gradient.{name}" for name in FOUND_BY_A_CHECK}
    assert names - anchors == set()
    assert "check.gradient.check_gradients" in anchors
