"""MkDocs' hooks: with `preview`, all of the site that knows MkDocs.

They hold no module of the project: each is looked up when it is called, and after a
change of any of them all are imported again.  So a live preview shows what is there.
"""

import hashlib
import importlib.machinery
import logging
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import markdown_exec
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
PACKAGES = ("backprop_explained", "sitebuild")
sys.path.insert(0, str(ROOT))  # the mkdocs command does not look where it stands
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a process for each core is enough

log = logging.getLogger("mkdocs.hooks.sitebuild")


class _State:
    digest = ""  # of all that pages can import, and of mkdocs.yml
    unreadable = ""  # the first module that is not Python
    build: Any  # sitebuild.build.Build
    finishing: Any  # sitebuild.finish.Finishing
    preview = False  # whether this is `mkdocs serve`
    conversion: Any  # sitebuild.preview.Conversion
    before = 0  # how much had been wrong when it began
    others: list[str]  # warnings of others, which may be given a line
    changed: list[str]  # pages, in the preview, whose output is not approved


class _Listener(logging.Handler):
    """Keeps the warnings of others."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING and record.name != log.name:
            _State.others.append(record.getMessage())


_listener = _Listener()


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether this is the preview."""
    _State.preview = command == "serve"


def on_pre_build(config: MkDocsConfig) -> None:
    """Begin with the modules as they are now, if they can be read."""
    _State.others, _State.changed = [], []
    logger = logging.getLogger("mkdocs")
    logger.removeHandler(_listener)
    logger.addHandler(_listener)
    sources = {
        path: path.read_bytes()
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*"))
        if path.suffix in (".py", ".json", ".md", ".toml", ".txt")
    }
    settings = Path(config.config_file_path).read_bytes()
    digest = hashlib.sha256(b"".join([settings, *sources.values()])).hexdigest()
    if digest != _State.digest:
        _State.digest, _State.unreadable = digest, _first_unreadable(sources)
        for name in [n for n in sys.modules if n.split(".")[0] in PACKAGES]:
            del sys.modules[name]
        importlib.invalidate_caches()
    if _State.unreadable:
        log.warning("%s", _State.unreadable)
        return
    _module("early").begin()
    _State.finishing = _module("finish").Finishing()


def _first_unreadable(paths: Iterable[Path]) -> str:
    for path in (path for path in paths if path.suffix == ".py"):
        try:
            importlib.machinery.SourceFileLoader("", str(path)).get_code("")
        except (SyntaxError, ValueError) as error:
            place = path.relative_to(ROOT).as_posix()
            place = f"{place}:{getattr(error, 'lineno', None) or 1}"
            return f"{place}: {type(error).__name__}: {error}"
    return ""


def _module(name: str) -> Any:
    return importlib.import_module(f"sitebuild.{name}")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what the build makes, such as what live cells import."""
    if _State.unreadable:
        return files
    cells, runtime = _module("live.cells"), config.extra["runtime"]
    archive = cells.archive(ROOT)
    _State.build = _module("build").Build(runtime, cells.digest(archive))
    pages = [(_text(file), _name(file, config)) for file in files.documentation_pages()]
    _State.build.begin(pages)
    _State.finishing.begin()
    for address, content in [*cells.files(archive).items(), *_made()]:
        files.append(File.generated(config, address, content=content))
    if problem := cells.address_problem(runtime):
        log.warning("mkdocs.yml: %s", problem)
    elif cells.is_folder(runtime):
        place = cells.served_at(runtime)
        for name, content in cells.runtime.files(cells.runtime.FOLDER).items():
            files.append(File.generated(config, f"{place}{name}", content=content))
    return files


def _made() -> Iterator[tuple[str, str | bytes]]:
    """Address and content of what is made whatever the pages say."""
    editor = _module("live.editor")
    yield from _module("exercises.shown").files().items()
    yield from editor.files(editor.FOLDER).items()
    if not editor.is_built(editor.FOLDER):
        log.info("%s", editor.PLAIN)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Check the pages together: now it is known which comes after which."""
    if not _State.unreadable:
        _State.build.begin_whole(tuple(_name(p.file, config) for p in nav.pages))
    return nav


def on_page_read_source(page: Page, config: MkDocsConfig) -> str:
    """Check a page before anything of it is shown."""
    if _State.unreadable:
        return f'<div class="bp-problem">{_State.unreadable}</div>\n'
    name = _name(page.file, config)
    shown = str(_State.build.begin_page(page.url, name, _text(page.file)))
    path = page.file.abs_src_path
    problems, note = _State.build.compare(
        _module("checks.approved").beside(Path(path)) if path else None
    )
    if _State.preview:
        _State.changed += [name] * bool(problems)
    else:
        _State.build.problems += problems
    if note:
        log.info("%s: %s", name, note)
    return shown


def on_page_markdown(
    markdown: str, page: Page, config: MkDocsConfig, files: Files
) -> str:
    """Convert a page that is as it was no second time in the preview."""
    if not _State.preview or _State.unreadable:
        return markdown
    page.markdown = markdown
    _State.before = _wrong()
    key = _State.build.rendering()
    _State.conversion = _module("preview").Conversion(page, key, config, files)
    return str(_State.conversion.markdown())


def _wrong() -> int:
    return len(_State.build.problems) + len(_State.others)


def _show_block(**options: Any) -> str:
    return str(_State.build.show_block(**options))


markdown_exec.formatters["python"] = _show_block


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """All of its blocks have been shown by now, unless they are shown as before."""
    if _State.unreadable:
        return html
    if not (_State.preview and _State.conversion.known):
        _State.build.end_page()
    if _State.preview:
        keep = _wrong() == _State.before
        html = str(_State.conversion.end(html, keep=keep))
    return str(_State.build.explained(html, page.url))


@event_priority(-100)  # no content changes any more
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Begin to index; give the theme its links; compile what changed in a preview."""
    env.globals["links"] = lambda address, path: None
    if _State.unreadable:
        return env
    docs, links = Path(config.docs_dir).name, _module("repository").links
    env.globals["links"] = lambda address, path: links(address, f"{docs}/{path}")
    pages = [file.page for file in files.documentation_pages() if file.page]
    index = config.plugins["material/search"].search_index
    _module("indexing").read_beside(index, pages)
    if _State.preview:
        env = _module("preview").environment(env, config)
    return env


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Begin to finish a page, and to read it for the check of its links."""
    if _State.unreadable:
        return output
    _State.build.read(page.url, output)
    index = config.plugins["material/search"].search_index
    _module("searching").give_words(index.entries, page.url, page.meta)
    _module("searching").drop_numbers(index.entries, page.url)
    _State.finishing.begin_page(output, page.url, Path(page.file.abs_dest_path))
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """Say what is wrong, and the line of what others warned about without one."""
    if _State.unreadable:
        return
    root = Path(config.site_dir)
    _State.finishing.pages()
    for address, content in _State.build.notebooks(config.site_url):
        (root / address).write_text(content, "utf-8")
    _State.build.end({path.relative_to(root).as_posix() for path in root.rglob("*")})
    theirs = map(_State.build.with_line, list(_State.others))
    for problem in [*_State.build.problems, *filter(None, theirs), *_pageless(config)]:
        log.warning("%s", problem)
    if _State.changed:
        log.info("make approve, for what these print: %s", ", ".join(_State.changed))
    _State.finishing.site(root, config.extra["runtime"], preview=_State.preview)
    _module("beside").BESIDE.end()


def _pageless(config: MkDocsConfig) -> Any:
    docs = Path(config.docs_dir)
    return [] if _State.preview else _module("checks.approved").pageless_problems(docs)


def _text(file: File) -> str:
    return file.content_string.removeprefix("\ufeff")


def _name(file: File, config: MkDocsConfig) -> str:
    """The path of a page as an author knows it: docs/index.md."""
    return f"{Path(config.docs_dir).name}/{file.src_uri}"
