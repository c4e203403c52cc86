import re
from pathlib import Path

import pytest
from converting import convert
from good_tex import GOOD

from sitebuild.colours import as_css
from sitebuild.maths.delimiters import tex_problems
from sitebuild.maths.mathml import TexError, to_mathml

STYLES = Path(__file__).parents[3] / "docs" / "stylesheets" / "maths.css"

BAD = [
    (r"a + \foo", 4, "foo"),
    (r"\frac{a}", 8, "argument"),
    (r"\frac{a", 7, "}"),
    ("a}", 1, "}"),
    ("{a", 2, "}"),
    ("x^2^3", 3, "superscript"),
    (r"\left( x", 8, r"\right"),
    (r"\begin{aligned} a", 17, "end"),
    ("a & b", 2, "&"),
    (" ", 0, "empty"),
    ("a % b", 2, r"\%"),
    (r"a \\ b", 0, "aligned"),
    (r"\color{red} a", 0, r"\textcolor"),
    (r"z \textcolor{green}{a}", 2, "blue}z, {orange}a"),
    (r"\boxed{a}", 0, "browser"),
    (r"\mathfrak{g}", 0, "maths/font"),
]


@pytest.mark.parametrize("display", [False, True])
@pytest.mark.parametrize("tex", GOOD)
def test_good_tex_becomes_mathml_that_keeps_its_source(tex, display):
    mathml = to_mathml(tex, display)
    assert mathml.startswith('<math display="block">' if display else "<math>")
    assert 'encoding="application/x-tex"' in mathml


@pytest.mark.parametrize(("tex", "position", "problem"), BAD)
def test_bad_tex_is_an_error_that_says_where_and_why(tex, position, problem):
    with pytest.raises(TexError, match=re.escape(problem)) as raised:
        to_mathml(tex, display=True)
    assert raised.value.position == position
    assert repr(tex) in str(raised.value)
    assert f"character {position + 1}:" in str(raised.value)


def test_position_counts_the_space_before_the_formula():
    with pytest.raises(TexError) as raised:
        to_mathml("\n  x \\foo\n", display=True)
    assert raised.value.position == 5


def test_colours_are_those_that_have_a_meaning():
    used = re.findall(r'class="(bp-\w+)"', to_mathml(GOOD[7], display=False))
    assert used == ["bp-wrong", "bp-z", "bp-a"]
    for name in used:
        assert f".{name}{{color:" in as_css()


@pytest.mark.parametrize(
    "text",
    [
        "The slope $\\sigma'(z)$.",
        "The slope \\(\\sigma'(z)\\).",
        "- the slope $\\sigma'(z)$",
        "1. first\n\n    then $\\sigma'(z)$",
        "> the slope $\\sigma'(z)$",
        "**The slope $\\sigma'(z)$**",
        "!!! note\n    The slope $\\sigma'(z)$.",
        "| of z |\n|---|\n| $\\sigma'(z)$ |",
        '<div markdown="1">The slope $\\sigma\'(z)$</div>',
        "Slope $\\sigma'(z)$.\n\nReturns\n: the slope",
    ],
)
def test_inline_formulas_wherever_markdown_goes(text, warned):
    page = convert(text)
    assert page.count("<math>") == 1
    assert "<mo>′</mo>" in page
    assert not warned()
    assert tex_problems(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "$$a = \\sigma(z)$$",
        "$$\na = \\sigma(z)\n$$",
        "\\[\na = \\sigma(z)\n\\]",
        "Text before\n$$\na = \\sigma(z)\n$$\nand after.",
        "- item\n\n    $$a = \\sigma(z)$$",
        "!!! note\n\n    $$\n    a = \\sigma(z)\n    $$",
    ],
)
def test_display_formulas_have_a_block_of_their_own(text, warned):
    page = convert(text)
    assert page.count('<div class="bp-display"><math display="block">') == 1
    assert "$" not in page
    assert not warned()
    assert tex_problems(text) == []


def test_text_around_a_display_formula_stays():
    page = convert("Before\n$$a$$\nafter.")
    shown = re.sub(r"<div.*</div>", "F", page).split()
    assert shown == ["<p>Before</p>", "F", "<p>after.</p>"]


@pytest.mark.parametrize(
    "tex", ["a<b", "a < b > c", "p<q", "a<b>c</b>", "x_1 * y_2 * z", "a & b", "[a](b)"]
)
def test_markdown_and_html_do_not_reach_into_tex(tex):
    tex = tex.replace("a & b", r"\begin{matrix} a & b \end{matrix}")
    assert to_mathml(tex, display=False) in convert(f"So ${tex}$ it is.")


@pytest.mark.parametrize(
    "text",
    [
        "the code `$x$` stays",
        "the code ``a ` $\\foo$`` stays",
        "```text\n$\\foo$\n```",
        "- item\n\n    ```text\n    $$\n    ```",
        "<!-- $\\foo$ -->",
        "<pre>$\\foo$</pre>",
        "costs $5 and $6",
        "costs $5-$6, not $5,000.00 or $7M.",
        r"a \$ sign, \$x and y\$",
    ],
)
def test_code_comments_and_money_are_no_formulas(text, warned):
    page = convert(text)
    assert "<math" not in page
    assert "$" in page
    assert not warned()
    assert tex_problems(text) == []


@pytest.mark.parametrize(
    ("text", "unbroken"),
    [
        ("with $x$, and", ","),
        ("($x$) is", ")"),
        ("the $x$-axis", "-"),
        ("$x =$\xa0…… $y$", "\xa0……"),
        ("$3$\xa0steps", "\xa0steps"),
    ],
)
def test_no_line_ends_between_a_formula_and_what_belongs_to_it(text, unbroken):
    (span,) = re.findall(r'<span class="bp-unbroken">(.*?)</span>', convert(text))
    assert span.endswith(f"</math>{unbroken}")
