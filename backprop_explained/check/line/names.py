"""What a file defines: functions, classes, modules and numbers with a name."""

import ast
import copy
from collections.abc import Iterable

from backprop_explained.check.line.edit import nodes_in
from backprop_explained.check.line.source import DEFS, Function

_ENTRY_BY_ENTRY = ("np.tanh", "np.exp", "np.log", "np.sqrt", "math.", "numpy.tanh")
"""What a file calls so is at hand to be called elsewhere."""

FORGOTTEN = 2
"""So many names of a function may have been forgotten; more were not meant to be."""


def unique(texts: Iterable[str]) -> list[str]:
    """Each of them once, in this order."""
    return list(dict.fromkeys(texts))


def called_in(tree: ast.Module) -> list[str]:
    """The functions of a library that a file calls with one thing, or may call."""
    usual = ["np.tanh", "np.sign"] if "np" in defined_in(tree) else []
    calls = [n for n in nodes_in(tree, ast.Call) if len(n.args) == 1]
    called = [ast.unparse(n.func) for n in calls if isinstance(n.func, ast.Attribute)]
    return usual + [text for text in called if text.startswith(_ENTRY_BY_ENTRY)]


def takes_one(method: Function) -> bool:
    """Whether a method wants one argument."""
    names = [a.arg for a in method.args.args if a.arg not in ("self", "cls")]
    return len(names) - len(method.args.defaults) == 1 and method.name[:1] != "_"


def computes(function: ast.AST, tree: ast.Module) -> bool:
    r"""Whether a function looks as if it did no more than compute: it may be tried.

    One that draws, prints, stores or opens something is never called for a trial.

    Examples
    --------
    >>> tree = ast.parse(
    ...     "def f(z): return np.tanh(z)\n"
    ...     "def g(z): return f(z) + z.sum()\n"
    ...     "def save(z): np.save('z', z)\n"
    ...     "def h(z): save(z)\n"
    ... )
    >>> [computes(f, tree) for f in tree.body]
    [True, True, False, False]
    """
    own = {n.name: n for n in tree.body if isinstance(n, DEFS)}
    seen: list[ast.AST] = [function]
    for at in seen:  # grows by what is called
        for node in ast.walk(at):
            if isinstance(node, ast.Global | ast.Import | ast.ImportFrom | ast.With):
                return False
            if not isinstance(node, ast.Call):
                continue
            parts = ast.unparse(node.func).split(".")
            if parts[0] in own and len(parts) == 1:
                seen += [own[parts[0]]] if own[parts[0]] not in seen else []
            elif parts[0] in LIBRARIES or len(parts) > 1:
                if _ACTS & set(parts):
                    return False
            elif parts[0] not in _BUILTINS:
                return False
    return True


LIBRARIES = ("np", "numpy", "math")
_OF_NUMBERS = ("abs", "float", "int", "max", "min", "pow", "round", "sum")
_OF_LISTS = ("enumerate", "len", "list", "map", "range", "reversed", "sorted", "tuple")
_BUILTINS = (*_OF_NUMBERS, *_OF_LISTS, "isinstance", "zip")
_DRAWS = ("random", "default_rng", "seed", "normal", "uniform")
_STORES = ("save", "savez", "savetxt", "tofile", "load", "dump", "write", "open")
_CHANGES = ("update", "clear", "step", "train", "backward", "fit")
_ACTS = frozenset([*_DRAWS, *_STORES, *_CHANGES, "print", "show", "plot"])
"""What a function calls that does more than compute."""


def constants_of(tree: ast.Module) -> list[str]:
    """What it gives a number to, outside of functions."""
    found = []
    for node in tree.body:
        if isinstance(node, ast.Assign):
            both = _elements(node.targets[0]), _elements(node.value)
            found += [
                target.id
                for target, value in zip(*both, strict=False)
                if isinstance(target, ast.Name)
                and isinstance(value, ast.Constant)
                and type(value.value) in (int, float)
            ]
    return unique(found)


def _elements(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]


def defined_in(tree: ast.Module) -> set[str]:
    """The classes, functions and modules of a file."""
    found = {n.name for n in nodes_in(tree, ast.ClassDef, *DEFS)}
    imports = [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
    names = [a.asname or a.name for n in imports for a in n.names]
    return found | {name.split(".")[0] for name in names}


def unused_in(function: ast.AST) -> set[str]:
    """The names that a function takes or gives a value to, and never reads.

    Of many, as where a tuple is unpacked, nothing can be concluded: then none.
    """
    names = list(nodes_in(function, ast.Name))
    stored = {n.id for n in names if isinstance(n.ctx, ast.Store)}
    stored |= {n.arg for n in nodes_in(function, ast.arg)}
    read = {n.id for n in names if isinstance(n.ctx, ast.Load)}
    unused = stored - read - {"_", "self", "cls"}
    return unused if len(unused) <= FORGOTTEN else set()


def unused_in_turns(statement: ast.AST) -> set[str]:
    """The names that a comprehension in a statement runs through, and never reads.

    Examples
    --------
    >>> unused_in_turns(ast.parse("[g for s, g in zip(a, b)]"))
    {'s'}
    """
    kinds = ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp
    return {name for n in nodes_in(statement, *kinds) for name in unused_in(n)}


def alike(node: ast.expr) -> list[str]:
    """It, and the same with the numbers in its names one more and one less."""
    shifted = (Shifted(by).visit(copy.deepcopy(node)) for by in (-1, 1))
    return unique(map(ast.unparse, [node, *shifted]))


class Shifted(ast.NodeTransformer):
    """The numbers in names and indices, one more or one less."""

    def __init__(self, by: int) -> None:
        self.by = by

    def _of_name(self, name: str) -> str:
        stem = name.rstrip("0123456789")
        if stem in ("", name):
            return name
        return f"{stem}{int(name[len(stem) :]) + self.by}"

    def visit_Name(self, node: ast.Name) -> ast.Name:
        """A name."""
        node.id = self._of_name(node.id)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """A field."""
        self.generic_visit(node)
        node.attr = self._of_name(node.attr)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """An item."""
        self.generic_visit(node)
        index = node.slice
        if isinstance(index, ast.Constant) and type(index.value) is int:
            node.slice = ast.Constant(max(index.value + self.by, 0))
        return node
