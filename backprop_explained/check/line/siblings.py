"""A statement that is missing, and that others of its function are like."""

import ast
import copy
from collections.abc import Iterator

from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.names import Shifted
from backprop_explained.check.line.scope import Scope


def of_siblings(statement: ast.stmt, scope: Scope) -> Iterator[Edit]:
    """What is done for one layer may be missing for the next: it is put before it.

    Parameters
    ----------
    statement : ast.stmt
        The statement.
    scope : Scope
        What can be written in its function.
    """
    if not isinstance(statement, ast.AugAssign):
        return
    for by in (-1, 1):
        other = Shifted(by).visit(copy.deepcopy(statement))
        text, own = ast.unparse(other), ast.unparse(statement)
        if text != own and scope.is_at_hand(other):
            yield Edit((statement,), f"{text}; {own}", 1, "statement")
