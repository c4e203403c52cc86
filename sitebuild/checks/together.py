"""Checks the pages of a site side by side: each stands alone."""

import sitebuild.figures.svg  # noqa: F401 -- with matplotlib, which most pages need
from sitebuild.beside import BESIDE
from sitebuild.checks.checker import CheckedPage, Problem, check_page
from sitebuild.maths.code import of_the_project


def begin(pages: list[tuple[str, str]]) -> None:
    """Begin to check pages, of each of which text and name are given."""
    new = [page for page in pages if not BESIDE.knows(check_page, *page)]
    BESIDE.close()
    if len(new) > 1:
        BESIDE.result(of_the_project)  # once, and not in each process
        BESIDE.open()
        for page in new:
            BESIDE.begin(check_page, *page)


def checked(text: str, name: str) -> CheckedPage:
    """The result for a page, which is waited for."""
    result: CheckedPage = BESIDE.result(check_page, text, name, ended=_ended)
    return result


def _ended(text: str, name: str) -> CheckedPage:
    message = "this page, or one beside it, ended the process that ran it"
    return CheckedPage([Problem(name, 1, message)], [])
