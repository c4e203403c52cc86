"""Every formula is drawn with the cut font as it would be with the whole one.

Without hinting (`geometricPrecision`): it moves an outline by what other letters the
font has.  And without kerning, which the site's font leaves out for its weight.
Upright letters and digits are in the face of the text.
"""

import html
import io
import re

import numpy as np
import pytest
from matplotlib.image import imread
from sites import ROOT

from sitebuild import textfont
from sitebuild.maths import font as mathfont

MATHS, SITE = (
    (ROOT / "docs" / "stylesheets" / f"{name}.css").read_text("utf-8")
    for name in ("maths", "site")
)
STYLES = MATHS + re.search(r"(?s)@font-face \{.*?\}", SITE)[0]
PAGE = """<!doctype html><meta charset="utf-8"><style>{}
body {{ display: flex; flex-wrap: wrap; align-items: start; font-size: 16px;
  font-kerning: none; text-rendering: geometricPrecision }}
div {{ box-sizing: border-box; padding: 4px }}
</style>{}"""
BOXES = """document.fonts.ready.then(() => {
  if (!document.fonts.check('16px "Backprop Math"')) throw Error("no font");
  const cells = [...document.querySelectorAll("div")];
  const boxes = () => cells.map((cell) => cell.getBoundingClientRect());
  // whole pixels, so that no formula moves the next one by a part of one
  boxes().forEach(({ width, height }, i) => {
    cells[i].style.width = `${Math.ceil(width)}px`;
    cells[i].style.height = `${Math.ceil(height)}px`;
  });
  return boxes().map(({ x, y, width, height }) => [x, y, width, height]);
})"""
SCALE = 2
MATH = re.compile(r"(?s)<math\b.*?</math>")
SQUARE_ROOT = re.compile(r"(?s)<m(?:sqrt|root)\b.*?</m(?:sqrt|root)>")
TALL = re.compile("<m(?:frac|table|under|over|underover)[ >]")
TEX = re.compile(r"(?s)<annotation\b[^>]*>(.*?)</annotation>")


@pytest.fixture(scope="module")
def formulas(site):
    """The distinct formulas of all pages."""
    pages = [path.read_text("utf-8") for path in site.rglob("*.html")]
    found = sorted({formula for page in pages for formula in MATH.findall(page)})
    assert len(found) > 100
    return found


@pytest.fixture(scope="module")
def as_meant(browser, formulas):
    """What each formula looks like with the whole font."""
    return pictures(browser, formulas, mathfont.as_bytes(mathfont.whole_font()))


def pictures(browser, formulas, font):
    """The pixels of each formula, in the site's style and a font."""
    page = PAGE.format(STYLES, "".join(f"<div>{formula}</div>" for formula in formulas))
    tab = browser.new_page(device_scale_factor=SCALE)
    tab.route("**/page/", lambda route: route.fulfill(body=page))
    roman = textfont.subset("roman")
    tab.route("**/*-math.woff2", lambda route: route.fulfill(body=font))
    tab.route("**/*-roman.woff2", lambda route: route.fulfill(body=roman))
    tab.goto("http://formulas.example/page/")
    boxes = SCALE * np.array(tab.evaluate(BOXES), int)
    image = imread(io.BytesIO(tab.screenshot(full_page=True)))
    tab.close()
    return [image[y : y + height, x : x + width] for x, y, width, height in boxes]


def unlike(formulas, found, meant):
    """The TeX of the formulas whose two pictures differ."""
    pairs = zip(formulas, found, meant, strict=True)
    return [tex_of(f) for f, one, other in pairs if not np.array_equal(one, other)]


def tex_of(formula):
    return html.unescape(TEX.search(formula)[1])


def test_every_formula_looks_as_with_the_whole_font(browser, site, formulas, as_meant):
    found = pictures(browser, formulas, (site / mathfont.ADDRESS).read_bytes())
    assert unlike(formulas, found, as_meant) == []


def test_the_sign_of_a_root_is_as_tall_as_what_stands_in_it(formulas):
    """The font has only the plain sign."""
    roots = [root for formula in formulas for root in SQUARE_ROOT.findall(formula)]
    assert roots
    assert [root for root in roots if TALL.search(root)] == []


@pytest.mark.parametrize("absent", "√𝜎′")
def test_a_sign_that_the_font_lacks_is_found(browser, formulas, as_meant, absent):
    drawn = {formula: mathfont.drawn(formula) for formula in formulas}
    rest = set().union(*drawn.values()) - {absent}
    found = pictures(browser, formulas, mathfont.subset_font("".join(sorted(rest))))
    need = [formula for formula in formulas if absent in drawn[formula]]
    assert need
    assert unlike(formulas, found, as_meant) == [*map(tex_of, need)]
