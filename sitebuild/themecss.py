"""The theme's stylesheet without the rules for what this site does not have.

A quarter of a first view would be rules for content tabs, versions, blogs and more.  A
rule is left out if each of its selectors names a class of an unused kind, and no page
of the site has that class.
"""

import re
from collections.abc import Iterator

_UNUSED = re.compile(
    r"\.(?:tabbed-|md-version|md-source|md-annotation|task-list|footnote|md-status|"
    r"md-post|md-feedback|md-consent|md-banner|md-author|md-pagination|md-social|"
    r"md-meta|md-profile|md-announce|md-progress|critic|caption|emojione|twemoji|"
    r"gemoji|lightbox|mermaid|admonition|grid|md-tooltip--|md-hashtag|keys|"
    r"md-typeset__select|arithmatex|linenodiv|linenos|md-iframe|inlinehilite|"
    r"superfences|md-tooltip|md-select|md-pin|(?:note|abstract|info|tip|success|question|warning|failure|danger|"
    r"bug|example|quote|summary|hint|todo|caution|error|cite|attention|done|check|fail|"
    r"missing|snippet|important|help|faq|tldr)\b)[\w-]*"
)
_ELSEWHERE = re.compile(  # other palettes, other scripts, and other elements
    r"\[data-md-color-(?:primary|accent)=(?!white|black|indigo)|\[dir=rtl\]|mermaid|"
    r"(?:^|[\s>+~(,])(?:kbd|details|summary)\b"
)
_ICON = re.compile(r'(--md-[\w-]+):url\((?:"[^"]*"|[^")]*)\);?')


def rules(css: str) -> Iterator[tuple[str, str]]:
    """Each selector or at-rule, and what is between its braces.

    Examples
    --------
    >>> list(rules("a{b:c}@media x{d{e:f}}"))
    [('a', 'b:c'), ('@media x', 'd{e:f}')]
    """
    at = 0
    while (start := css.find("{", at)) >= 0:
        depth, end = 1, start + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield css[at:start].strip(), css[start + 1 : end - 1]
        at = end


def without_unused(css: str, classes: set[str]) -> str:
    """The stylesheet for pages that have these classes.

    Examples
    --------
    >>> without_unused(".footnote{a:b}.md-x,.tabbed-set{c:d}", set())
    '.md-x{c:d}'
    >>> without_unused(".footnote{a:b}", {"footnote"})
    '.footnote{a:b}'
    """
    kept = "".join(_kept(*rule, classes) for rule in rules(css))
    used = set(re.findall(r"var\((--[\w-]+)", kept))
    return _ICON.sub(lambda icon: icon[0] if icon[1] in used else "", kept)


def _kept(selector: str, inside: str, classes: set[str]) -> str:
    if selector.startswith(("@media", "@supports", "@container")):
        inner = "".join(_kept(*rule, classes) for rule in rules(inside))
        return f"{selector}{{{inner}}}" if inner else ""
    parts = re.split(r",(?![^()]*\))", selector)
    if "--md-mermaid" in inside:
        return ""
    left = [part for part in parts if not _is_unused(part, classes)]
    return f"{','.join(left)}{{{inside}}}" if left else ""


def _is_unused(selector: str, classes: set[str]) -> bool:
    if _ELSEWHERE.search(selector):
        return True
    found = (name[0][1:] for name in _UNUSED.finditer(selector))
    return any(name not in classes for name in found)
