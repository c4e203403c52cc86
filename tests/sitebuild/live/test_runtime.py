"""The folder for Python in the browser: its checksums name every byte in it."""

import gzip
import hashlib
import json
import re
import zipfile

import pytest

from sitebuild.live import cells as live
from sitebuild.live import runtime
from sitebuild.live.runtime import ChecksumError, Piece, assemble, problem

CONTENTS = {"core.mjs": b"export let core;", "core.wasm": b"\0asm\1\0\0\0"}
PIECES = [
    Piece(name, len(data), hashlib.sha256(data).hexdigest())
    for name, data in CONTENTS.items()
]


def test_assembled_folder_has_the_files_and_the_lock(tmp_path):
    folder = tmp_path / "made"
    assemble(folder, CONTENTS.__getitem__, PIECES)
    assert problem(folder, PIECES) is None
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert files == CONTENTS


@pytest.mark.parametrize("draws", [False, True])
def test_what_is_served_has_a_lock_that_names_each_package(tmp_path, draws):
    pieces = runtime.ALL if draws else runtime.PIECES
    for piece in pieces:
        (tmp_path / piece.name).write_bytes(piece.name.encode())
    served = runtime.files(tmp_path)
    packages = json.loads(served.pop(runtime.LOCK))["packages"]
    assert served == {piece.name: piece.name.encode() for piece in pieces}
    needed = {name for package in packages.values() for name in package["depends"]}
    assert needed <= set(packages)
    assert ("matplotlib" in packages) == draws == runtime.draws(tmp_path)
    wheels = {package["file_name"]: package["sha256"] for package in packages.values()}
    sums = {piece.name: piece.sha256 for piece in pieces if ".whl" in piece.name}
    assert wheels == sums


def test_another_runtime_has_another_address(monkeypatch):
    before = live.served_at("runtime/")
    assert re.fullmatch(r"runtime/[0-9a-f]{12}/", before)
    assert live.served_at(runtime.DISTRIBUTION) == runtime.DISTRIBUTION
    other = runtime.PIECES[0]._replace(sha256="0" * 64)
    monkeypatch.setattr(runtime, "PIECES", (other, *runtime.PIECES[1:]))
    assert live.served_at("runtime/") != before


@pytest.mark.parametrize("name", CONTENTS)
def test_a_wrong_byte_is_refused_and_nothing_is_written(tmp_path, name):
    contents = CONTENTS | {name: CONTENTS[name][:-1] + b"?"}
    with pytest.raises(ChecksumError, match=name):
        assemble(tmp_path / "made", contents.__getitem__, PIECES)
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("name", CONTENTS)
def test_a_folder_that_was_changed_or_is_not_complete_is_found(tmp_path, name):
    assemble(tmp_path, CONTENTS.__getitem__, PIECES)
    (tmp_path / name).write_bytes(b"other")
    assert name in problem(tmp_path, PIECES)
    (tmp_path / name).unlink()
    assert problem(tmp_path, PIECES) == f"{name} is missing"


def test_a_source_with_wrong_files_is_passed_over(tmp_path, monkeypatch, capsys):
    good = _wheel(tmp_path / "good", CONTENTS)
    bad = _wheel(tmp_path / "bad", CONTENTS | {"core.wasm": b"other"})
    sources = {"first": bad, "second": good}
    monkeypatch.setattr(runtime, "SOURCES", sources)
    monkeypatch.setattr(runtime, "ALL", PIECES)
    assert runtime.main(tmp_path / "made") == 0
    assert problem(tmp_path / "made", PIECES) is None
    assert "core.wasm has the sha256" in capsys.readouterr().out


def test_without_a_source_the_command_fails_and_writes_nothing(
    tmp_path, monkeypatch, capsys
):
    absent = runtime.distribution((tmp_path / "absent").as_uri() + "/")
    bad = _wheel(tmp_path / "bad", {"core.mjs": b"other"})
    sources = {"absent": lambda: absent, "bad": bad}
    monkeypatch.setattr(runtime, "SOURCES", sources)
    monkeypatch.setattr(runtime, "ALL", PIECES)
    assert runtime.main(tmp_path / "made") == 1
    assert not (tmp_path / "made").exists()
    assert "nothing was written" in capsys.readouterr().err


def _wheel(path, contents):
    """A source that reads from a wheel of its own."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in contents.items():
            archive.writestr(runtime.INSIDE + name, data)
    return lambda: runtime.wheel(path)


def test_source_is_read_by_address(tmp_path):
    for name, data in CONTENTS.items():
        (tmp_path / name).write_bytes(data)
    with runtime.distribution(tmp_path.as_uri() + "/") as read:
        assemble(tmp_path / "made", read, PIECES)
    assert problem(tmp_path / "made", PIECES) is None


def test_the_site_names_the_version_that_the_command_assembles():
    config = (runtime.ROOT / "mkdocs.yml").read_text()
    assert f'runtime: !ENV [RUNTIME, "{runtime.DISTRIBUTION}"]' in config
    assert runtime.VERSION in runtime.DISTRIBUTION


def test_the_folder_is_not_committed():
    ignored = (runtime.ROOT / ".gitignore").read_text().splitlines()
    assert f"/{runtime.FOLDER.name}" in ignored


@pytest.mark.skipif(
    runtime.problem(runtime.FOLDER) is not None, reason="make runtime has not been run"
)
def test_the_offer_says_what_is_loaded():
    served = runtime.files(runtime.FOLDER)
    figures = {package.piece.name for package in runtime.MATPLOTLIB}
    served = {name: data for name, data in served.items() if name not in figures}
    packed = [len(gzip.compress(data, 6)) for data in served.values()]
    assert round(sum(packed) / 1e6) == live.LOADED_MB
    assert f"{sum(map(len, served.values())) / 1e6:.0f} MB" in live.offer("runtime/")
    counted = [len(data) for name, data in served.items() if name[-4:] != ".mjs"]
    assert live.bytes_loaded() == pytest.approx(sum(counted), rel=0.001)


def test_matplotlib_is_offered_where_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(runtime, "FOLDER", tmp_path)
    assert live.bytes_of_matplotlib("runtime/") == 0
    assert live.bytes_of_matplotlib(runtime.DISTRIBUTION) > 1e7
    for piece in runtime.ALL:
        (tmp_path / piece.name).touch()
    assert live.bytes_of_matplotlib("runtime/") > 1e7
