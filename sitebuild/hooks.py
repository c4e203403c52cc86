"""MkDocs hooks: what the strict build checks, beyond what MkDocs does by itself.

Every page goes through the same checker as in pytest.  A page with problems is replaced
by their list, so that nothing runs that could end the build or hide an error, and each
problem is a warning, which fails `mkdocs build --strict`.
"""

import html
import logging
import re
import sys
from pathlib import Path

import markdown_exec
from markdown_exec import base_format
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # the mkdocs command does not look where it stands

from sitebuild import freshness  # noqa: E402
from sitebuild.checks import checker, fences, links  # noqa: E402
from sitebuild.live import cells as live  # noqa: E402
from sitebuild.live import runtime  # noqa: E402

log = logging.getLogger("mkdocs.hooks.sitebuild")


class Build:
    """What one build has seen so far."""

    printed: dict[str, list[tuple[fences.Fence, str]]]  # by address of the page
    sources: dict[str, Page]
    rendered: dict[str, links.HtmlPage]
    warnings: list[logging.LogRecord]
    name: str  # of the page in work
    line: int  # of its last block that was shown
    blocks: list[tuple[fences.Fence, str]]  # of it, not shown yet, and their output
    runtime: str  # the address of Python for live cells
    digest: str  # of the package that they import


build = Build()


class _Listener(logging.Handler):
    """Keeps the warnings of others, so that they can be given a line."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING and record.name != log.name:
            build.warnings.append(record)


_listener = _Listener()


def on_pre_build(config: MkDocsConfig) -> None:
    """Begin anew: no module that has changed outlives a build."""
    build.printed, build.sources, build.rendered, build.warnings = {}, {}, {}, []
    freshness.forget_changed_modules(ROOT)
    logger = logging.getLogger("mkdocs")
    logger.removeHandler(_listener)
    logger.addHandler(_listener)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what live cells import."""
    archive = live.archive(ROOT)
    files.append(File.generated(config, live.ARCHIVE, content=archive))
    build.digest = live.digest(archive)
    build.runtime = config.extra["runtime"]
    if problem := live.address_problem(build.runtime):
        log.warning("mkdocs.yml: %s", problem)
    elif live.is_folder(build.runtime):
        for path in sorted(runtime.FOLDER.iterdir()):
            name = f"{build.runtime}{path.name}"
            files.append(File.generated(config, name, abs_src_path=str(path)))
    return files


def on_page_markdown(
    markdown: str, page: Page, config: MkDocsConfig, files: Files
) -> str:
    """Check a page before anything of it runs."""
    build.sources[page.url] = page
    checked = freshness.check_page(page.file.content_string, _name(page, config))
    build.printed[page.url] = checked.printed
    build.blocks, build.name, build.line = [], _name(page, config), 1
    for problem in checked.problems:
        log.warning("%s", problem)
    if checked.problems:
        return _problem_page(checked.problems)
    build.blocks = [(fence, output) for fence, output in checked.printed if fence.runs]
    return markdown


def _checked_output(code: str, **_: object) -> str:
    """What the checker saw this block print: nothing runs that it has not run."""
    if build.blocks and build.blocks[0][0].source.split() == code.split():
        fence, output = build.blocks.pop(0)
        build.line = fence.line
        return output
    log.warning(
        "%s:%d: a block that no one has checked is printed here, or after: %r",
        build.name,
        build.line,
        code,
    )
    return ""


def _show_block(**options: object) -> str:
    is_live = options["extra"].pop("live", None)
    shown = base_format(language="python", run=_checked_output, **options)
    return live.cell(shown, build.runtime, build.digest) if is_live else shown


markdown_exec.formatters["python"] = _show_block


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Every block that was checked is shown as its result, none as text."""
    for fence, _ in build.blocks:
        log.warning(
            "%s:%d: this block is shown as text: give its fence lines of their own, "
            "as long as each other",
            build.name,
            fence.line,
        )
    return html


def _name(page: Page, config: MkDocsConfig) -> str:
    """The path of a page as an author knows it: docs/index.md."""
    return f"{Path(config.docs_dir).name}/{page.file.src_uri}"


def _problem_page(problems: list[checker.Problem]) -> str:
    rows = "".join(f"<li>{html.escape(str(problem))}</li>" for problem in problems)
    return (
        "# This page has problems\n\n"
        f'<ul class="bp-problems">{rows}</ul>\n\nSave it again when they are mended.\n'
    )


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Read the finished page, for the check of its links."""
    build.rendered[page.url] = links.read_html(output)
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """Report dead links, and the line of what others warned about without one."""
    root = Path(config.site_dir)
    files = {path.relative_to(root).as_posix() for path in root.rglob("*")}
    for url, dead in links.dead_links(build.rendered, files).items():
        for link in dead:
            page = build.sources[url]
            log.warning(
                "%s:%d: the link to %r leads nowhere",
                _name(page, config),
                _line(page, link),
                link,
            )
    for record in list(build.warnings):
        _give_line(record.getMessage(), config)


def _line(page: Page, link: str) -> int:
    """The line on which a link is written, or that of the block that printed it."""
    link = re.sub(r"#exec-\d+--", "#", link)  # a prefix of what blocks print
    path, _, anchor = link.partition("#")
    name = path.rstrip("/").rpartition("/")[2].removesuffix(".md")
    for wanted in (link, f"#{anchor}" if anchor else name, f"{name}.md"):
        if line := _line_of(wanted, page):
            return line
        for fence, output in build.printed[page.url]:
            if wanted in output:
                return fence.line
    return 1


def _line_of(wanted: str, page: Page) -> int | None:
    """The first line that holds the words as a target, or else at all."""
    lines = page.file.content_string.splitlines()
    target = re.compile(rf"""[\[(<"'`/]{re.escape(wanted)}[\])>"'`# ]""")
    for found in (target.search, lambda line: wanted in line):
        for number, line in enumerate(lines, 1):
            if found(line):
                return number
    return None


def _give_line(message: str, config: MkDocsConfig) -> None:
    """Say again, with its line, a warning that names a page and quotes from it."""
    quoted = re.findall(r"'([^']+)'", message)
    for page in build.sources.values():
        if not re.search(rf"(?<![\w/]){re.escape(page.file.src_uri)}\b", message):
            continue
        for text in quoted:
            line = text != page.file.src_uri and _line_of(text, page)
            if line:
                log.warning("%s:%d: %s", _name(page, config), line, message)
                return
