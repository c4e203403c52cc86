"""A drawing without what matplotlib writes and nobody sees."""

import re
from xml.etree import ElementTree

_SVG = "http://www.w3.org/2000/svg"
_GROUP, _PATH, _SPACE = f"{{{_SVG}}}g", f"{{{_SVG}}}path", re.compile(r"\s+")
ElementTree.register_namespace("", _SVG)
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")


def slim(svg: str) -> str:
    r"""The same picture: without idle names and groups, and with short paths.

    Examples
    --------
    >>> path = '<path d="M 1 2 \nL 3 4 \n" style="stroke: red"/>'
    >>> slim(f'<svg xmlns="http://www.w3.org/2000/svg"><g id="a">{path}</g></svg>')
    '<svg><path d="M1 2L3 4" style="stroke: red" /></svg>'
    """
    root = ElementTree.fromstring(svg)
    _clean(root, set(re.findall(r'(?:#|labelledby=")([\w-]+)', svg)))
    text = ElementTree.tostring(root, encoding="unicode")
    return re.sub(rf'\s*xmlns="{_SVG}"', "", text, count=1)


def _clean(element: ElementTree.Element, wanted: set[str]) -> None:
    kept: list[ElementTree.Element] = []
    for child in element:
        _clean(child, wanted)
        if child.get("id") not in {None, *wanted}:
            del child.attrib["id"]
        if child.tag == _PATH and "d" in child.attrib:
            child.set("d", _short(child.attrib["d"]))
        if child.tag == _GROUP and not child.attrib:
            kept += list(child)
        elif not _is_unseen(child):
            kept.append(child)
    element[:] = kept


def _short(d: str) -> str:
    """A path without the spaces that no letter needs."""
    return re.sub(r" ?([A-Za-z]) ?", r"\1", _SPACE.sub(" ", d)).strip()


def _is_unseen(element: ElementTree.Element) -> bool:
    """The ground of a figure or of axes, which is the page's own."""
    return element.tag == _PATH and element.get("style") in ("fill: none", "fill:none")
