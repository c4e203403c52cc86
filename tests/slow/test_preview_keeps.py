"""The preview keeps what a save leaves as it was, and nothing else."""

import json

import pytest
from sites import environment, printed_by, small_site

pytestmark = pytest.mark.long

PAGES = {
    "index.md": (
        "# First\n\n## A step\n\nThe formula $z$, [the end](other.md#the-end) "
        "and [one of ours][backprop_explained.sigmoid].\n\n"
        '```python exec="true" source="above" result="text" session="index"\n'
        "print(1 + 1)\n```\n"
    ),
    "other.md": "# Other\n\n## The end\n\nTo [a step](index.md#a-step).\n",
    "activations.md": "# Activations\n\n::: backprop_explained.logistic\n",
}
BUILDS = """
import hashlib, json, logging, sys
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.pages import Page

converted, said = [], []
render = Page.render

def recorded(page, config, files):
    if page.markdown:
        converted.append(page.file.src_uri)
    return render(page, config, files)

class Listener(logging.Handler):
    def emit(self, record):
        ours = "make approve" in record.getMessage()
        if record.levelno >= logging.WARNING or ours:
            said.append(record.getMessage())

Page.render = recorded
logging.getLogger("mkdocs").addHandler(Listener())
logging.getLogger("mkdocs").setLevel(logging.INFO)
builds = []
for step, changes in enumerate(json.loads(sys.argv[1])):
    for name, text in changes.items():
        Path(name).write_text(text)
    site = Path(f"site{step}").absolute()
    config = load_config("mkdocs.yml", site_dir=str(site))
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)
    files = {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.name != "sitemap.xml.gz"
    }
    builds.append([files, converted[:], said[:]])
    converted.clear()
    said.clear()
print(json.dumps(builds))
"""


@pytest.fixture
def builds(tmp_path):
    """Build the pages and then, in the same process, after each of some changes."""
    made = []

    def built(*changes, pages=PAGES):
        made.append(1)
        folder = tmp_path / str(len(made))
        folder.mkdir()
        context = {"cwd": small_site(folder, pages), "env": environment(folder)}
        said = printed_by(BUILDS, json.dumps([{}, *changes]), **context)
        return json.loads(said.splitlines()[-1])

    return built


def test_a_page_that_was_not_saved_is_not_converted_and_looks_the_same(builds):
    saved = PAGES["other.md"] + "\nOne more sentence.\n"
    first, same, after = builds({}, {"docs/other.md": saved})
    converted = [set(names) for _, names, _ in (first, same, after)]
    assert converted == [set(PAGES), set(), {"other.md"}]
    assert not first[2] + same[2] + after[2]
    assert same[0] == first[0]
    (fresh,) = builds(pages=PAGES | {"other.md": saved})
    assert after[0] == fresh[0]
    assert after[0] != first[0]


def test_what_was_wrong_is_said_as_long_as_it_is_wrong(builds):
    without_step = PAGES["index.md"].replace("## A step", "## A stride")
    wrong = PAGES["other.md"] + "\n[Nothing](missing.md) is here.\n"
    _, broken, still, fixed = builds(
        {"docs/index.md": without_step, "docs/other.md": wrong},
        {},
        {"docs/index.md": PAGES["index.md"], "docs/other.md": PAGES["other.md"]},
    )
    assert any("a-step" in said for said in broken[2])
    assert any("missing.md" in said for said in broken[2])
    assert still[2] == broken[2]
    assert not fixed[2]


def test_what_nobody_has_approved_is_one_line_of_the_log(builds):
    changed = {
        f"docs/{name}": PAGES[name].replace("print(1 + 1)", "print(1 + 2)")
        + '\n```python exec="true" source="above" result="text"\nprint(4)\n```\n'
        for name in ("index.md", "other.md")
    }
    first, after, still = builds(changed, {})
    assert first[2] == []
    line = "make approve, for what these print: docs/index.md, docs/other.md"
    assert after[2] == still[2] == [line]


def test_an_anchor_that_went_from_a_saved_page_is_missed_on_a_kept_one(builds):
    without_step = PAGES["index.md"].replace("## A step", "## A stride")
    _, broken, still = builds({"docs/index.md": without_step}, {})
    assert broken[1] == ["index.md"]
    assert any("a-step" in said for said in broken[2])
    assert set(broken[2]) <= set(still[2])


def test_every_page_is_converted_after_a_change_of_the_settings(builds, tmp_path):
    (tmp_path / "same").mkdir()
    settings = (small_site(tmp_path / "same", PAGES) / "mkdocs.yml").read_text()
    changed = settings.replace("show_source: true", "show_source: false")
    before, after = builds({"mkdocs.yml": changed})
    assert set(after[1]) == set(PAGES)
    differing = {name for name in before[0] if before[0][name] != after[0][name]}
    assert "activations/index.html" in differing
