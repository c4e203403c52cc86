"""What the project says of itself: its texts, version, citation and workflow."""

import doctest
import re
import subprocess
import tomllib
from importlib import metadata

import pytest
import yaml
from sites import ROOT, bare

from sitebuild.checks.structure import without

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
TEXTS = ["README.md", "CONTRIBUTING.md"]


def blocks(text, language):
    fence = re.compile(rf"^```{language}\n(.*?)^```$", re.M | re.S)
    return fence.findall((ROOT / text).read_text())


def code(text):
    """What a text shows as code, in blocks and in spans."""
    source = (ROOT / text).read_text()
    return [*blocks(text, "bash"), *re.findall(r"`([^`\n]+)`", source)]


def test_the_examples_of_the_readme_give_what_it_says():
    sources, namespace = blocks("README.md", "pycon"), {}
    assert sources
    runner = doctest.DocTestRunner()
    for source in sources:
        example = doctest.DocTestParser().get_doctest(
            source, namespace, "README.md", "README.md", 0
        )
        assert example.examples
        runner.run(example, clear_globs=False)
        namespace = example.globs
    assert runner.summarize(verbose=False).failed == 0


@pytest.mark.parametrize("text", TEXTS)
def test_each_make_command_exists(text):
    makefile = (ROOT / "Makefile").read_text().replace("\\\n", " ")
    (line,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    named = {name for c in code(text) for name in re.findall(r"^make (\w+)", c, re.M)}
    assert {"serve", "test"} <= named
    assert named <= set(line.split())


@pytest.mark.parametrize("text", TEXTS)
def test_each_path_exists(text):
    source = (ROOT / text).read_text()
    links = re.findall(r"\]\((?!https?:)([^)#]+)", without(source, "fence"))
    spans = re.findall(r"`([\w./-]+(?:/|\.(?:md|mjs|py|toml|txt|yml)))`", source)
    assert links
    missing = [path for path in links + spans if not (ROOT / path).exists()]
    assert missing == []


def test_the_code_of_the_recipes_has_the_format_of_the_project(tmp_path):
    sources = blocks("CONTRIBUTING.md", "python")
    assert len(sources) >= 4
    for number, source in enumerate(sources):
        (tmp_path / f"block_{number}.py").write_text(source)
    config = ROOT / "pyproject.toml"
    done = bare("ruff", "format", "--diff", "--config", config, tmp_path)
    assert done.returncode == 0, done.stdout


def test_the_version_is_everywhere_the_same():
    version = PROJECT["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    changes = (ROOT / "CHANGELOG.md").read_text()
    (latest, *_) = re.findall(r"^## \[([^\]]+)\]", changes, re.M)
    assert citation["version"] == version
    assert latest == version
    assert metadata.version("backprop-explained") == version


def test_the_citation_has_what_its_format_asks_for():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= citation.keys()
    assert citation["license"] == PROJECT["license"]


def test_the_workflow_may_do_no_more_than_it_needs():
    workflow = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text())
    jobs = workflow["jobs"]
    rights = {name: job.get("permissions", {}) for name, job in jobs.items()}
    writing = {name for name, given in rights.items() if "write" in given.values()}
    assert workflow["permissions"] == {"contents": "read"}
    assert writing == {"publish"}
    assert {"3.11", "3.14"} <= set(jobs["test"]["strategy"]["matrix"]["python"])


# A home path, or the host of a package registry, belongs to one machine.
FOREIGN = re.compile(
    r"(?<![\w.:~/-])/(?:work|tmp|root|home/\w+|Users/\w+)/"
    r"|\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs\.org|deb\.debian\.org)"
)


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is no git checkout")
def test_no_file_names_a_machine_or_a_registry():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    found = [
        f"{path}: {match[0]}"
        for path in paths
        if path.is_file()
        for match in FOREIGN.finditer(path.read_text(errors="replace"))
    ]
    assert len(paths) > 20
    assert found == []
    assert "uv.lock" not in {path.name for path in paths}


@pytest.mark.parametrize(
    "parts",
    [
        ("", "work", "main"),
        ("", "tmp", "x"),
        ("at (", "root", "x"),
        ("", "home", "someone", "x"),
        ("https:", "", "py" + "pi.org", "simple"),
    ],
)
def test_a_machine_or_registry_is_found(parts):
    assert FOREIGN.search("/".join(parts))


def test_an_address_is_no_machine_path():
    assert not FOREIGN.search("https://example.com/work/tmp/ and docs/work/x")


def test_no_two_files_of_tests_have_one_name():
    """Pytest would import the second as the first."""
    files = [p for p in ROOT.glob("tests/**/test_*.py") if "audits" not in p.parts]
    names = [path.name for path in files]
    assert len(names) > 50
    assert sorted(set(names)) == sorted(names)
