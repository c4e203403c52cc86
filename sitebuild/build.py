"""One build of the site: functions over pages and HTML, for whichever builder calls.

Every page goes through the same checker as in pytest.  What the checker saw a block
print is what the site shows, and each problem of a page stands in a box on it.
"""

import re
from collections.abc import Iterator

from markdown_exec import base_format

from sitebuild import printed_links
from sitebuild.beside import BESIDE
from sitebuild.checks import together
from sitebuild.checks.alone import is_live
from sitebuild.checks.approved import Comparison, compare
from sitebuild.checks.boxes import with_boxes
from sitebuild.checks.checker import Problem
from sitebuild.checks.citations import with_addresses
from sitebuild.checks.claims import without_claims
from sitebuild.checks.fences import DOCTEST, Fence
from sitebuild.checks.links import dead_links, read_html
from sitebuild.checks.running import printed_by
from sitebuild.checks.structure import line_of, without_comments
from sitebuild.checks.whole import site_problems
from sitebuild.exercises.shown import with_exercises
from sitebuild.glossary import PAGE, Term, explained, terms
from sitebuild.live import cells, notebooks


class Source:
    """A page as it was written, and what is known of it."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        checked = together.checked(text, name)
        self.problems, self.printed = checked.problems, checked.printed
        shown = with_boxes(text, checked) if self.problems else without_claims(text)
        self.shown = with_addresses(without_comments(shown))
        self.has_notebook = not self.problems and notebooks.has_notebook(
            name, (fence for fence, _ in self.printed)
        )
        if self.has_notebook:
            self.shown += notebooks.offer(name)
        wrong = {problem.line for problem in self.problems}
        self.waiting = [  # blocks that are not shown yet, and their output
            (fence, output)
            for fence, output in self.printed
            if fence.runs and not wrong & set(_lines(fence))
        ]
        self.line = 1  # of the last block that was shown
        self.last: Fence | None = None

    def output(self, code: str) -> str | None:
        """What the next block printed, if it is this one."""
        if self.waiting and self.waiting[0][0].source.split() == code.split():
            self.last, output = self.waiting.pop(0)
            self.line = self.last.line
            return output
        self.last = None
        return None

    def notebook(self, site: str) -> str:
        """The page as a notebook of a site."""
        text = self.shown.removesuffix(notebooks.offer(self.name))
        return notebooks.notebook(text, self.name, self.printed, site)

    def sessions(self) -> list[str | None]:
        """What each session prints; None where no reader can run it."""
        return [
            printed_by(fence.source) if is_live(fence, self.name) else None
            for fence, _ in self.printed
            if fence.language == DOCTEST and not self.problems
        ]

    def unshown(self) -> Iterator[Problem]:
        """The blocks that the builder took for text."""
        message = (
            "this block is shown as text: give its fence lines of their own, as long "
            "as each other"
        )
        return (Problem(self.name, fence.line, message) for fence, _ in self.waiting)

    def line_of_link(self, link: str) -> int:
        """The line on which a link is written, or that of the block that printed it."""
        link = re.sub(r"#exec-\d+--", "#", link)  # a prefix of what blocks print
        path, _, anchor = link.partition("#")
        name = path.rstrip("/").rpartition("/")[2].removesuffix(".md")
        for wanted in (link, f"#{anchor}" if anchor else name, f"{name}.md"):
            if line := line_of(wanted, self.text):
                return line
            for fence, output in self.printed:
                if wanted in output:
                    return fence.line
        return 1


def _lines(fence: Fence) -> range:
    return range(fence.line, fence.line + fence.source.count("\n") + 2)


class Build:
    """What one build has seen so far."""

    def __init__(self, runtime: str, digest: str) -> None:
        self.runtime, self.digest = runtime, digest  # Python for live cells
        self.sources: dict[str, Source] = {}  # by address of the page
        self.rendered: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.page: Source  # in work
        self.names: set[str] = set()  # of all pages
        self.texts: tuple[tuple[str, str], ...] = ()  # names of pages, and the pages
        self.order: tuple[str, ...] = ()  # of the names in the navigation
        self.terms: list[Term] = []

    def begin(self, pages: list[tuple[str, str]]) -> None:
        """Begin to check these texts, of pages with these names."""
        together.begin(pages)
        self.texts = tuple((name, text) for text, name in pages)
        self.names = {name for _, name in pages}
        self.terms = terms({name: text for text, name in pages}.get(PAGE, ""))

    def begin_whole(self, order: tuple[str, ...]) -> None:
        """Begin to check the pages together, in the order of the navigation."""
        self.order = order
        BESIDE.begin(site_problems, self.texts, order)

    def explained(self, html: str, url: str) -> str:
        """A page, with what its terms mean, and its sessions as cells."""
        html = explained(html, self.terms, url)
        outputs = self.sources[url].sessions()
        return cells.with_sessions(html, outputs, self.runtime, self.digest)

    def begin_page(self, url: str, name: str, text: str) -> str:
        """Check a page, and say what to show: it, or it with its problems."""
        self.page = self.sources[url] = Source(name, text)
        self.problems += self.page.problems
        return self.page.shown

    def compare(self, approved: str | None) -> Comparison:
        """What the blocks of the page in work print, beside what is approved."""
        if self.page.problems:  # not all of them have run
            return Comparison([])
        return compare(self.page.printed, self.page.name, approved)

    def rendering(self) -> tuple[object, ...]:
        """All on which the look of the page in work depends, beside its text."""
        printed = tuple(output for _, output in self.page.printed)
        return self.runtime, self.digest, self.page.shown, printed

    def _output(self, code: str, **_: object) -> str:
        """What the checker saw this block print: nothing runs that it has not run."""
        output = self.page.output(code)
        if output is None:
            message = (
                f"a block that no one has checked is printed here, or after: {code!r}"
            )
            self.problems.append(Problem(self.page.name, self.page.line, message))
        if not output or (self.page.last and "result" in self.page.last.options):
            return output or ""  # a text is shown as it is
        return printed_links.with_addresses(output, self.page.name, self.names)

    def show_block(self, **options: object) -> str:
        """The HTML of a block, as markdown-exec asks for it."""
        options["extra"].pop("live", None)
        shown = base_format(language="python", run=self._output, **options)
        live = self.page.last and is_live(self.page.last, self.page.name)
        if live:
            return cells.cell(shown, self.runtime, self.digest)
        return with_exercises(shown, self.runtime, self.digest)

    def end_page(self) -> None:
        """Every block that was checked is shown as its result, none as text."""
        self.problems += self.page.unshown()

    def read(self, url: str, html: str) -> None:
        """Begin to read what the check of links needs of a finished page."""
        self.rendered[url] = html
        BESIDE.begin(read_html, html)

    def notebooks(self, site: str) -> Iterator[tuple[str, str]]:
        """The address and the content of each notebook of a site."""
        for url, source in self.sources.items():
            if source.has_notebook:
                path = url.removeprefix("./") + notebooks.file_name(source.name)
                yield path, source.notebook(site)

    def end(self, files: set[str]) -> None:
        """Report dead links; one to a page that has other problems may yet be good."""
        pages = {url: BESIDE.result(read_html, h) for url, h in self.rendered.items()}
        for url, links in dead_links(pages, files).items():
            source = self.sources[url]
            for link in [] if source.problems else links:
                message = f"the link to {link!r} leads nowhere"
                line = source.line_of_link(link)
                self.problems.append(Problem(source.name, line, message))
        self.problems += BESIDE.result(site_problems, self.texts, self.order)

    def with_line(self, message: str) -> Problem | None:
        """What others said of a page and quoted from it, with its line."""
        for source in self.sources.values():
            path = source.name.partition("/")[2]
            if not re.search(rf"(?<![\w/]){re.escape(path)}\b", message):
                continue
            for text in re.findall(r"'([^']+)'", message):
                line = text != path and line_of(text, source.text)
                if line:
                    return Problem(source.name, line, message)
        return None
