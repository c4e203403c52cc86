"""What is seen without scrolling, how long lines are, how large figures are written."""

import pytest

LONGEST = 75
LINES = """() => {
  const range = document.createRange(), counts = [];
  for (const block of document.querySelectorAll("article p, article li")) {
    const lines = new Map(), walker = document.createTreeWalker(block, 4);
    if (block.closest("figure, .highlight")) continue;
    for (let node; (node = walker.nextNode());) {
      if (node.parentElement.closest("math, code")) continue;
      for (let i = 0; i < node.length; i++) {
        range.setStart(node, i);
        range.setEnd(node, i + 1);
        const box = range.getClientRects()[0];
        if (!box || !box.width) continue;
        const line = Math.round(box.bottom / 12);
        lines.set(line, (lines.get(line) ?? 0) + 1);
      }
    }
    counts.push(...lines.values());
  }
  return counts.sort((a, b) => a - b);
}"""
SIZES = """() => [...document.querySelectorAll("figure svg text")].map((text) => {
  const { a, b } = text.getScreenCTM(); // some stand upright
  const scale = Math.hypot(a, b);
  const drawn = text.querySelector("tspan") ?? text; // a power has its own
  return scale * parseFloat(getComputedStyle(drawn).fontSize);
})"""
PAGES = (
    *("", "learn/by-hand/", "learn/check-a-gradient/", "learn/two-derivatives/"),
    "the-question/can-a-mistake-train-better/",
    "the-question/what-a-training-step-costs/",
)


def open_at(tab_at, address, width, height):
    tab = tab_at(width)
    tab.set_viewport_size({"width": width, "height": height})
    tab.goto(address)
    tab.wait_for_load_state("networkidle")
    return tab


def bottom(locator):
    box = locator.bounding_box()
    return box["y"] + box["height"]


def test_a_phone_shows_both_wrong_rows_without_scrolling(tab_at, site_url):
    tab = open_at(tab_at, f"{site_url}/", 375, 667)
    wrong = tab.locator(".bp-calls tr.bp-bad")
    assert wrong.count() == 2
    assert max(bottom(row) for row in wrong.all()) <= 667


def test_a_laptop_shows_the_figure_beside_its_answer(tab_at, site_url):
    tab = open_at(tab_at, f"{site_url}/", 1280, 800)
    figure, answer = tab.locator(".bp-first figure"), tab.locator(".bp-answer")
    assert bottom(figure) <= 800
    assert bottom(answer) <= 800
    ends = answer.bounding_box()
    assert figure.bounding_box()["x"] >= ends["x"] + ends["width"]
    assert bottom(tab.locator(".bp-bodies .highlight").last) <= 800


@pytest.mark.parametrize("page", PAGES)
def test_lines_are_as_long_as_a_books_and_figures_in_11_px(tab_at, site_url, page):
    tab = open_at(tab_at, f"{site_url}/{page}", 1280, 800)
    lengths = tab.evaluate(LINES)
    assert lengths[-1] <= LONGEST + 5  # thin letters, and hyphens that end a line
    assert lengths[int(0.97 * len(lengths))] <= LONGEST

    tab.set_viewport_size({"width": 375, "height": 667})
    assert min(tab.evaluate(SIZES)) >= 10.99
    tab.set_viewport_size({"width": 1280, "height": 800})
    size = "(caption) => parseFloat(getComputedStyle(caption).fontSize)"
    assert max(tab.evaluate(SIZES)) <= tab.locator("figcaption").first.evaluate(size)
