"""Checks the pages of a site side by side: each stands alone."""

import gc
import os
import sys
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

import sitebuild.figures.svg  # noqa: F401 -- with matplotlib, which most pages need
from sitebuild.checks.checker import CheckedPage, Problem, check_page
from sitebuild.maths.code import of_the_project

_Page = tuple[str, str]  # its text and its name


class Pages:
    """What the checker says of pages, each run once for each of its texts."""

    def __init__(self) -> None:
        self._known: dict[_Page, CheckedPage] = {}
        self._begun: dict[_Page, Future[CheckedPage]] = {}
        self._pool: ProcessPoolExecutor | None = None

    def begin(self, pages: list[_Page]) -> None:
        """Check these in processes of their own, where the system can do that safely.

        A fork has all that is imported, but must not be made while threads run.
        """
        new = [page for page in pages if page not in self._known]
        safe = sys.platform == "linux" and threading.active_count() == 1
        if safe and len(new) > 1:
            of_the_project()  # once, and not in each process
            gc.freeze()  # what is here by now, no process has to look through
            count = len(os.sched_getaffinity(0))
            self._pool = ProcessPoolExecutor(count, mp_context=get_context("fork"))
            self._begun = {page: self._pool.submit(check_page, *page) for page in new}

    def checked(self, text: str, name: str) -> CheckedPage:
        """The result for a page, which is waited for."""
        page = text, name
        if page not in self._known:
            self._known[page] = self._result(page)
        return self._known[page]

    def _result(self, page: _Page) -> CheckedPage:
        if page not in self._begun:
            return check_page(*page)
        try:
            return self._begun.pop(page).result()
        except BrokenProcessPool:
            message = "this page, or one beside it, ended the process that ran it"
            return CheckedPage([Problem(page[1], 1, message)], [])

    def end(self) -> None:
        """Let the processes go."""
        if self._pool:
            self._pool.shutdown()
            gc.unfreeze()
        self._pool, self._begun = None, {}
