"""No style attribute and no unknown script in the finished pages."""

import re

import pytest

from sitebuild.policy import (
    POLICY,
    as_css,
    inline_scripts,
    lift_styles,
    policy,
    protect,
    source_of,
    with_policy,
)


def test_equal_styles_share_a_class():
    page, rules = lift_styles('<i style="color: red"></i><b style="color: red;"></b>')
    (name,) = rules
    assert page == f'<i class="{name}"></i><b class="{name}"></b>'


def test_different_styles_do_not():
    _, rules = lift_styles('<i style="color: red"></i><b style="color: blue"></b>')
    assert sorted(rules.values()) == ["color: blue", "color: red"]


@pytest.mark.parametrize(
    "tag",
    [
        '<td class="a b" style="width: 1px">',
        '<td style="width: 1px" class="a b">',
        '<td data-x=\'<>\' style="width: 1px" class="a b">',
    ],
)
def test_a_class_that_is_there_stays(tag):
    page, rules = lift_styles(tag)
    (name,) = rules
    assert f'class="a b {name}"' in page
    assert "style" not in page


@pytest.mark.parametrize(
    "html",
    [
        '<mfrac displaystyle="true"></mfrac>',
        '<p>style="color: red"</p>',
        '<code>&lt;i style="color: red"&gt;</code>',
        '<script>if (a<b) c("d")</script>',
    ],
)
def test_what_is_no_style_attribute_stays(html):
    assert lift_styles(html) == (html, {})


def test_quotes_in_a_style_are_read_as_the_browser_does():
    _, rules = lift_styles('<text style="font-family: &quot;A B&quot;, &#x27;C&#x27;">')
    assert list(rules.values()) == ["font-family: \"A B\", 'C'"]


def test_each_declaration_is_as_strong_as_the_attribute_was():
    css = as_css({"bp-1": "fill: none;stroke: var(--bp-ink)"})
    assert css == ".bp-1{fill: none!important;stroke: var(--bp-ink)!important}\n"


def test_only_scripts_that_run_and_stand_in_the_page_are_listed():
    html = (
        '<script>a(1 < 2)</script><script src="b.js"></script>'
        '<script type="application/json">{}</script><script type="module">c()</script>'
    )
    assert inline_scripts(html) == ["a(1 < 2)", "c()"]


def test_a_script_is_named_by_the_hash_that_browsers_compute():
    # the example of the specification, "Content Security Policy Level 3", 8.3
    hashed = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    assert source_of("alert('Hello, world.');") == hashed


def test_the_policy_has_no_exception():
    text = policy(["a()", "b()", "a()"])
    assert "unsafe-inline" not in text
    assert "'unsafe-eval'" not in text
    assert "*" not in text
    assert len(re.findall("sha256-", text)) == 2


def test_a_runtime_from_elsewhere_is_let_in_by_name():
    text = policy([], "https://runtime.example")
    directives = dict(part.split(" ", 1) for part in text.split("; "))
    assert "https://runtime.example" in directives["script-src"].split()
    assert "https://runtime.example" in directives["connect-src"].split()
    assert "https://runtime.example" not in directives["style-src"].split()


def test_all_pages_state_one_policy_that_lets_in_the_scripts_of_each(tmp_path):
    (tmp_path / "sub").mkdir()
    head = '<!doctype html><head><meta charset="utf-8"><script>{}</script></head>'
    pages = [tmp_path / "404.html", tmp_path / "sub" / "index.html"]
    for path, script in zip(pages, ("a()", "b()"), strict=True):
        path.write_text(head.format(script))
    protect(tmp_path, "https://runtime.example")
    first = re.compile(r'utf-8"><meta http-equiv="[^"]*" content="([^"]*)"')
    (text,) = {first.search(path.read_text())[1] for path in pages}
    assert text == policy(["a()", "b()"], "https://runtime.example")
    assert "frame-ancestors" not in text  # a browser warns of it in a page
    header = (tmp_path / POLICY).read_text()
    assert header == f"{text}; frame-ancestors 'none'\n"


def test_a_page_that_cannot_state_it_first_is_an_error():
    with pytest.raises(ValueError, match="charset"):
        with_policy("<head><title>A page</title></head>", "default-src 'none'")
