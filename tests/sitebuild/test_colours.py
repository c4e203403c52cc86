"""Colours that can be read, and told apart, also by those who see fewer of them."""

import re
from itertools import combinations

import numpy as np
import pytest
from sites import ROOT

from sitebuild.colours import COLOURS, GROUNDS, TEX, as_css

SCHEMES = ("light", "dark")
MEANT = ("ink", "z", "a", "wrong")
"""What is told apart by colour, beside marks and dashes; right is the ink."""
VISIONS = {  # Machado, Oliveira & Fernandes (2009), table 1, the strongest of each
    "all cones": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
}
TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def linear(colour):
    """Red, green and blue as light."""
    shares = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    powers = ((shares + 0.055) / 1.055) ** 2.4
    return np.where(shares <= 0.04045, shares / 12.92, powers)


def contrast(one, other):
    """As WCAG 2 has it."""
    lights = [linear(c) @ [0.2126, 0.7152, 0.0722] + 0.05 for c in (one, other)]
    return max(lights) / min(lights)


def distance(one, other, vision):
    """In Oklab, times 100: about 2 is just noticeable."""
    seen = [np.clip(VISIONS[vision] @ linear(c), 0, 1) for c in (one, other)]
    first, second = (TO_LAB @ np.cbrt(TO_CONES @ light) for light in seen)
    return 100 * np.linalg.norm(first - second)


def test_the_measures_themselves():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert distance("#000000", "#ffffff", "all cones") == pytest.approx(100, abs=0.1)
    red, green = "#b03030", "#5a6a10"
    assert distance(red, green, "deuteranopia") < distance(red, green, "all cones") / 2


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", [*MEANT, "right", "faint"])
def test_text_in_each_colour_can_be_read(name, scheme):
    for ground in GROUNDS.values():
        behind = getattr(ground, scheme)
        assert contrast(getattr(COLOURS[name], scheme), behind) >= 4.5


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("pair", [*combinations(MEANT, 2)], ids="-".join)
def test_no_two_meanings_look_alike(pair, scheme, vision):
    one, other = (getattr(COLOURS[name], scheme) for name in pair)
    assert distance(one, other, vision) >= 9


def test_colours_that_were_orange_and_red_would_be_refused():
    assert distance("#a85100", "#c2255c", "deuteranopia") < 9


def test_no_stylesheet_has_a_colour_of_its_own():
    """Except for the mark of a search, the shade of an edge, and the theme's footer."""
    for path in (ROOT / "docs" / "stylesheets").glob("*.css"):
        kept = re.sub(r"(?s)/\*.*?\*/", "", path.read_text())
        found = re.findall(r"([\w-]+): (#[0-9a-fA-F]{3,8})\b", kept)
        own = {"--bp-shade", "--md-footer-fg-color--lighter"}
        mark = {"color", "background-color"}
        assert {name for name, _ in found} <= own | mark
        assert {c for name, c in found if name in mark} <= {"#1f2430", "#fff3a3"}


def test_both_schemes_are_written_and_formulas_use_them():
    css = as_css()
    for name, colour in COLOURS.items():
        assert f"--bp-{name}:{colour.light}" in css
        assert f"--bp-{name}:{colour.dark}" in css
    for name in TEX.values():
        assert f".bp-{name}{{color:var(--bp-{name})}}" in css
