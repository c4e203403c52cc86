"""What is read of a page for the search is what the theme itself reads."""

import pytest
from material.plugins.search.plugin import Parser

from sitebuild.indexing import _sections


@pytest.mark.parametrize(
    "html",
    [
        '<h1 id="a">A</h1><p>one <span class="x">word</span> more</p>',
        '<h1 id="a">A</h1><pre><span></span><code><span class="n">a</span> '
        '<span class="o">=</span>\n  <span class="mi">1</span>\n</code></pre><p>b</p>',
        '<h1 id="a">A</h1><pre class="v">a\n\n<span>  b</span></pre>c<pre> d </pre>',
    ],
)
def test_a_page_is_read_as_the_theme_reads_it(html: str) -> None:
    parser = Parser()
    parser.feed(html)
    parser.close()
    theirs, ours = parser.data, _sections(html)
    assert [(s.id, s.title, "".join(s.text)) for s in ours] == [
        (s.id, s.title, "".join(s.text)) for s in theirs
    ]
    assert any("".join(s.text).strip() for s in ours)
