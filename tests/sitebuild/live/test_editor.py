"""The editor of the cells: bundled from pinned packages, or left out and said so."""

import json
import re

import pytest

from sitebuild.live import editor


@pytest.fixture
def folder(tmp_path):
    """A folder as after make editor, with a bundle that is none."""
    (tmp_path / "built").mkdir()
    for name in editor.INPUTS:
        (tmp_path / name).write_bytes((editor.FOLDER / name).read_bytes())
    (tmp_path / "built" / "codemirror.mjs").write_text("export const mount = 1;")
    (tmp_path / "built" / "LICENSE.txt").write_text("MIT")
    (tmp_path / "built" / "digest.txt").write_text(editor.digest(tmp_path))
    return tmp_path


def test_a_bundle_is_served_with_its_licences(folder):
    assert editor.files(folder) == {
        editor.ADDRESS: b"export const mount = 1;",
        editor.NOTICE: b"MIT",
    }


@pytest.mark.parametrize("name", editor.INPUTS)
def test_a_bundle_of_other_packages_is_not_served(folder, name):
    with (folder / name).open("a") as file:
        file.write("\n")
    assert not editor.is_built(folder)
    assert editor.files(folder) == {editor.ADDRESS: b"export const mount = null;\n"}


def test_where_npm_cannot_be_reached_it_is_said_in_a_line(
    tmp_path, monkeypatch, capsys
):
    def fail(_):
        raise OSError("npm could not bring the packages")

    monkeypatch.setattr(editor, "build", fail)
    assert editor.main(tmp_path) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert "plain text area" in line
    assert "npm could not" in line


def test_all_packages_are_pinned_and_the_lock_names_no_host():
    package = json.loads((editor.FOLDER / "package.json").read_text())
    lock = (editor.FOLDER / "package-lock.json").read_text()
    versions = {**package["dependencies"], **package["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", v) for v in versions.values())
    assert "://" not in re.sub(r'"url": "[^"]*"', "", lock)  # of who asks for donations
    others = json.loads(lock)["packages"]
    assert all(entry.get("integrity") for name, entry in others.items() if name)


def test_what_is_in_the_bundle_may_be_passed_on():
    packages = json.loads((editor.FOLDER / "package-lock.json").read_text())["packages"]
    assert {entry["license"] for name, entry in packages.items() if name} == {"MIT"}
