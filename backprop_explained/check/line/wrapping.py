"""A call put round each expression of somebody's source.

The call hands the value to a recorder and takes its answer in its place.  Nothing else
of the program is different: what is evaluated, and in which order, stays as it was.
"""

import ast

from backprop_explained.check.line.expression import Expression, place_in

RECORDER = "__recorded__"
"""The name under which the wrapped code finds the recorder."""

_KINDS: dict[type[ast.AST], str] = {
    ast.BinOp: "value",
    ast.Call: "value",
    ast.UnaryOp: "value",
    ast.IfExp: "value",
    ast.Compare: "comparison",
    ast.Name: "read",
    ast.Attribute: "read",
    ast.Subscript: "read",
}


class Wrapper(ast.NodeTransformer):
    """Puts a call of the recorder round each expression that can hold a number.

    It adds the expressions to a list, in the order in which they are met.
    """

    def __init__(self, source: str, file: str, expressions: list[Expression]) -> None:
        self.source, self.file, self.expressions = source, file, expressions
        self._lines = source.splitlines()
        self._parts: list[list[Expression]] = [[]]
        self._functions: list[tuple[str, tuple[str, ...], int]] = [("", (), 0)]
        self._of_call: dict[int, Expression] = {}

    def visit(self, node: ast.AST) -> ast.AST | list[ast.AST]:
        """Wrap what is inside, then the node itself."""
        if type(node) not in _KINDS or not isinstance(
            getattr(node, "ctx", ast.Load()), ast.Load
        ):
            return super().visit(node)  # type: ignore[no-any-return]
        self._parts.append([])
        inner: ast.AST = (
            self._call(node) if isinstance(node, ast.Call) else self.generic_visit(node)
        )
        return self._wrap(node, inner, _KINDS[type(node)], self._parts.pop())

    def _call(self, node: ast.Call) -> ast.Call:
        """What is called is no number; what it is looked up in may be one."""
        is_named = isinstance(node.func, ast.Name | ast.Attribute)
        visit = self.generic_visit if is_named else self.visit
        node.func = visit(node.func)  # type: ignore[assignment]
        node.args = [self.visit(a) for a in node.args]  # type: ignore[misc]
        for keyword in node.keywords:
            keyword.value = self.visit(keyword.value)  # type: ignore[assignment]
        return node

    def _wrap(
        self, node: ast.AST, inner: ast.AST, kind: str, parts: list[Expression]
    ) -> ast.AST:
        function, arguments, top = self._functions[-1]
        found = Expression(
            *place_in(self._lines, self.file, node),
            ast.get_source_segment(self.source, node) or "?",
            kind,
            is_call=isinstance(node, ast.Call),
            function=function,
            top=top,
            arguments=arguments,
            parts=parts,
            index=len(self.expressions),
        )
        self.expressions.append(found)
        self._parts[-1].append(found)
        call = ast.Call(
            ast.Name(RECORDER, ast.Load()),
            [ast.Constant(found.index), inner],  # type: ignore[list-item]
            [],
        )
        self._of_call[id(call)] = found
        return ast.copy_location(call, node)

    # ---- functions and statements

    def _inside(self, name: str, node: ast.FunctionDef | ast.Lambda) -> None:
        names = tuple(a.arg for a in [*node.args.posonlyargs, *node.args.args])
        self._functions.append((name, names, node.lineno))
        if isinstance(node, ast.Lambda):
            node.body = self.visit(node.body)  # type: ignore[assignment]
        else:
            self.generic_visit(ast.Module(node.body, []))
        self._functions.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Its body alone: decorators, defaults and annotations ran long ago."""
        self._inside(node.name, node)
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        """Its body."""
        self._inside("lambda", node)
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        """Text for people is left alone."""
        return node

    def visit_match_case(self, node: ast.match_case) -> ast.AST:
        """Its body; a pattern is no expression."""
        self.generic_visit(ast.Module(node.body, []))
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        """What it assigns bears the name of the target."""
        targets = [ast.unparse(target) for target in node.targets]
        self.generic_visit(node)
        node.value = self._constant(node.value)
        found = self._of_call.get(id(node.value))
        if found and len(targets) == 1:
            found.target = targets[0]
        if found and found.kind in ("read", "constant"):
            found.hands_on = True
        self._listed(node.value)
        return node

    def _listed(self, node: ast.expr) -> None:
        """The names in a list, a tuple or a dictionary are only handed on."""
        elements = getattr(node, "elts", getattr(node, "values", []))
        for inner in [e for e in elements if isinstance(e, ast.expr)]:
            found = self._of_call.get(id(inner))
            if found and found.kind == "read":
                found.hands_on = True
            self._listed(inner)

    def visit_Return(self, node: ast.Return) -> ast.AST:
        """What it returns may only be handed on."""
        self.generic_visit(node)
        if node.value is None:
            return node
        node.value = self._constant(node.value)
        found = self._of_call.get(id(node.value))
        if found:
            found.is_returned = True
            found.hands_on = found.kind in ("read", "constant") or found.is_call
        self._listed(node.value)
        return node

    def _constant(self, node: ast.expr) -> ast.expr:
        """A number that stands alone may stand for what was forgotten."""
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return self._wrap(node, node, "constant", [])  # type: ignore[return-value]
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST | list[ast.AST]:
        """`x += e` becomes `x += e; x = recorded(x)`."""
        text = ast.unparse(node.target)
        node.value = self.visit(node.value)  # type: ignore[assignment]
        again = ast.parse(f"{text} = {text}").body[0]
        assert isinstance(again, ast.Assign)
        inner = again.value
        again.value = self._wrap(node, inner, "update", [])  # type: ignore[assignment]
        self.expressions[-1].target = text
        return [node, ast.copy_location(again, node)]


def wrapped(source: str, file: str, expressions: list[Expression]) -> ast.Module:
    r"""The tree of a source with every expression wrapped.

    Examples
    --------
    >>> found = []
    >>> tree = wrapped("def f(a, b):\n    return a * b + 1\n", "f.py", found)
    >>> [e.text for e in found]
    ['a', 'b', 'a * b', 'a * b + 1']
    >>> namespace = {RECORDER: lambda index, value: value}
    >>> exec(compile(tree, "f.py", "exec"), namespace)
    >>> namespace["f"](2, 3)
    7
    """
    tree = ast.parse(source)
    Wrapper(source, file, expressions).visit(tree)
    return ast.fix_missing_locations(tree)
