"""Formulas that would not be shown as meant are reported, with their line."""

import textwrap

import pytest
from converting import convert
from sites import ROOT, bare

from sitebuild.maths.delimiters import tex_problems


@pytest.mark.parametrize(
    "text",
    [
        "a formula $x + y without an end",
        "a formula $ x $ with spaces",
        "it costs x$ and more",
        "display $$x$$ within a line",
        "$$\nx\n\ny\n$$",
        "| a |\n|---|\n| $|x|$ |",
        "a formula \\(x without an end",
        "\\[\nx",
        "# The slope $\\sigma'(z)$",
        "### The slope \\(z\\) #",
        "The slope $z$\n=============",
        "## Bad $\\foo$",
        "Bad $\\foo$.",
        "$$\\frac{a}$$",
        "- in $\\foo$ a list",
        "| a |\n|---|\n| $\\foo$ |",
    ],
)
def test_what_is_not_shown_as_meant_is_reported_by_page_check_and_build(text, warned):
    assert tex_problems(text)
    convert(text)
    assert warned()


def test_bad_tex_is_shown_raw_and_logged_with_its_source(warned):
    assert '<code class="bp-bad-tex">\\foo &lt; 1</code>' in convert("$\\foo < 1$")
    (message,) = warned()
    assert r"'\\foo < 1'" in message
    assert "Unknown command" in message


def test_tex_in_raw_html_is_reported(warned):
    convert("<div>\nThe slope $\\sigma'(z)$, <code>$x$</code>\n</div>")
    assert warned() == ["TeX stays raw inside of HTML: $\\sigma'(z)$,"]


WITH_MISTAKES = """\
# Title

Good $x$, code `$\\foo$`.

```python
cost = "$\\foo$"
```
Bad $\\one$ and $x$ and $\\two$.

$$
\\begin{aligned}
a &= b \\\\
c &= \\three
\\end{aligned}
$$

<!-- $\\foo$
-->
- item

    $$\\four$$

## Heading $z$

A lone $x
"""


def test_problems_name_the_line_of_the_mistake():
    lines = [line for line, _ in tex_problems(WITH_MISTAKES)]
    assert lines == [8, 8, 13, 21, 23, 25]


def test_docstring_text_skips_its_examples():
    docstring = r"""
        Slope $\sigma'(z)$, at most $\tfrac14$.

        Parameters
        ----------
        z : ndarray of shape (n, d)
            Where, $z \in \mathbb{R$.

        Examples
        --------
        >>> "$\foo"
        '$\foo'
        """
    ((line, message),) = tex_problems(textwrap.dedent(docstring))
    assert line == 7
    assert "mathbb" in message


@pytest.mark.parametrize(("tex", "code"), [("x", 0), (r"\foo", 1)])
def test_bad_tex_fails_the_strict_build(tmp_path, tex, code):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(f"# Home\n\nSo ${tex}$.\n")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: s\nplugins: []\nmarkdown_extensions: [sitebuild.maths.extension]\n"
    )
    run = bare("mkdocs", "build", "--strict", cwd=tmp_path, PYTHONPATH=str(ROOT))
    assert run.returncode == code, run.stdout
    assert ("Unknown command" in run.stdout) == bool(code)
