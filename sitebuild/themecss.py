"""The theme's stylesheet without the rules for what this site does not have.

A quarter of a first view would be rules for content tabs, versions, blogs and more.  A
rule is left out if each of its selectors names a class that no page has and no script
names; for what scripts could make of elements that no page has, no page is enough.
"""

import re
from collections.abc import Iterator

_KINDS = """
tabbed- md-version md-source md-annotation task-list footnote md-status md-post
md-feedback md-consent md-banner md-author md-pagination md-social md-meta md-profile
md-announce md-progress critic caption emojione twemoji gemoji lightbox mermaid
admonition grid md-hashtag keys md-typeset__select arithmatex linenodiv linenos
md-iframe inlinehilite superfences md-tooltip_ md-tooltip- md-select md-pin md-tag
filename highlighttable
"""
_ADMONITIONS = """
note abstract info tip success question warning failure danger bug example quote
summary hint todo caution error cite attention done check fail missing snippet important
help faq tldr
"""
_UNUSED = re.compile(
    rf"\.(?:{'|'.join(_KINDS.split())}|(?:{'|'.join(_ADMONITIONS.split())})\b)[\w-]*"
)
_TAG = re.compile(r"(?:^|[\s>+~(,])(kbd|details|summary)\b")
_ELSEWHERE = re.compile(  # other palettes, other scripts, and what is never set
    r"\[data-md-color-(?:primary|accent)=(?!white|black|indigo)|\[dir=rtl\]|mermaid|"
    r"\[data-linenos\]|\[role=columnheader\]"
)
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
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


def without_unused(css: str, classes: set[str], scripts: str = "") -> str:
    """The stylesheet for pages that have these classes, and scripts that give others.

    Examples
    --------
    >>> without_unused(".footnote{a:b}.md-x,.tabbed-set{c:d}", {"md-x"})
    '.md-x{c:d}'
    >>> without_unused(".md-a{b:c}.md-d{e:f}", set(), "node.className='md-a'")
    '.md-a{b:c}'
    >>> without_unused("a.focus-visible{b:c}", set())
    'a:focus-visible{b:c}'
    """
    css = css.replace(".focus-visible", ":focus-visible")  # browsers know it by now
    named = classes | set(re.findall(r"[\w-]+", scripts))
    kept = "".join(_kept(*rule, classes, named) for rule in rules(css))
    used = set(re.findall(r"var\((--[\w-]+)", kept))
    return _ICON.sub(lambda icon: icon[0] if icon[1] in used else "", kept)


def _kept(selector: str, inside: str, classes: set[str], named: set[str]) -> str:
    if selector.startswith(("@media", "@supports", "@container")):
        inner = "".join(_kept(*rule, classes, named) for rule in rules(inside))
        return f"{selector}{{{inner}}}" if inner else ""
    parts = re.split(r",(?![^()]*\))", selector)
    if "--md-mermaid" in inside:
        return ""
    left = [part for part in parts if not _is_unused(part, classes, named)]
    return f"{','.join(left)}{{{inside}}}" if left else ""


def _is_unused(selector: str, classes: set[str], named: set[str]) -> bool:
    if _ELSEWHERE.search(selector):
        return True
    needed = {name[0][1:] for name in _UNUSED.finditer(selector)}
    needed |= {f"<{tag}" for tag in _TAG.findall(selector)}
    return not (needed <= classes and set(_CLASS.findall(selector)) <= named)


def needed_by(html: str) -> set[str]:
    """The classes of a page, and those of its elements that have rules of their own.

    Examples
    --------
    >>> sorted(needed_by('<p class="a b"><kbd>'))
    ['<kbd', 'a', 'b']
    """
    classes = set(" ".join(re.findall(r'class="([^"]*)"', html)).split())
    return classes | {
        f"<{tag}" for tag in re.findall(r"<(kbd|details|summary)\b", html)
    }
