"""On a telephone no table and no formula is cut off by a little; audits see it."""

import pytest
from sites import ROOT

LOOK = (ROOT / "tests" / "audits" / "page.js").read_text("utf-8")
ROOM = """(box, more) => {
  const inside = box.querySelector("table, math");
  inside.style.display = "block";
  inside.style.width = inside.style.minWidth = `${box.clientWidth + more}px`;
}"""
TABLE, FORMULA = ".md-typeset__scrollwrap", ".bp-display"


def cut_off(tab):
    return [found for found in tab.evaluate(LOOK) if "cut off" in found]


@pytest.mark.parametrize(
    ("page", "box", "more", "seen"),
    [
        ("how-to/which-line-is-wrong", TABLE, 9, True),
        ("how-to/which-line-is-wrong", TABLE, 90, False),
        ("learn/a-second-example", FORMULA, 9, True),
        ("learn/a-second-example", FORMULA, 90, True),
    ],
)
def test_what_is_cut_off_by_a_little(tab_at, site_url, page, box, more, seen):
    tab = tab_at(375)
    tab.goto(f"{site_url}/{page}/")
    tab.evaluate("document.fonts.ready.then(() => {})")
    assert cut_off(tab) == []
    tab.locator(f"article {box}").first.evaluate(ROOM, more)
    found = cut_off(tab)
    assert bool(found) == seen
    assert all(sentence.startswith(f"{more} px are cut off") for sentence in found)
