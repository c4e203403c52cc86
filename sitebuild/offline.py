"""The whole site as one zip file that any static server serves, Python included.

`python -m sitebuild.offline` builds the site with its runtime and writes
`dist/backprop-explained-site.zip`, with the notices of what others wrote.
"""

import importlib.metadata
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from sitebuild.live import runtime
from sitebuild.maths.font import whole_font
from sitebuild.zipped import zipped

TARGET = runtime.ROOT / "dist" / "backprop-explained-site.zip"
FOLDER = "backprop-explained"
ADDRESS = "http://127.0.0.1:8000/"
_LICENCE = re.compile(r"(?:^|/)(?:licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)
_THEME = ("mkdocs-material", "mkdocstrings-python", "pymdown-extensions")
_ELSEWHERE = {  # what carries its text nowhere near: which package has the same licence
    "Pyodide": ("pathspec", "the Mozilla Public License 2.0"),
    "CPython": ("typing_extensions", "the licence of the Python Software Foundation"),
}
README = f"""# Backprop, explained: the whole site

Serve this folder and open the address; nothing is asked from anywhere else:

    python3 -m http.server 8000

then {ADDRESS} in a browser.  A browser that opens the files without a
server shows the pages, but moves and runs nothing.  The folder `notices` has the
licences of what others wrote.
"""


def licences(package: str) -> Iterator[tuple[str, str]]:
    """The names and the texts of a package's licences."""
    for file in importlib.metadata.files(package) or []:
        if _LICENCE.search(str(file)) and file.suffix not in (".svg", ".py", ".pyc"):
            yield (
                Path(str(file)).as_posix(),
                Path(str(file.locate())).read_text("utf-8"),
            )


def notices(python: Path = runtime.FOLDER) -> dict[str, str]:
    """The licences of what the site is delivered with, by the name of a file."""
    found = {
        f"{package}.txt": "\n\n".join(text for _, text in licences(package))
        for package in _THEME
    }
    for name, (package, what) in _ELSEWHERE.items():
        text = "\n\n".join(text for _, text in licences(package))
        found[f"{name}.txt"] = (
            f"{name} is under {what}, here as in {package}:\n\n{text}"
        )
    found["NumPy.txt"] = _of_wheel(python / runtime.NUMPY.piece.name)
    if runtime.draws(python):
        for package in runtime.MATPLOTLIB:
            found[f"{package.name}.txt"] = _of_wheel(python / package.piece.name)
    named = whole_font()["name"]
    found["STIX Two Math.txt"] = "\n\n".join(
        filter(None, (named.getDebugName(at) for at in (0, 13, 14)))
    )
    return found


_IN_WHEEL = re.compile(r"\.dist-info/(licenses/|LICENSE)|/LICENSE_\w+$")


def _of_wheel(path: Path) -> str:
    with zipfile.ZipFile(path) as wheel:
        names = [name for name in wheel.namelist() if _IN_WHEEL.search(name)]
        texts = [f"{name}\n\n{wheel.read(name).decode()}" for name in names]
    return "\n\n".join(texts)


def packed(site: Path, target: Path, others: dict[str, str]) -> None:
    """Write a built site into a zip file, in one folder, with other texts beside it."""
    contents = {
        f"{FOLDER}/{path.relative_to(site).as_posix()}": path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }
    contents |= {f"{FOLDER}/{name}": text.encode() for name, text in others.items()}
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(zipped(contents))


def beside() -> dict[str, str]:
    """What the zip file has besides the site."""
    texts = {f"notices/{name}": text for name, text in notices().items()}
    texts["notices/backprop-explained.txt"] = (runtime.ROOT / "LICENSE").read_text()
    return {"README.md": README, **texts}


def main() -> int:
    """Build and pack."""
    if found := runtime.problem(runtime.FOLDER):
        print(f"{found} in {runtime.FOLDER.name}/; make runtime assembles it")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
        variables = {"RUNTIME": "runtime/", "SITE_URL": ADDRESS}
        subprocess.run(
            [*build, "--site-dir", folder],
            cwd=runtime.ROOT,
            env={**os.environ, **variables},
            check=True,
        )
        packed(Path(folder), TARGET, beside())
    size = TARGET.stat().st_size / 1e6
    print(f"{TARGET.relative_to(runtime.ROOT)}, {size:.0f} MB: the whole site")
    return 0


if __name__ == "__main__":
    sys.exit(main())
