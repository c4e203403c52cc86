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

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # the mkdocs command does not look where it stands

from sitebuild import checker, freshness, links, mathfont  # noqa: E402

log = logging.getLogger("mkdocs.hooks.sitebuild")


class Build:
    """What one build has seen so far."""

    number = 0
    printed: dict[str, list[tuple[int, str]]]  # by address of the page
    sources: dict[str, Page]
    rendered: dict[str, links.HtmlPage]
    warnings: list[logging.LogRecord]


build = Build()


class _Listener(logging.Handler):
    """Keeps the warnings of others, so that they can be given a line."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING and record.name != log.name:
            build.warnings.append(record)


_listener = _Listener()


def on_pre_build(config: MkDocsConfig) -> None:
    """Begin anew: no session, and no module that has changed, outlives a build."""
    build.number += 1
    build.printed, build.sources, build.rendered, build.warnings = {}, {}, {}, []
    freshness.forget_changed_modules(ROOT)
    logger = logging.getLogger("mkdocs")
    logger.removeHandler(_listener)
    logger.addHandler(_listener)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the mathematics font, which is cut in the build."""
    files.append(File.generated(config, mathfont.ADDRESS, content=mathfont.font()))
    return files


def on_page_markdown(
    markdown: str, page: Page, config: MkDocsConfig, files: Files
) -> str:
    """Check a page before anything of it runs."""
    build.sources[page.url] = page
    checked = freshness.check_page(page.file.content_string, _name(page, config))
    build.printed[page.url] = checked.printed
    for problem in checked.problems:
        log.warning("%s", problem)
    if checked.problems:
        return _problem_page(checked.problems)
    # a session lives as long as its name, so each build gives it a new one
    return re.sub(
        r'^([ \t]*```python .*session="[^"]*)"',
        rf'\1 build {build.number}"',
        markdown,
        flags=re.MULTILINE,
    )


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
    # the theme's search dialog has a role, but no name to announce
    output = output.replace(
        'data-md-component="search" role="dialog"',
        'data-md-component="search" role="dialog" aria-label="Search"',
    )
    # the font of the formulas, asked for before they are laid out
    font = get_relative_url(mathfont.ADDRESS, page.url)
    preload = (
        f'<link rel="preload" href="{font}" as="font" type="font/woff2" crossorigin>'
    )
    output = output.replace("</head>", f"{preload}</head>", 1)
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
    lines = page.file.content_string.splitlines()
    for wanted in (link, f"#{anchor}" if anchor else name, f"{name}.md"):
        for number, line in enumerate(lines, 1):
            if wanted in line:
                return number
        for number, output in build.printed[page.url]:
            if wanted in output:
                return number
    return 1


def _give_line(message: str, config: MkDocsConfig) -> None:
    """Say again, with its line, a warning that names a page and quotes from it."""
    for page in build.sources.values():
        quoted = re.findall(r"'([^']+)'", message)
        if not re.search(rf"(?<![\w/]){re.escape(page.file.src_uri)}\b", message):
            continue
        for number, line in enumerate(page.file.content_string.splitlines(), 1):
            if any(text in line for text in quoted if text != page.file.src_uri):
                log.warning("%s:%d: %s", _name(page, config), number, message)
                return
