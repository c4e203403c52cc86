"""The file of sources refuses what was not read where it says."""

import pkgutil
import subprocess

import pytest

from sitebuild.evidence import reading, sources
from sitebuild.evidence.reading import objection, read_again
from sitebuild.evidence.sources import FILE, Source, source_problems, sources_in

TEXT = FILE.read_text("utf-8")


def test_the_file_stands_as_it_was_read():
    assert list(source_problems(TEXT)) == []
    assert len(sources_in(TEXT)) > 100


@pytest.mark.parametrize(
    ("field", "end"),
    [(f, e) for f in ("commit", "issue", "pull", "address") for e in (0, -1)],
)
def test_a_changed_character_is_seen(field, end):
    named = [s for s in sources_in(TEXT).values() if field in s.fields][end]
    old = str(named.fields[field])
    new = f"{old[:-1]}{'1' if old[-1] != '1' else '2'}"
    head, entry, rest = TEXT.partition(f"[{named.name}]\n")
    wrong = head + entry + rest.replace(old, new, 1)
    ((line, said),) = source_problems(wrong)
    assert line == head.count("\n") + 1
    assert said.startswith(f"{named.name}: changed since it was read")


def test_an_address_is_written_once():
    other = "\n[again]\n" + TEXT.split("[mazur]\n")[1].split("\n\n")[0] + "\n"
    problems = str(list(source_problems(TEXT + other)))
    assert "again: its address is that of mazur" in problems


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"quote": "a"}, "unknown fields ['quote']"),
        ({"says": "word " * 26}, "it quotes more than 25 words"),
        ({"read": None}, "it has no read"),
    ],
)
def test_what_an_entry_may_hold(change, said):
    fields = {"title": "a", "group": "b", "for": "c", "read": "d"} | change
    entry = "".join(f'{k} = "{v}"\n' for k, v in fields.items() if v)
    assert said in str(list(source_problems(f"[a]\n{entry}")))


def git(folder, *arguments):
    who = ["-c", "user.name=a", "-c", "user.email=a@b"]
    command = ["git", "-C", str(folder), *who, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def clone(tmp_path):
    folder = tmp_path / "owner" / "name"
    folder.mkdir(parents=True)
    git(folder, "init", "-q")
    (folder / "file.py").write_text("first line\nreturn a * (1 - a)\n")
    git(folder, "add", "file.py")
    git(folder, "commit", "-qm", "one")
    return folder


@pytest.fixture
def entry(clone):
    return {
        "repository": "owner/name",
        "commit": git(clone, "rev-parse", "HEAD").strip(),
        "path": "file.py",
        "lines": "L2-L2",
        "says": "return a * (1 - a)",
    }


def test_a_source_is_read_in_its_clone(clone, entry):
    assert objection(Source("a", entry), clone) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"repository": "owner/nome"}, "is no clone of owner/nome"),
        ({"commit": "f" * 40}, f"has no {'f' * 40}:file.py"),
        ({"commit": "abcdef1"}, "not written out in full"),
        ({"path": "fill.py"}, "fill.py"),
        ({"lines": "L1-L1"}, "these words are not in it"),
        ({"says": "return z * (1 - a)"}, "these words are not in it"),
    ],
)
def test_a_reading_refuses_what_is_not_there(clone, entry, change, said):
    assert said in objection(Source("a", entry | change), clone)


def test_a_page_is_read_from_a_file_with_its_address(tmp_path):
    file = tmp_path / "page.txt"
    file.write_text("https://a.org/b/12\n\nWhat *the* page says.\n")
    right = {"title": "t", "address": "https://a.org/b/12", "says": "the page says"}
    assert objection(Source("a", right), file) is None
    wrong = Source("a", right | {"address": "https://a.org/b/1"})
    assert "does not name its address" in objection(wrong, file)


def test_a_reading_renews_one_entry_alone(tmp_path, monkeypatch, clone, entry):
    file = tmp_path / "sources.toml"
    lines = "".join(f'{key} = "{value}"\n' for key, value in entry.items())
    kept = '[kept]\ntitle = "k"\n\n'
    told = 'title = "t"\ngroup = "g"\nfor = "f"\nread = "2026-11"\n'
    file.write_text(f"{kept}[read]\n{told}{lines}")
    monkeypatch.setattr(reading, "FILE", file)
    assert "no source is named" in read_again("reed", str(clone))
    assert "nothing to read" in read_again("read")
    assert read_again("read", str(clone)) is None
    assert file.read_text().startswith(kept)
    fresh = sources_in(file.read_text())["read"]
    assert fresh.fields["sum"] == fresh.sum
    assert list(sources.source_problems(file.read_text()))[-1][1].startswith("kept")


@pytest.mark.peers("torch", "jax", "scipy")
@pytest.mark.parametrize(
    "name", ["pytorch-gradcheck", "jax-check-grads", "scipy-check-grad"]
)
def test_a_function_that_a_source_describes_exists(name):
    module, _, function = sources.sources()[name].fields["title"].rpartition(".")
    assert callable(pkgutil.resolve_name(f"{module}:{function}"))
