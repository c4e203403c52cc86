"""Whether what is handed to a function is called as the function calls it."""

import ast

from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.source import DEFS, Source


def agreement(source: Source, edit: Edit) -> int:
    r"""Whether an edit makes a name agree with that of the parameter: its sign tells.

    Examples
    --------
    >>> text = "def slope(z): return z\ndef step(z, a): return slope(a)"
    >>> source = Source(text, "net.py")
    >>> read = source.tree.body[1].body[0].value.args[0]
    >>> agreement(source, Edit((read,), "z", 0, "name"))
    1
    >>> source = Source(text.replace("slope(a)", "slope(z)"), "net.py")
    >>> read = source.tree.body[1].body[0].value.args[0]
    >>> agreement(source, Edit((read,), "a", 0, "name"))
    -1
    """
    node = edit.nodes[0]
    if not isinstance(node, ast.expr) or len(edit.nodes) > 1:
        return 0
    parent, field, index = source.parents[node]
    if not isinstance(parent, ast.Call) or field != "args" or index is None:
        return 0
    names = _parameters(source, parent, index)
    if len(names) != 1:
        return 0
    (name,) = names
    return (_called(edit.text) == name) - (_called(ast.unparse(node)) == name)


def _called(text: str) -> str:
    """What a text is called, its owner and its index apart."""
    return text.split("[")[0].rpartition(".")[2]


def _parameters(source: Source, call: ast.Call, index: int) -> set[str]:
    """How the functions that may be called there call what they are given."""
    name = ast.unparse(call.func).rpartition(".")[2]
    defined = {n.name: n for n in ast.walk(source.tree) if isinstance(n, DEFS)}
    if name in defined:
        those = [defined[name]]
    else:
        those = [defined[n] for n in _handed_on(source) if n in defined]
    found = set()
    for function in those:
        names = [a.arg for a in function.args.args if a.arg not in ("self", "cls")]
        if len(names) == len(call.args):
            found.add(names[index])
    return found


def _handed_on(source: Source) -> set[str]:
    """The names that are read and not called, as functions in a dictionary are."""
    return {
        n.id
        for n in ast.walk(source.tree)
        if isinstance(n, ast.Name) and source.parents[n][1] != "func"
    }
