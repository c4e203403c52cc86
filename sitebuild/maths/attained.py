r"""A ≤ beside the point at which both sides are equal, which tells it from a <.

>>> attained_problem(r"z^2 \ge 0", {"z": "random()"}, {"z": "0"}, {})
>>> attained_problem(r"z^2 > 0", {"z": "random()"}, {"z": "0"}, {})
'nothing in z^2 > 0 can be equal: remove <!--equal: ...-->'
"""

from typing import Any

from sitebuild.maths.evaluation import value
from sitebuild.maths.grammar import read_all
from sitebuild.maths.points import Point
from sitebuild.maths.relations import holds
from sitebuild.maths.trees import Node, subtrees

_WEAK = ("<=", ">=")


def attained_problem(
    tex: str, meanings: dict[str, str], equal: dict[str, str], page: dict[str, Any]
) -> str | None:
    """What is wrong with the point that makes weak inequalities equalities.

    Parameters
    ----------
    tex : str
        A formula that can be read.
    meanings : dict of str to str
        What its symbols mean.
    equal : dict of str to str
        What they mean there; empty if nothing is declared.
    page : dict of str to object
        The names of the page's own code.
    """
    said = read_all(tex)
    if any(len({bool(_weak(form)) for form in forms}) > 1 for forms in said):
        return f"{tex}: one side is strict, and what it stands beside is not"
    pairs = [pair for forms in said for form in forms for pair in _weak(form)]
    if not pairs and equal:
        return f"nothing in {tex} can be equal: remove <!--equal: ...-->"
    if not pairs:
        return None
    if not equal:
        return (
            f"nothing says where both sides of {tex} are equal: write <!--equal: name "
            "= expression--> beside it, or a strict inequality"
        )
    point = Point(meanings | equal, page)
    for sides in pairs:
        values = [value(side, point) for side in sides]
        if not holds("=", *values):
            return f"the sides of {tex} are {values[0]} and {values[1]} there"
    return None


def _weak(form: Node) -> list[tuple[Node, Node]]:
    """Both sides of each weak inequality in a form."""
    return [
        (node[2 + at], node[3 + at])
        for node in subtrees(form)
        if node[0] == "chain"
        for at, relation in enumerate(node[1])
        if relation in _WEAK
    ]
