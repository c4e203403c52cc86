"""The theme's script without the functions for what this site does not have.

A quarter of it would draw diagrams, tabs, versions, annotations and more.  A function
that runs only for elements that no page has is emptied, and then every function that
nothing names any more is left out.  A name counts wherever it stands as a word, so that
what is kept is too much rather than too little.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_FOR_PAGES_WITH = {  # a text of the theme's function; a pattern of pages that need it
    "api.github.com": 'data-md-component="source"',
    "md-source__repository--active": 'data-md-component="source"',
    '"__consent"': 'data-md-component="consent"',
    '"__announce"': "md-announce",
    "--md-progress-value": 'data-md-component="progress"',
    "versions.json": r'"provider": "mike"',
    "link[rel=alternate]": r'rel="?alternate',
    "themeCSS": 'class="mermaid',
    ".tabbed-labels": "data-tabs",
    "md-annotation-list": r'class="(?:[^"]* )?annotate\b',
    "navigation.instant.preview": "data-preview",
    "md-code__content": "__codelineno",
}
_BLOCKS = {"md-code__content"}  # of these not the function: the block after the test
_START = "(()=>{"
_MAP = re.compile(r"//# sourceMappingURL=\S+\s*")
_TOKEN = re.compile(
    r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\w$]+|\s+|/\*[\s\S]*?\*/|//[^\n]*|."""
)
_REGEX = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*")
_FUNCTION = re.compile(r"(?:async )?function\*? ?([\w$]+)\(")
_DROPPABLE = re.compile(  # made without effect: text, a module not yet run, a class
    r'var ([\w$]+)=(?:"[^"]*";$|[\w$]+\(\([\w$,]*\)=>\{|\(function\()'
)
_MODULE = re.compile(r"var [\w$]+=[\w$]+\(\([\w$]+,([\w$]+)\)=>\{")
_COPIER = """\
MODULE.exports=class{static isSupported(){return!0}constructor(e,{text:t}){\
document.body.addEventListener("click",r=>{let o=r.target.closest(e);\
o&&this.copy(t(o)).then(()=>this.done({trigger:o}))})}on(e,t){return this.done=t,this}\
async copy(e){if(navigator.clipboard)return navigator.clipboard.writeText(e);\
let t=document.createElement("textarea");t.value=e,t.readOnly=!0,\
document.body.append(t),t.select(),\
document.execCommand("copy"),t.remove()}}"""
_MODULES = {  # a text of a library; what is enough in its place
    "clipboard.js": _COPIER,
    "applyFocusVisiblePolyfill": "",  # themecss.py asks the browser instead
}


class _Part(NamedTuple):
    text: str
    alone: bool  # declares one name


def tokens(script: str, at: int = 0) -> Iterator[tuple[int, str]]:
    """The tokens of a script and where they stand; a template is one token.

    Examples
    --------
    >>> [text for _, text in tokens("a/b;c=/[/;]/g,`}${`;`}`")]
    ['a', '/', 'b', ';', 'c', '=', '/[/;]/g', ',', '`}${`;`}`']
    """
    before = ""
    while at < len(script):
        if script[at] == "`":
            end = _end_of_template(script, at)
        elif script[at] == "/" and _begins(before):
            found = _REGEX.match(script, at) or _TOKEN.match(script, at)
            end = found.end() if found else at + 1
        else:
            found = _TOKEN.match(script, at)
            end = found.end() if found else at + 1
        yield at, script[at:end]
        if not script[at].isspace():
            before = script[at:end]
        at = end


def _begins(before: str) -> bool:
    """Whether a slash after this begins a pattern or a comment, and divides nothing."""
    return (
        before in ("return", "typeof", "case", "") or before[-1] in "(,=:[!&|?{};+*<>/"
    )


def _end_of_template(script: str, at: int) -> int:
    at += 1
    while script[at] != "`":
        if script.startswith("${", at):
            at = _end_of_block(script, at + 1)
        else:
            at += 2 if script[at] == "\\" else 1
    return at + 1


def _end_of_block(script: str, at: int) -> int:
    """Where the bracket that stands at a place is closed, just after it."""
    depth = 0
    for place, token in tokens(script, at):
        depth += (token in ("{", "(", "[")) - (token in ("}", ")", "]"))
        if depth == 0:
            return place + 1
    raise ValueError(f"{script[at : at + 40]!r} is not closed")


def parts(script: str, at: int) -> Iterator[_Part]:
    """The statements from a place to the bracket that ends them."""
    begin, depth, alone = at, 0, True
    for place, token in tokens(script, at):
        depth += (token in ("{", "(", "[")) - (token in ("}", ")", "]"))
        alone = alone and not (depth == 0 and token == ",")
        is_function = token == "}" and _FUNCTION.match(script, begin)
        if depth < 0 or (depth == 0 and (token == ";" or is_function)):
            yield _Part(script[begin : place + (depth == 0)], alone)
            begin, alone = place + 1, True
        if depth < 0:
            return
    raise ValueError("the script ends within a bracket")


def without_unused(script: str, html: str) -> str:
    """The theme's script for these pages; a script of another make as it is.

    Parameters
    ----------
    script : str
        The theme's bundle: one function, which is called.
    html : str
        All pages, one after the other.

    Examples
    --------
    >>> theirs = '"use strict";(()=>{function a(){b("themeCSS")}function b(){}a()})();'
    >>> without_unused(theirs, "<p>")
    '"use strict";(()=>{function a(){return[]}a()})();'
    >>> without_unused(theirs, '<pre class="mermaid">') == theirs
    True
    """
    start = script.find(_START) + len(_START)
    try:
        whole = list(parts(script, start)) if start >= len(_START) else []
    except (IndexError, ValueError):  # nothing that can be read
        return script
    end = start + sum(len(part.text) for part in whole)
    idle = [mark for mark, need in _FOR_PAGES_WITH.items() if not re.search(need, html)]
    emptied = [part._replace(text=_emptied(part.text, idle)) for part in whole]
    return script[:start] + "".join(_named(emptied)) + _MAP.sub("", script[end:])


def _emptied(part: str, idle: list[str]) -> str:
    """A statement whose body, or block, is for what no page has, without it."""
    for mark, ours in _MODULES.items():
        if mark in part and (found := _MODULE.match(part)):
            return f"{found[0]}{ours.replace('MODULE', found[1])}}});"
    for mark in idle:
        if mark not in part or not _FUNCTION.match(part):
            continue
        at = part.index("(") if mark not in _BLOCKS else part.index(mark)
        if mark in _BLOCKS:
            at = part.rindex("if(", 0, at) + 2
        body = part.index("{", _end_of_block(part, at))
        ours = "" if mark in _BLOCKS else "return[]"  # to the theme, no events
        part = part[: body + 1] + ours + part[_end_of_block(part, body) - 1 :]
    return part


def _named(whole: list[_Part]) -> list[str]:
    """The statements without those that only declare what no other names."""
    declared: dict[str, str] = {}
    for text, alone in whole:
        found = _FUNCTION.match(text) or (alone and _DROPPABLE.match(text))
        if found:
            declared[found[1]] = text
    kept = [text for text, _ in whole if text not in declared.values()]
    words = set(re.findall(r"[\w$]+", "".join(kept)))
    while wanted := declared.keys() & words:
        kept += (texts := [declared.pop(name) for name in wanted])
        words |= set(re.findall(r"[\w$]+", "".join(texts)))
    return [text for text, _ in whole if text not in declared.values()]
