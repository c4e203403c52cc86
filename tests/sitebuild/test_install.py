"""How to install is said once: the page and the README have it from one setting."""

import re
import tomllib

import pytest

from sitebuild.install import ROOT, commands, repository, sentence

SETTINGS = 'extra:\n  repository: !ENV [REPOSITORY, "{}"]\n'
ADDRESS = "https://example.org/backprop.git"
POINTING = [
    "how-to/check-my-derivative.md",
    "how-to/check-my-gradients.md",
    "how-to/check-numbers.md",
    "how-to/test-it-in-my-project.md",
    "how-to/which-line-is-wrong.md",
]


@pytest.fixture(autouse=True)
def _plain(monkeypatch):
    monkeypatch.delenv("REPOSITORY", raising=False)


def test_the_readme_says_what_the_setting_says():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert sentence(repository()) in readme
    assert readme.count("pip install git+") == sentence(repository()).count("git+")


def test_the_address_comes_from_the_setting_or_the_environment(monkeypatch):
    assert repository(SETTINGS.format("")) == ""
    assert repository(SETTINGS.format(ADDRESS)) == ADDRESS
    monkeypatch.setenv("REPOSITORY", "https://other.example/x.git")
    assert repository(SETTINGS.format(ADDRESS)) == "https://other.example/x.git"


@pytest.mark.parametrize("bad", ["git@example.org:x", "http://a b", "javascript:1"])
def test_another_address_is_refused(bad):
    with pytest.raises(ValueError, match=r"extra: repository is .*https://, or leave"):
        repository(SETTINGS.format(bad))


def test_a_setting_that_is_gone_is_missed():
    with pytest.raises(ValueError, match="has no extra: repository"):
        repository("extra: {}\n")


def test_with_an_address_it_is_installed_from_there_or_from_a_clone():
    text = commands(ADDRESS)
    assert f"pip install git+{ADDRESS}\n" in text
    assert f"git clone {ADDRESS} backprop\npip install ./backprop\n" in text
    assert "clone of the project" not in text
    assert f"`pip install git+{ADDRESS}`." in sentence(ADDRESS)


def test_no_other_page_says_how_and_those_that_need_it_point_there():
    pages = {page: page.read_text("utf-8") for page in (ROOT / "docs").rglob("*.md")}
    says = re.compile(r"(?m)`pip install|^pip install")
    assert [page for page, text in pages.items() if says.search(text)] == []
    for name in POINTING:
        assert "](install.md)" in pages[ROOT / "docs" / name], name


def test_the_python_that_is_needed_is_that_of_the_package():
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    version = needed["requires-python"].removeprefix(">=")
    page = (ROOT / "docs" / "how-to" / "install.md").read_text("utf-8")
    assert f"It needs Python {version} or newer" in page


def test_no_widget_asks_a_third_party():
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert not re.search(r"^\s*(repo_url|repo_name|edit_uri):", settings, re.M)
