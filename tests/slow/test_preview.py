"""The live preview shows an author's mistakes, and recovers with the next save."""

import shutil

import pytest
from previews import previewed
from sites import ROOT, environment, one_page_site

BLOCK = '```python exec="true" session="index"\n{}\n```\n\n'
DEFINES = BLOCK.replace("exec", 'source="above" exec').format("number = 41")
SHOWS = BLOCK.format('print("- It is", number + 1)')
USES = BLOCK.format(
    "from backprop_explained import sigmoid\nprint('-', sigmoid.__doc__[:20])"
)


@pytest.fixture
def preview(tmp_path):
    """A one-page site under `mkdocs serve`: its folder, and a way to wait for words."""
    site = one_page_site(tmp_path, DEFINES + SHOWS)
    for folder in ("backprop_explained", "sitebuild"):
        (site / folder).unlink()  # a link, to make room for a real copy
        shutil.copytree(ROOT / folder, site / folder)
    with previewed(site, tmp_path / "serve.log", environment(site)) as (shown, _):
        yield site, shown


def test_preview_survives_mistakes_and_keeps_nothing(preview):
    site, shown = preview
    page = site / "docs" / "index.md"
    # a policy would forbid the script by which the preview reloads
    assert "Content-Security-Policy" not in shown("It is 42")

    # the name is defined no more: a session that outlived the build would still have it
    page.write_text(SHOWS)
    assert shown("docs/index.md:2: the block raised NameError")

    page.write_text(BLOCK.format("raise SystemExit(0)"))
    assert shown("docs/index.md:2: the block raised SystemExit")

    page.write_text(DEFINES.replace("41", "42") + SHOWS)
    assert shown("It is 43")


def test_preview_follows_the_package(preview):
    site, shown = preview
    page = site / "docs" / "index.md"
    module = site / "backprop_explained" / "logistic.py"
    source = module.read_text()
    page.write_text(USES)
    assert shown("The logistic sigmoid")

    module.write_text(source.replace("The logistic sigmoid", "The changed sigmoid"))
    assert shown("The changed sigmoid")

    module.write_text("def sigmoid(z:\n")
    assert shown("SyntaxError")

    module.write_text(source)
    assert shown("The logistic sigmoid")


CHANGES = {  # of modules of the site: what is written, and what is in its place
    "checks/prose.py": ("nothing checks the number", "nobody vouches for"),
    "checks/boxes.py": ('class="bp-problem"', 'class="bp-problem new-box"'),
    "figures/svg.py": ('class="bp-figure"', 'class="bp-figure new-figure"'),
    "maths/extension.py": ('"bp-display"', '"bp-display new-display"'),
    "finish.py": ('aria-label="Search"', 'aria-label="New search"'),
}


@pytest.mark.long
def test_preview_follows_the_modules_of_the_site(preview):
    site, shown = preview
    drawn = (
        "from sitebuild.figures.svg import as_svg, drawn\n"
        "with drawn(1) as (drawing, _):\n"
        '    print(as_svg(drawing, "a", "b", "c"))'
    )
    block = BLOCK.replace("exec", 'html="true" exec').format(drawn)
    (site / "docs" / "index.md").write_text(f"It is 0.24.\n\n$$x$$\n\n{block}")
    for module, (old, new) in CHANGES.items():
        assert shown(old)
        source = (site / "sitebuild" / module).read_text()
        assert old in source
        (site / "sitebuild" / module).write_text(source.replace(old, new))
        assert shown(new)
