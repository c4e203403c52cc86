"""What the live preview keeps from one build to the next, as long as no module changes.

A save changes one page: the others are not converted again.  What is kept is forgotten
with this module, which is imported again after every change of a module of the project
or of mkdocs.yml.  Like the hooks, it knows MkDocs; a build does not use it.
"""

from typing import Any, NamedTuple

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

_ATTRIBUTES = ("toc", "present_anchor_ids", "_title_from_render")


class _Converted(NamedTuple):
    """What the conversion of a page leaves behind."""

    key: object
    html: str
    attributes: dict[str, Any]  # of the page
    linked: dict[str, dict[str, str]]  # anchors, by the path of the page that has them
    anchors: list[tuple[tuple[Any, ...], dict[str, Any]]]  # that autorefs was told of


_converted: dict[str, _Converted] = {}
_environments: dict[tuple[str, ...], Environment] = {}


class Conversion:
    """One page on its way from Markdown to HTML, or past it."""

    def __init__(
        self, page: Page, key: object, config: MkDocsConfig, files: Files
    ) -> None:
        self.page, self.files = page, files
        self.key = (key, page.markdown, frozenset(file.src_uri for file in files))
        known = _converted.get(page.url)
        self.known = known if known and known.key == self.key else None
        self.told: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
        self.autorefs: Any = config.plugins["autorefs"]
        if self.known:
            config.plugins["mkdocstrings"].get_handler("python")  # has a stylesheet
        else:
            self.autorefs.register_anchor = self._register

    def _register(self, page: Page, *arguments: Any, **named: Any) -> None:
        self.told.append((arguments, named))
        type(self.autorefs).register_anchor(self.autorefs, page, *arguments, **named)

    def markdown(self) -> str:
        """What is left to convert: the page, or nothing."""
        return "" if self.known else self.page.markdown or ""

    def end(self, html: str, *, keep: bool) -> str:
        """The page's HTML; kept, if nothing was wrong that has to be said again."""
        vars(self.autorefs).pop("register_anchor", None)
        if self.known:
            return self._restored(self.known)
        if keep:
            attributes = {name: getattr(self.page, name) for name in _ATTRIBUTES}
            links = (self.page.links_to_anchors or {}).items()
            linked = {file.src_uri: anchors for file, anchors in links}
            _converted[self.page.url] = _Converted(
                self.key, html, attributes, linked, self.told
            )
        return html

    def _restored(self, known: _Converted) -> str:
        for name, value in known.attributes.items():
            setattr(self.page, name, value)
        self.page.links_to_anchors = {
            file: anchors
            for path, anchors in known.linked.items()
            if (file := self.files.get_file_from_path(path))
        }
        for arguments, named in known.anchors:
            self.autorefs.register_anchor(self.page, *arguments, **named)
        return known.html


def environment(new: Environment, config: MkDocsConfig) -> Environment:
    """The templates as the first build compiled them, those aside that have changed."""
    kept = _environments.setdefault(tuple(config.theme.dirs), new)
    kept.auto_reload = True
    return kept
