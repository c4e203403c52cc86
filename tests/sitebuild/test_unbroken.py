"""What a finished page does to its numbers, and what it leaves alone."""

import pytest

from sitebuild.unbroken import with_numbers

GAP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("93.8 % of", f"93.8{GAP}% of"),
        ("from -7.57 to (-1)", "from −7.57 to (−1)"),
        ("<td>660 of 660</td>", f"<td>660{GAP}of{GAP}660</td>"),
        ("at z = 6, a = x", f"at z{GAP}={GAP}6, a = x"),
        ("is 2e-16.", 'is <span class="bp-unbroken">2e-16</span>.'),
    ],
)
def test_a_number_is_whole(written, printed):
    assert with_numbers(f"<p>{written}</p>") == f"<p>{printed}</p>"


@pytest.mark.parametrize(
    "written",
    [
        "<pre><code>x = -2 # 5 %</code></pre>",
        "<math><mn>-2</mn></math>",
        '<output data-part="slope">z = -2</output>',
        '<a title="5 % of -2">a</a>',
        "2026-11-28, 784-30-10, x-1, a-2",
        '<meta content="5 %"><title>-2</title><article>so</article>',
    ],
)
def test_all_else_is_as_it_was(written):
    assert with_numbers(written) == written
