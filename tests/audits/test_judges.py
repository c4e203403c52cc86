"""The audits find what they are there to find: pages that are wrong in one way each."""

import pytest
from hosting import hosted
from visits import violations, visit

from sitebuild.policy import with_policy

GOOD = """<!doctype html><html lang="en"><head><title>A page</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
{head}</head><body><main><article><h1>A page</h1>{body}</article></main></body></html>
"""
SVG = (
    '<figure><svg role="img" aria-label="A figure" viewBox="0 0 200 50" width="200">'
    "{}</svg></figure>"
)

WRONG = {
    "bytes": (f"<p>{''.join(map(chr, range(0x4E00, 0x9F00))) * 4}</p>", "bytes, more"),
    "shift": (
        '<div id="late"></div><p>text</p><script>setTimeout(() => late.style.height = '
        '"300px", 100)</script>',
        "layout shift 0.",
    ),
    "console": ("<script>console.error('no')</script>", "console: no"),
    "missing file": ('<img src="none.png" alt="none">', "404"),
    "axe": ('<img src="data:,">', "axe image-alt"),
    "header without text": (
        "<table><tr><th>a</th><th> </th></tr><tr><td>1</td><td>2</td></tr></table>",
        "axe empty-table-header",
    ),
    "axe contrast": ('<p style="color: #aaa">pale</p>', "axe color-contrast"),
    "pale text in a figure": (
        SVG.format('<text x="9" y="20" fill="#999">pale</text>'),
        "contrast 2.85 of <text> pale",
    ),
    "text on its own ground": (
        SVG.format(
            '<rect width="99" height="40" fill="#333"/>'
            '<text x="9" y="20" fill="#222">dark</text>'
        ),
        "of <text> dark",
    ),
    "pale text far down": (
        '<div style="height: 3000px"></div>'
        + SVG.format(
            '<rect width="99" height="40" fill="#111"/>'
            '<text x="9" y="20" fill="#999">good</text>'
            '<text x="150" y="20" fill="#999">pale</text>'
        ),
        "contrast 2.85 of <text> pale",
    ),
    "pale line in a figure": (
        SVG.format('<path d="M0 0L99 40" stroke="#bbb" fill="none"/>'),
        "of a line",
    ),
    "too wide": ('<div style="width: 3000px">wide</div>', "px too wide"),
    "second h1": ("<h1>Another</h1>", "2 headings of the first level"),
    "level left out": ("<h3>Too deep</h3>", "a level is left out"),
}


@pytest.mark.parametrize(("body", "complaint"), WRONG.values(), ids=WRONG)
def test_it_is_found(body, complaint, tmp_path, page_at):
    complaints = look_at(GOOD.format(head="", body=body), tmp_path, page_at)
    assert any(complaint in found for found in complaints), complaints


def test_a_good_page_has_no_complaint(tmp_path, page_at):
    body = (
        "<h2>Part</h2><p>Text.</p><table><tr><th>n</th><th><math><mi>z</mi></math></th>"
        "</tr><tr><td>1</td><td>2</td></tr></table>"
        + SVG.format(
            '<text x="9" y="20" fill="#222">dark</text>'
            '<path d="M0 0L99 40" stroke="#555" fill="none"/>'
        )
        + '<div style="height: 3000px"></div>'
        + SVG.format(
            '<rect width="99" height="40" fill="#111"/>'
            '<text x="9" y="20" fill="#fff">white on black</text>'
        )
    )
    assert look_at(GOOD.format(head="", body=body), tmp_path, page_at) == []


def test_what_moves_is_looked_at_when_it_rests(tmp_path, page_at):
    fade = "<style>@keyframes fade {from {color: #fff}} p {animation: fade 6s}</style>"
    body = "<p>appears slowly</p>"
    assert look_at(GOOD.format(head=fade, body=body), tmp_path, page_at) == []


def test_another_host_is_found(tmp_path, page_at):
    tab, elsewhere = page_at(), "http://elsewhere.example"
    tab.context.route(f"{elsewhere}/*", lambda route: route.fulfill(body=""))
    page = GOOD.format(head="", body=f'<script src="{elsewhere}/a"></script>')
    (tmp_path / "index.html").write_text(page)
    with hosted(tmp_path) as address:
        seen = visit(tab, f"{address}/")
    page_at.problems.clear()
    assert seen.hosts == ("elsewhere.example",)
    assert "asks elsewhere.example" in seen.complaints()


def test_many_requests_are_found(tmp_path, page_at):
    images = "".join(f'<img src="{i}.svg" alt="{i}">' for i in range(20))
    for i in range(20):
        (tmp_path / f"{i}.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    complaints = look_at(GOOD.format(head="", body=images), tmp_path, page_at)
    assert "21 requests, more than 20" in complaints


FORBIDDEN = {"script": "<script>0</script>", "style": '<p style="color: red">red</p>'}


@pytest.mark.parametrize("body", FORBIDDEN.values(), ids=FORBIDDEN)
def test_what_the_policy_forbids_is_found(body, tmp_path, page_at):
    page = GOOD.format(head="", body=body)
    page = page.replace("<head>", '<head><meta charset="utf-8">')
    page = with_policy(page, "default-src 'none'; img-src data:")
    complaints = look_at(page, tmp_path, page_at)
    assert any("inline" in found for found in complaints), complaints


def look_at(page, folder, page_at):
    (folder / "index.html").write_text(page)
    with hosted(folder) as address:
        tab = page_at()
        complaints = [*visit(tab, f"{address}/").complaints(), *violations(tab)]
    page_at.problems.clear()
    return complaints
