"""What the project's own tests say of one fault, in a copy of the project.

A fault is caught if a test fails although the new outputs were approved, and seen as a
difference if one fails only as long as they are not.
"""

import gc
import os
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest

from sitebuild.evidence.faults.kinds import CHECKS, Kind, files_of, pages_of, tests_of
from sitebuild.evidence.faults.places import Fault

ROOT = Path(__file__).parents[3]
NOT_COPIED = (".git", ".venv", "runtime", "site", ".audit", "node_modules", ".*_cache")
PROJECT = ("backprop_explained", "sitebuild", "tests", "conftest")
LIBRARIES = ("matplotlib.pyplot", "mkdocs.config", "numpy", "hypothesis", "sybil")
LIBRARIES += ("sympy",)
"""What takes long to import, and is the same in every copy."""
APPROVED = "docs/**/*.approved.txt"
ALREADY = "ignore::pytest.PytestAssertRewriteWarning"  # LIBRARIES have been imported
NO_RUBBISH = "no:unraisableexception"  # collecting it takes as long as a page
USUAL = ("-q", "-x", "-W", ALREADY, "-p", "no:cacheprovider", "-p", NO_RUBBISH)
SECONDS = 300
PASSED, FAILED, NOTHING_RAN = 0, 1, (4, 5)
DONE, LEFT = 10, 11  # a page that has another problem is left as it was
KILLED = -9
Verdict = Literal["caught", "difference", "missed", "unchanged"]


class Judged(NamedTuple):
    """A fault: its kind, where it stood, the line without it and with it."""

    kind: str
    path: str
    line: int
    before: str
    after: str
    verdict: Verdict


class Copy:
    """A copy of the project, in which one fault after the other stands.

    With `warm`, this process imports the copy's modules in the place of the project's
    own, and a fault in a page is judged with them: no module is another than before.
    What the process sends elsewhere has to be plain then.
    """

    def __init__(self, folder: Path, *, warm: bool = False) -> None:
        for library in LIBRARIES:
            import_module(library)
        self.root = folder / "project"
        ignored = shutil.ignore_patterns(*NOT_COPIED, "__pycache__")
        shutil.copytree(ROOT, self.root, ignore=ignored)
        self.warm = warm
        if warm:
            _warmed(str(self.root))

    def ready(self, kind: Kind) -> None:
        """Refuse to begin where a test fails without any fault."""
        for path in files_of(kind, self.root)[:1]:
            if not self._passes(kind.tests, path):
                raise RuntimeError(f"without a fault, {kind.tests} fail for {path}")

    def judge(self, kind: Kind, name: str, fault: Fault) -> Judged:
        """Put the fault in, look, and take it out."""
        path = self.root / name
        text = path.read_text("utf-8")
        wrong = fault.within(text)
        line = text.count("\n", 0, fault.start)
        before, after = (one.splitlines()[line] for one in (text, wrong))
        shown = self._shown(kind, path) if kind.shown else ""
        try:
            path.write_text(wrong, "utf-8")
            if kind.shown and self._shown(kind, path) == shown:
                verdict: Verdict = "unchanged"
            else:
                verdict = self._verdict(kind, path)
        finally:
            path.write_text(text, "utf-8")
        return Judged(kind.name, name, line + 1, before, after, verdict)

    def again(self, kind: Kind, row: Judged) -> Verdict | None:
        """The verdict on a fault of before; nothing where its line is another now."""
        path = self.root / row.path
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        if row.before not in lines:
            return None
        start = sum(len(line) + 1 for line in lines[: lines.index(row.before)])
        fault = Fault(start, start + len(row.before), row.after)
        return self.judge(kind, row.path, fault).verdict

    def _verdict(self, kind: Kind, path: Path) -> Verdict:
        if kind.of_itself and not self._passes(kind.of_itself, path):
            return "caught"  # whatever is approved
        if not kind.with_pages or self._passes(kind.with_pages, path):
            return "missed"
        kept = {old: old.read_bytes() for old in self.root.glob(APPROVED)}
        try:
            code = self._forked_for(path, _approve, pages_of(path, self.root))
            if code not in (DONE, LEFT, KILLED):
                raise RuntimeError(f"approving the pages of {path} ended with {code}")
            if all(old.read_bytes() == data for old, data in kept.items()):
                return "caught"  # there was nothing to approve
            after = self._passes(kind.with_pages, path)
            return "difference" if after else "caught"
        finally:
            for old in self.root.glob(APPROVED):
                old.unlink()
            for old, data in kept.items():
                old.write_bytes(data)

    def _passes(self, patterns: tuple[str, ...], path: Path) -> bool:
        """Whether the tests that look at this file pass; they have to exist."""
        tests = tests_of(patterns, path, self.root)
        if not tests:  # no page shows the file
            return True
        code = self._forked_for(path, run_tests, tests)
        if code in NOTHING_RAN:
            raise RuntimeError(f"pytest found none of {tests}")
        return code == PASSED

    def _shown(self, kind: Kind, path: Path) -> str:
        """What the pages that the file belongs to print."""
        receiving, sending = get_context("fork").Pipe(duplex=False)
        name = path.relative_to(self.root).as_posix()
        self._forked_for(path, _send_shown, name, sending)
        sending.close()
        try:
            return str(receiving.recv())
        except EOFError:  # nothing can be shown
            return ""

    def _forked_for(self, path: Path, work: Callable[..., None], *what: Any) -> int:
        return self.forked(work, *what, as_it_is=self.warm and path.suffix == ".md")

    def forked(
        self,
        work: Callable[..., None],
        *what: Any,
        seconds: int = SECONDS,
        as_it_is: bool = False,
    ) -> int:
        """Do it in a process that has the libraries, and not yet the project."""
        begin = _as_it_is if as_it_is else _afresh
        given = work, str(self.root), *what
        process = get_context("fork").Process(target=begin, args=given)
        process.start()
        process.join(seconds)
        process.kill()  # it may have ended
        process.join()
        return process.exitcode if process.exitcode is not None else FAILED


def apart(work: Callable[..., Any], *arguments: Any) -> Any:
    """What it returns in a process of its own, which has no threads and may fork."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _at(root: str) -> None:
    """Make imports of the project come from this copy."""
    os.chdir(root)
    sys.path.insert(0, root)
    sys.dont_write_bytecode = True
    _forget(root, *PROJECT)


def _forget(root: str, *names: str) -> None:
    """Have these modules imported again, and those of tests."""
    tests = Path(root, "tests"), ROOT / "tests"
    for name, module in list(sys.modules.items()):
        file = Path(getattr(module, "__file__", None) or "")
        if name.split(".")[0] in names or any(map(file.is_relative_to, tests)):
            del sys.modules[name]


def _warmed(root: str) -> None:
    """Import the copy's checks in this process, and what its tests import."""
    _at(root)
    import_module("sitebuild.checks.approve")
    import_module("sitebuild.maths.code").of_the_project()
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        pytest.main([*USUAL, "--collect-only", CHECKS])
    gc.freeze()  # no fork goes through all this again


def _afresh(work: Callable[..., None], root: str, *arguments: Any) -> None:
    _at(root)
    _as_it_is(work, root, *arguments)


def _as_it_is(work: Callable[..., None], root: str, *arguments: Any) -> None:
    os.chdir(root)
    _forget(root)  # tests read pages when they are imported
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    work(*arguments)


def run_tests(tests: list[str], *options: str) -> None:
    """Run pytest up to the first failure, and end with its code."""
    sys.exit(int(pytest.main([*USUAL, *options, *tests])))


def _approve(pages: list[str]) -> None:
    from sitebuild.checks.approve import approve  # of the copy

    failed = approve(Path.cwd(), pages) if pages else 0
    sys.exit(LEFT if failed else DONE)


def _send_shown(name: str, sending: Any) -> None:
    from sitebuild.checks.checker import check_page  # the copy's own

    module = name.removesuffix(".py").replace("/", ".")
    pages = [Path(name)] if name.endswith(".md") else sorted(Path("docs").rglob("*.md"))
    texts = [(page, page.read_text("utf-8")) for page in pages]
    shown = [
        [output for _, output in check_page(text, page.as_posix()).printed]
        for page, text in texts
        if page.suffix == ".md" and (len(pages) == 1 or module in text)
    ]
    sending.send(repr(shown))
