"""A page broken in any way fails pytest and the strict build, with page and line."""

import re
import shutil

import pytest
from broken_pages import BROKEN, FIRST, SOUND, UNAPPROVED
from sites import ROOT, approve, one_page_site, run, small_site


def test_sound_page_passes_both(tmp_path):
    site = one_page_site(tmp_path, SOUND)
    tested = run(site, "pytest", "-q", "tests")
    built = run(site, "mkdocs", "build", "--strict")
    assert tested.returncode == 0, tested.stdout
    assert built.returncode == 0, built.stdout
    assert "0.25" in (site / "site" / "index.html").read_text()


def name_of(kind):
    """What the page that is broken in this way is called."""
    return re.sub(r"\W+", "-", kind).lower()


def page_of(kind):
    piece, _, _ = BROKEN[kind]
    return (SOUND + piece).replace('"index"', f'"{name_of(kind)}"') + "\n"


def approve_sound_part(site, name):
    """Have all of a page approved but the piece at its end."""
    page = site / "docs" / f"{name}.md"
    text = page.read_text()
    page.write_text("".join(text.splitlines(keepends=True)[: FIRST - 1]))
    approve(site, [page.name])
    page.write_text(text)


def unnamed(said, start=""):
    """The broken pages that no line names with the line and the message."""
    found = set(BROKEN)
    for kind, (_, line, message) in BROKEN.items():
        place = f"docs/{name_of(kind)}.md:{FIRST + line - 1}: "
        for words in said.splitlines():
            if words.startswith(start) and place in words and message in words:
                found.discard(kind)
    return found


def test_each_broken_page_fails_both(tmp_path):
    """A warning alone fails the strict build, so that each page has to have one."""
    broken = {f"{name_of(kind)}.md": page_of(kind) for kind in BROKEN}
    site = small_site(tmp_path, {"index.md": SOUND} | broken)
    approve_sound_part(site, name_of(UNAPPROVED))
    tested = run(site, "pytest", "-q", "tests")
    assert tested.returncode == 1
    assert unnamed(tested.stdout) == set(), tested.stdout
    built = run(site, "mkdocs", "build", "--strict")
    assert built.returncode == 1
    assert unnamed(built.stdout, "WARNING") == set(), built.stdout
    assert "docs/index.md" not in built.stdout
    assert unnamed("") == set(BROKEN)


def warnings_of(built):
    return re.findall(r"WARNING +- +(.*)", built.stdout)


def test_a_page_with_a_mistake_is_shown_with_it_and_its_links_are_good(tmp_path):
    block = '```python exec="true" session="index"\n1 / 0\nprint("## Printed")\n```\n'
    links = "\n[Printed](#printed), [a section](#a-section)\n"
    site = one_page_site(tmp_path, f"{SOUND}{block}{links}")
    built = run(site, "mkdocs", "build", "--strict")
    shown = (site / "site" / "index.html").read_text()
    assert built.returncode == 1
    (said,) = [said for said in warnings_of(built) if "ZeroDivisionError" in said]
    assert said.startswith(f"docs/index.md:{FIRST + 1}: ")
    assert not [said for said in warnings_of(built) if "a-section" in said]
    before, _, after = shown.partition("bp-problem")
    assert "0.25" in before
    assert 'id="a-section"' in before
    assert "ZeroDivisionError" in after
    assert "Traceback" not in shown


@pytest.mark.parametrize("module", ["backprop_explained/costs.py", "sitebuild/card.py"])
def test_a_module_that_is_not_python_is_one_problem(tmp_path, module):
    site = one_page_site(tmp_path, SOUND + "::: backprop_explained.costs\n")
    folder = module.partition("/")[0]
    (site / folder).unlink()  # a link, to make room for a copy to break
    shutil.copytree(ROOT / folder, site / folder)
    lines = (site / module).read_text().splitlines()
    (site / module).write_text("\n".join([*lines, "def f(:"]))
    built = run(site, "mkdocs", "build", "--strict")
    assert built.returncode == 1
    (said,) = warnings_of(built)
    assert said.startswith(f"{module}:{len(lines) + 1}: SyntaxError")
    assert said.split(" (")[0] in (site / "site" / "index.html").read_text()
