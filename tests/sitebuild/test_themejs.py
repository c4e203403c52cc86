"""The theme's script without what no page needs."""

from pathlib import Path

import material
import pytest

from sitebuild import themejs

BUNDLE = next((Path(material.__file__).parent).rglob("bundle.*.min.js")).read_text()
WHOLE = themejs._FOR_PAGES_WITH.keys() - themejs._BLOCKS
OURS = '<div data-md-component="search"></div><table></table>'


def test_a_quarter_of_the_script_goes_and_its_frame_stays():
    lean = themejs.without_unused(BUNDLE, OURS)
    assert len(lean) < 0.75 * len(BUNDLE)
    assert lean.startswith(BUNDLE[: BUNDLE.index("(()=>{") + 6])
    assert lean.endswith("})();\n")
    for kept in ("window.document$=", "search-result", "md-typeset__scrollwrap"):
        assert kept in lean


@pytest.mark.parametrize("text", sorted(WHOLE | {"hll select"}))
def test_what_is_left_out_stands_in_the_script_of_this_version(text):
    # the theme may rename what it has: then nothing would be left out, in silence
    assert text in BUNDLE
    assert text not in themejs.without_unused(BUNDLE, OURS)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ('<pre class="mermaid">', "themeCSS"),
        ('<div class="a annotate">', "md-annotation-list"),
        ('<div class="tabbed-set" data-tabs="1:2">', ".tabbed-labels"),
        ('<a id="__codelineno-0-1">', "hll select"),
    ],
)
def test_a_page_that_needs_it_keeps_it(page, text):
    assert text in themejs.without_unused(BUNDLE, OURS + page)


def test_every_name_that_is_called_is_declared():
    lean = themejs.without_unused(BUNDLE, OURS)
    start = lean.index("(()=>{") + 6
    for text, _ in themejs.parts(BUNDLE, start):
        if (found := themejs._FUNCTION.match(text)) and text not in lean:
            name = found[1]
            called = {at for at in _words(lean, name) if lean[at - 1] != "."}
            assert not called or f"function {name}(" in lean, name


def _words(script, name):
    at = 0
    for at, token in themejs.tokens(script):
        if token == name:
            yield at


def test_brackets_in_texts_and_patterns_close_nothing():
    script = "(()=>{a('}');b(`${c({d:`}`})}`);%s})();"
    idle = "function e(){return/[}/]/}"
    assert themejs.without_unused(script % idle, "") == script % ""


@pytest.mark.parametrize(
    "script",
    ["(()=>{var a=1,b=2;a/b/1})();", "f();", "", "(()=>{function a(){'themeCSS'"],
)
def test_a_script_of_another_make_stays_as_it_is(script):
    assert themejs.without_unused(script, "") == script
