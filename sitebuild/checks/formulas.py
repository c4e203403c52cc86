"""What the formulas of a page say, in TeX and in code spans: true, or listed."""

import ast
import doctest
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from sitebuild.beside import BESIDE
from sitebuild.checks.fences import DOCTEST, EXECUTED, Fence
from sitebuild.maths.attained import attained_problem
from sitebuild.maths.claims import HINT, MANY, SEEDS, Claim, is_read, written
from sitebuild.maths.code import (
    computed,
    is_formula,
    normal,
    normal_parts,
    of_the_project,
    parsed,
    trees,
)
from sitebuild.maths.declarations import Found, Stated, stated
from sitebuild.maths.meanings import SLOPES
from sitebuild.maths.points import Point
from sitebuild.maths.relations import holds
from sitebuild.maths.trees import Node


def wrong_formulas(
    prose: str,
    fences: list[Fence],
    page: dict[str, Any],
    unread: Collection[int] = (),
) -> Found:
    """Line and message of each formula that is false, or that nothing vouches for.

    The names of the page's code are those after it has run; of lines that are `unread`
    it is reported already that their formulas cannot be shown.
    """
    things, quotes, found = stated(prose)
    if not things:
        return found
    sources = [_code_of(fence) for fence in fences]
    quoted = normal_parts(sources)
    quoted |= quotes | {normal(code) for code in map(parsed, quotes) if code}
    for thing, elsewhere in zip(things, _elsewhere(things, sources), strict=True):
        if thing.tex:
            problem = _in_tex(thing, page, elsewhere)
        else:
            problem = _in_code(thing, page, quoted)
        if problem and thing.line not in unread:
            found.append((thing.line, problem))
    return found


def _elsewhere(things: list[Stated], sources: list[str]) -> Iterator[set[Node]]:
    """The expressions that the page has beside each formula: in others, in its code."""
    of_page = trees(sources)
    own = [written(thing.source) if thing.tex else set() for thing in things]
    times = Counter(node for nodes in own for node in nodes)
    for nodes in own:
        yield of_page | {
            node for node, count in times.items() if count > (node in nodes)
        }


def _code_of(fence: Fence) -> str:
    if fence.language != DOCTEST:
        return fence.source if fence.language in {EXECUTED, "py"} else ""
    try:
        examples = doctest.DocTestParser().get_examples(fence.source)
    except ValueError:  # the run will tell
        return ""
    return "".join(example.source for example in examples)


def _in_tex(thing: Stated, page: dict[str, Any], elsewhere: set[Node]) -> str | None:
    if thing.unread is None:
        claim = Claim(thing.source, thing.meanings, thing.equal)
        return claim.problem(page, elsewhere) or attained_problem(
            thing.source, thing.meanings, thing.attained, page
        )
    if is_read(thing.source):
        return f"{thing.source} can be read: remove <!--unread: ...-->; {HINT}"
    return None


def _in_code(thing: Stated, page: dict[str, Any], quoted: set[str]) -> str | None:
    """What is wrong with a code span that is a formula."""
    if thing.unread is not None:
        return f"`{thing.source}` is code: <!--unread: ...--> is for TeX; {HINT}"
    statement = parsed(thing.source)
    if thing.equal:
        return _unequal(thing, statement, page)
    if not is_formula(thing.source):
        return None
    known = thing.source in quoted or (
        statement is not None
        and (
            normal(statement) in quoted
            or _measured(thing, statement, page)
            or normal(statement) in BESIDE.result(of_the_project)
        )
    )
    unknown = f"`{thing.source}` stands nowhere in the code of this page or the package"
    return None if known else f"{unknown}, and is no slope of theirs: {HINT}"


def _unequal(
    thing: Stated, statement: ast.stmt | None, page: dict[str, Any]
) -> str | None:
    compares = isinstance(getattr(statement, "value", None), ast.Compare)
    try:
        for seed in range(MANY if compares else SEEDS):
            point = Point(thing.meanings, page, seed)
            wanted = point.of(thing.equal)
            found = thing.source if statement is None else point.of(computed(statement))
            if not holds("=", found, wanted):
                return f"`{thing.source}` is {found}, but {thing.equal} is {wanted}"
    except Exception as error:
        return f"`{thing.source}` raised {type(error).__name__}: {error}"
    return None


def _measured(thing: Stated, statement: ast.stmt, page: dict[str, Any]) -> bool:
    """Whether it is one of the slopes of these pages, or says what is so."""
    equal = [f"{slope}({name})" for slope in SLOPES for name in ("x", "z")]
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        name = statement.targets[0].id
        equal = [name] if name in thing.meanings else []
    return any(
        _unequal(thing._replace(equal=code), statement, page) is None for code in equal
    )
