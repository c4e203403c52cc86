"""What may be written in a place: names, fields, items, slopes, calls of helpers."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from itertools import permutations, product

from backprop_explained.check.line.edit import nodes_in
from backprop_explained.check.line.environment import COPIED
from backprop_explained.check.line.names import LIBRARIES, computes, unique
from backprop_explained.check.line.scope import Scope
from backprop_explained.check.line.source import DEFS, Source

READS = 48
"""So many names, fields and items are read at most."""

INDICES, MOST_INDICES = 8, 3
"""So many indices are tried in the place of each one of an item, which has so many."""

BASES, CUTS = 4, 8
"""So many things are looked up by every key, and cut by every slice of the file."""

SLOPES = ("1 - {0}", "{0} * (1 - {0})", "1 - {0} ** 2", "{0} > 0", "{0} ** 2")
SHAPES = ("{0}.T", "{0}.sum(axis=0)", "{0}.sum(axis=1, keepdims=True)", "{0}.mean()")

KEPT = 20_000
"""Of so many texts it is remembered whether they do no more than compute."""

NUMBERS = ("1", "2", "0.5")
_PAIRS = ("np.cos", "np.sin", "np.tanh", "np.exp", "np.sign", "np.sqrt", "np.abs")
"""What may be called besides what the file calls."""

_METHODS = ("sum", "mean", "dot", "copy", "reshape", "len", "abs", "float", "range")


def readable(scope: Scope, node: ast.expr) -> dict[str, str]:
    r"""What may be written in the place of an expression, and how it is evaluated.

    Parameters
    ----------
    scope : Scope
        What can be read in its function.
    node : ast.expr
        The expression.

    Examples
    --------
    >>> from backprop_explained.check.line.source import Source
    >>> source = Source("def f(a, b):\n    return a * b\n", "f.py")
    >>> scope = Scope(source, source.tree.body[0])
    >>> list(readable(scope, source.tree.body[0].body[0].value))[:3]
    ['a', 'b', 'len(a)']
    """
    parts = [ast.unparse(n) for n in ast.walk(node) if n is not node]
    near = [r for r in _loaded(scope) if r not in scope.names]
    reads = unique([*near, *scope.reads, *scope.constants])[:READS]
    reads = unique([*reads, *_items(scope, near)])[: 2 * READS]
    nodes = scope.source.nodes((ast.BinOp, ast.Call))
    written = unique(ast.unparse(n) for n in nodes if scope.is_at_hand(n))[:READS]
    texts = [*parts, *reads, *scope.numbers, *NUMBERS, *written]
    texts += [form.format(read) for form in (*SHAPES, *SLOPES) for read in reads]
    found = {text: text for text in texts if _is_pure(text)}
    reads, keeping = list(filter(_is_pure, reads)), _keeping(scope.source)
    for function in unique([*scope.functions, *_PAIRS]):
        if function.rpartition(".")[2] not in keeping:
            found |= {f"{function}({r})": f"{function}({COPIED}({r}))" for r in reads}
    return found | _with_arguments(scope, node, reads, keeping)


def _with_arguments(
    scope: Scope, node: ast.expr, reads: list[str], keeping: set[str]
) -> dict[str, str]:
    """The calls that stand in an expression, with another argument."""
    known, found = {n.name: n for n in scope.source.nodes(DEFS)}, {}
    for call in nodes_in(node, ast.Call):
        function = ast.unparse(call.func)
        name, own = function.rpartition(".")[2], [ast.unparse(a) for a in call.args]
        if name in keeping or call.keywords or not all(map(_is_pure, own)):
            continue
        if name in known and not computes(known[name], scope.source.tree):
            continue
        if name in known or _is_pure(ast.unparse(call)):
            for n, read in product(range(len(own)), reads):
                texts = [*own[:n], read, *own[n + 1 :]]
                copied = ", ".join(f"{COPIED}({t})" for t in texts)
                found[f"{function}({', '.join(texts)})"] = f"{function}({copied})"
    return found


def _keeping(source: Source) -> set[str]:
    """The functions that store something in an object, or may never end."""
    return {
        d.name
        for d in source.nodes(DEFS)
        for n in ast.walk(d)
        if isinstance(n, ast.While)
        or (
            isinstance(getattr(n, "ctx", None), ast.Store)
            and ast.unparse(n).startswith("self.")
        )
    }


@lru_cache(KEPT)
def _is_pure(text: str) -> bool:
    """Whether it is an expression that does no more than compute."""
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError:
        return False
    for node in ast.walk(tree):
        if isinstance(node, ast.NamedExpr | ast.Await | ast.Yield | ast.Lambda):
            return False
        if isinstance(node, ast.Call):
            base, _, last = ast.unparse(node.func).rpartition(".")
            if base not in LIBRARIES and last not in _METHODS:
                return False
            if any(k.arg == "out" for k in node.keywords):
                return False
    return True


def _loaded(scope: Scope) -> list[str]:
    """What the function itself reads."""
    nodes = nodes_in(scope.function, ast.Name, ast.Attribute, ast.Subscript)
    return unique(t for n in nodes if (t := ast.unparse(n)) in scope.reads)


def _items(scope: Scope, reads: list[str]) -> list[str]:
    """Items that the function does not read, by the keys and indices that are used."""
    nodes = [ast.parse(read, mode="eval").body for read in reads]
    items = [n for n in nodes if isinstance(n, ast.Subscript)]
    keyed = unique(ast.unparse(n.value) for n in items if _is_key(n.slice))
    found = [f"{base}[{key}]" for base in keyed[:BASES] for key in scope.keys]
    found += _turned(items)
    cuts = unique(_cuts(scope))[:CUTS]
    for node in [n for n in items if isinstance(n.slice, ast.Slice)]:
        found += [f"{ast.unparse(node.value)}[{cut}]" for cut in cuts]
    indexed = {ast.unparse(n.value) for n in scope.source.nodes((ast.Subscript,))}
    bare = [r for r in scope.reads if r in indexed][:INDICES]
    return [*found, *(f"{n}[{i}]" for n in bare for i in _indices(items))]


def _is_key(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _cuts(scope: Scope) -> Iterator[str]:
    """The slices of the file, and what they leave over."""
    for node in scope.source.nodes((ast.Slice,)):
        if scope.is_at_hand(node) and not node.step:
            low, high = (ast.unparse(n) if n else "" for n in (node.lower, node.upper))
            yield f"{low}:{high}"
            yield from [f":{low}"] if low else []
            yield from [f"{high}:"] if high else []


def _indices(items: list[ast.Subscript]) -> list[str]:
    """What is used as an index, those with a name in them."""
    kinds = ast.Name | ast.BinOp | ast.UnaryOp | ast.Attribute
    slices = [n.slice for n in items if isinstance(n.slice, kinds)]
    return unique(map(ast.unparse, slices))[:INDICES]


def _turned(items: list[ast.Subscript]) -> list[str]:
    """Items of items, their indices in another order, or one of them another one."""
    found = []
    for item in items:
        base, indices = item.value, [ast.unparse(item.slice)]
        while isinstance(base, ast.Subscript):
            indices.insert(0, ast.unparse(base.slice))
            base = base.value
        if not 1 < len(indices) <= MOST_INDICES:
            continue
        others = [list(order) for order in permutations(indices)]
        for n in range(len(indices)):
            for other in _indices(items):
                others.append([*indices[:n], other, *indices[n + 1 :]])
        found += [ast.unparse(base) + "".join(f"[{i}]" for i in o) for o in others]
    return unique(found)
