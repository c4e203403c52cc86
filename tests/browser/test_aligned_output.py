"""What stands below what says something stands there on a telephone, too."""

import random
import re
from html import escape, unescape

import pytest

from sitebuild.aligned import with_aligned

PAGE = "how-to/which-line-is-wrong/"
BUILT = "article .language-text pre > code"
CODE = """print("the line  " + "a = " * 11 + "f(b)")
print(" " * 54 + "~" * 4)
print("so " * 40)
"""
PLACES = """(code) => {
  const places = (text) => {
    const range = document.createRange();
    const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf(text);
      if (at < 0) continue;
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + text.length);
      return [...range.getClientRects()].map(({ left, right }) => [left, right]);
    }
  };
  const lines = code.textContent.trimEnd().split("\\n");
  const under = lines.findIndex((line) => /^ *~+$/.test(line));
  const tildes = lines[under].trim();
  const marked = lines[under - 1].slice(-tildes.length);
  const root = document.documentElement;
  return {
    places: [marked, tildes].map(places),
    hidden: code.scrollWidth - code.clientWidth,
    last: places(lines.at(-1)).length,
    page: root.scrollWidth - root.clientWidth,
  };
}"""
SHOWN = """async (cases) => {
  const { show } = await import("/javascripts/live/aligned.mjs");
  return cases.map((text) => {
    const code = document.createElement("code");
    show(code, text);
    return [code.textContent, [...code.children].map((part) => part.textContent)];
  });
}"""


def is_under(seen):
    """Whether the tildes are one line, and so is what they underline, above them."""
    marked, tildes = seen["places"]
    return len(marked) == len(tildes) == 1 and tildes[0] == pytest.approx(marked[0])


def test_the_tildes_of_a_page_are_under_what_they_mark(tab_at, site_url):
    tab = tab_at(375)
    tab.goto(f"{site_url}/{PAGE}")
    tab.evaluate("document.fonts.ready.then(() => {})")
    code = tab.locator(BUILT).first
    for width in (375, 320):
        tab.set_viewport_size({"width": width, "height": 812})
        seen = code.evaluate(PLACES)
        assert is_under(seen)
        assert seen["page"] == 0
    assert seen["hidden"] > 24
    code.evaluate("code => { code.textContent = code.textContent; }")
    assert not is_under(code.evaluate(PLACES))


def test_those_that_a_cell_prints_are_too_and_sentences_go_on_below(shared):
    said = shared.run(CODE)
    assert said.count("~") == 4
    shared.page.set_viewport_size({"width": 375, "height": 812})
    seen = shared.output.evaluate(PLACES)
    shared.page.set_viewport_size({"width": 1280, "height": 800})
    assert is_under(seen)
    assert (seen["hidden"] > 0, seen["page"], seen["last"] > 1) == (True, 0, True)


def outputs(site):
    """What the blocks of all pages print."""
    output = re.compile(r'(?s)<div class="language-text[^>]*><pre><code>(.*?)</code>')
    for path in site.rglob("*.html"):
        for code in output.findall(path.read_text("utf-8")):
            yield unescape(re.sub("<[^>]*>", "", code))


def marked(text):
    """The lines that the build marks, in one piece where they follow each other."""
    block = '<div class="language-text highlight"><pre><code>{}</code></pre>'
    html = block.format(escape(text))
    found = re.findall(r'(?s)<span class="bp-aligned">(.*?)</span>', with_aligned(html))
    return [unescape(lines) for lines in found]


def test_a_cell_finds_the_lines_that_the_build_finds(tab_at, site, site_url):
    rng = random.Random(0)
    words = ["", " ", *["  "] * 4, "a", "bc", "why:", "0.25", "~~~", "^", "[", "[[1"]
    line = lambda: "".join(rng.choices([*words, "\u2212"], k=9))
    made = ["\n".join(line() for _ in range(rng.randint(1, 5))) for _ in range(500)]
    cases = [*outputs(site), *made]
    tab = tab_at(375)
    tab.goto(f"{site_url}/")
    found = tab.evaluate(SHOWN, cases)
    assert len(cases) - len(made) > 100
    assert sum(map(bool, map(marked, made))) > 100
    assert found == [[text, marked(text)] for text in cases]
