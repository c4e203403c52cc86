r"""Whether a formula is true, at random points.

>>> from sitebuild.maths.meanings import NEURON
>>> claim = Claim(r"\sigma'(z) = a(1 - a)", NEURON)
>>> claim.problem({}, set()), claim._replace(tex="a = z").problem({}, set())
(None, 'false: a = z, where a = 0.294338, z = -0.874407')
"""

from typing import Any, NamedTuple

import numpy as np

from sitebuild.maths.evaluation import known, value
from sitebuild.maths.grammar import read_all
from sitebuild.maths.points import Point
from sitebuild.maths.relations import exactly, holds
from sitebuild.maths.tokens import UnreadError
from sitebuild.maths.trees import Node, name_of, subtrees

SEEDS, MANY = 2, 12
_NAMING = {"symbol", "indexed", "prime", "slope"}

HINT = (
    "write <!--is: expression--> beside it, or <!--where: name = expression--> for "
    "what its symbols mean"
)


def is_read(tex: str) -> bool:
    """Whether the grammar has all of a formula."""
    try:
        read_all(tex)
    except UnreadError:
        return False
    return True


class Claim(NamedTuple):
    """A formula, with what its symbols mean and what it must equal."""

    tex: str
    meanings: dict[str, str]
    equal: str = ""

    def problem(self, page: dict[str, Any], elsewhere: set[Node]) -> str | None:
        """What is wrong with it; nothing where it is true.

        Parameters
        ----------
        page : dict of str to object
            The names of the page's own code.
        elsewhere : set of trees
            What else the page writes: an expression that stands there as well needs
            no declaration.
        """
        try:
            said = read_all(self.tex)
            points = [Point(self.meanings, page, seed) for seed in range(MANY)]
            with np.errstate(divide="ignore", invalid="ignore"):
                if self.equal:
                    return self._unequal(said, points)
                problems = (self._false(forms, points, elsewhere) for forms in said)
                return next(filter(None, problems), None)
        except UnreadError as error:
            return f"{self.tex} cannot be read: {error}; {HINT}"
        except Exception as error:
            return f"{self.tex} raised {type(error).__name__}: {error}; {HINT}"

    def _false(
        self, forms: list[Node], points: list[Point], elsewhere: set[Node]
    ) -> str | None:
        if len(forms) > 1:
            return self._not_equivalent(forms, points)
        (node,) = forms
        for point in points[:SEEDS]:
            found = value(node, point)
            if node[0] == "chain" and not found:
                return f"false: {self.tex}{_at(node, point)}"
            if node[0] == "interval" or self._names(node, point):
                continue
            if node[0] != "chain" and canonical(node) not in elsewhere:
                return f"nothing says what {self.tex} should be: {HINT}"
        return None

    def _names(self, node: Node, point: Point) -> bool:
        """Whether a formula only names a thing."""
        if node[0] == "apply" and node[2][0] in _NAMING:
            return node[1][0] in _NAMING and callable(value(node[1], point))
        return node[0] in _NAMING or known(name_of(node), point)

    def _not_equivalent(self, forms: list[Node], points: list[Point]) -> str | None:
        truths = [tuple(bool(value(form, point)) for form in forms) for point in points]
        if any(len(set(truth)) > 1 for truth in truths):
            return f"not equivalent: {self.tex}"
        if len(set(truths)) < 2:
            return f"{self.tex} is true, or false, wherever it is tried: {HINT}"
        return None

    def _unequal(self, said: list[list[Node]], points: list[Point]) -> str | None:
        nodes = [form for forms in said for form in forms]
        relation = nodes[0][0] == "chain"
        truths = set()
        for point in points if relation else points[:SEEDS]:
            found = [value(node, point) for node in nodes]
            wanted = point.of(self.equal)
            one = found[0] if len(found) == 1 else np.array(found)
            if not _same(nodes, one, wanted, self.equal):
                said_there = f"{self.equal} is {wanted}{_at(nodes[0], point)}"
                return f"{self.tex} is {one}, but {said_there}"
            truths.add(bool(np.all(wanted)) if relation else True)
        return None if True in truths else f"{self.tex} is never true"


def _same(nodes: list[Node], found: Any, wanted: Any, equal: str) -> bool:
    if callable(wanted):
        return holds("=", found, wanted)
    wanted = np.asarray(wanted)[()]
    if np.ndim(wanted) == 0 and np.isnan(wanted):
        return bool(np.isnan(found))
    inner = [part[0] for node in nodes for part in subtrees(node)]
    if "symbol" in inner or "partial(" in equal:
        return holds("=", found, wanted)
    return exactly(found, wanted)


def _at(node: Node, point: Point) -> str:
    """Where it was tried, for a message."""
    names = {name_of(inner) for inner in subtrees(node)}
    found = []
    for name in sorted(name for name in names if name and known(name, point)):
        if np.ndim(point[name]) == 0 and not callable(point[name]):
            found.append(f"{name} = {point[name]:.6g}")
    return f", where {', '.join(found)}" if found else ""


_SAME = {"apply": "product", "entrywise": "product"}


def canonical(node: Node) -> Node:
    """A tree by which the same expression is found again, in TeX or in code."""
    kind = _SAME.get(node[0], node[0])
    if node[0] == "slope":
        return ("symbol", f"d{name_of(node[1])}/d{name_of(node[2])}")
    if name := name_of(node):
        return ("symbol", name)
    if kind == "power":
        node = node[:3]
    return (kind, *(_part(part) for part in node[1:]))


def _part(part: Any) -> Any:
    tree = isinstance(part, tuple) and part and isinstance(part[0], str)
    return canonical(part) if tree else part


def written(tex: str) -> set[Node]:
    """The expressions in a formula, larger than one symbol; none if it is unread."""
    try:
        said = read_all(tex)
    except UnreadError:
        return set()
    nodes = {inner for forms in said for form in forms for inner in subtrees(form)}
    found = {canonical(node) for node in nodes if node[0] != "chain"}
    return {node for node in found if node[0] not in {"symbol", "number"}}
