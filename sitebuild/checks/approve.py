"""`python -m sitebuild.checks.approve [words]`: approve what the pages print now.

Shows how it differs from what was approved, and writes it beside each page whose path
has one of the words, or beside all.  A page with problems is left as it was.
"""

import sys
from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path

from sitebuild.beside import BESIDE
from sitebuild.checks import together
from sitebuild.checks.approved import as_text, beside, pageless, path_beside


def approve(root: Path, words: Sequence[str] = ()) -> int:
    """Approve the outputs of these pages; how many could not be, for their problems."""
    docs = root / "docs"
    names = {path: path.relative_to(root).as_posix() for path in docs.rglob("*.md")}
    chosen = [
        (path.read_text("utf-8"), name, path)
        for path, name in sorted(names.items())
        if not words or any(word in name for word in words)
    ]
    together.begin([(text, name) for text, name, _ in chosen])
    failed = changed = 0
    for text, name, path in chosen:
        checked = together.checked(text, name)
        failed += bool(checked.problems)
        for problem in checked.problems:
            print(problem)
        if not checked.problems:
            changed += _write(path, as_text(checked.printed), root)
    BESIDE.end()
    for path in pageless(docs):
        path.unlink()
        changed += 1
        print(f"removed {path.relative_to(root)}, to which there is no page")
    print(f"{len(chosen)} pages: {changed} newly approved, {failed} with problems")
    return failed


def _write(page: Path, new: str, root: Path) -> bool:
    """Write what a page prints, and show what is new; whether anything is."""
    old, path = beside(page), path_beside(page)
    if new == (old or ""):
        return False
    name = path.relative_to(root).as_posix()
    before, after = (old or "").splitlines(), new.splitlines()
    print("\n".join(unified_diff(before, after, name, name, n=2, lineterm="")))
    if new:
        path.write_text(new, "utf-8", newline="\n")
    else:
        path.unlink()
    return True


if __name__ == "__main__":
    sys.exit(bool(approve(Path.cwd(), sys.argv[1:])))
