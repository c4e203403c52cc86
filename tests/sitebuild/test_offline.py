"""The zip file of the whole site."""

import zipfile

import pytest

from sitebuild import offline
from sitebuild.offline import licences, packed


def test_a_site_is_packed_in_one_folder_with_other_texts_beside_it(tmp_path):
    site = tmp_path / "site"
    (site / "learn").mkdir(parents=True)
    (site / "learn" / "index.html").write_bytes(b"<p>\xc3\xa9</p>")
    for name in ("one.zip", "two.zip"):
        packed(site, tmp_path / "new" / name, {"notices/it.txt": "é"})
    with zipfile.ZipFile(tmp_path / "new" / "one.zip") as zipped:
        contents = {name: zipped.read(name) for name in zipped.namelist()}
    assert contents == {
        "backprop-explained/learn/index.html": b"<p>\xc3\xa9</p>",
        "backprop-explained/notices/it.txt": "é".encode(),
    }
    one, two = ((tmp_path / "new" / n).read_bytes() for n in ("one.zip", "two.zip"))
    assert one == two


@pytest.mark.parametrize(
    ("package", "words"),
    [
        ("mkdocs-material", "Martin Donath"),
        ("pathspec", "Mozilla Public License Version 2.0"),
        ("typing_extensions", "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2"),
    ],
)
def test_a_licence_is_the_text_that_its_package_carries(package, words):
    text = " ".join("".join(text for _, text in licences(package)).split())
    assert words in text


def test_without_python_for_the_browser_nothing_is_packed(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(offline.runtime, "FOLDER", tmp_path / "runtime")
    monkeypatch.setattr(offline, "TARGET", tmp_path / "site.zip")
    assert offline.main() == 1
    assert "make runtime assembles it" in capsys.readouterr().out
    assert not (tmp_path / "site.zip").exists()


def test_each_wheel_of_the_runtime_has_its_licence(tmp_path):
    places = ("dist-info/LICENSE", "dist-info/licenses/LICENSE.BSD")
    wheels = (offline.runtime.NUMPY, *offline.runtime.MATPLOTLIB)
    for k, package in enumerate(wheels):
        with zipfile.ZipFile(tmp_path / package.piece.name, "w") as wheel:
            wheel.writestr(f"{package.name}.{places[k % 2]}", f"terms of {k}")
    found = offline.notices(tmp_path)
    for k, package in enumerate(wheels):
        name = "NumPy" if package is offline.runtime.NUMPY else package.name
        assert found[f"{name}.txt"].endswith(f"terms of {k}")
