r"""A formula as a tree: a grammar of the TeX that these pages use.

>>> read(r"a(1 - a)")
('apply', ('symbol', 'a'), ('difference', ('number', 1), ('symbol', 'a')))
"""

from sitebuild.maths.tokens import (
    FUNCTIONS,
    GREEK,
    RELATIONS,
    UnreadError,
    statements,
    tokens,
)
from sitebuild.maths.trees import Node

_CLOSING = {"(": ")", "[": "]", "|": "|", "‖": "‖", "{": "}"}
_ENDS = {")", "]", "}", ",", *RELATIONS, "+", "-", "/", r"\cdot", r"\odot", "×"}


def read(tex: str) -> Node:
    """The tree of one expression or of one chain of relations."""
    return chain(tokens(tex))


def read_all(tex: str) -> list[list[Node]]:
    """The trees of all that a formula says, equivalent forms together."""
    return [[chain(form) for form in forms] for forms in statements(tex)]


def chain(found: list[str]) -> Node:
    """The tree of the tokens of one expression or of one chain of relations."""
    reader = _Reader(found)
    node = reader.chain()
    if reader.rest:
        raise UnreadError(f"{reader.next!r} cannot stand there")
    return node


class _Reader:
    """Takes tokens from the left."""

    def __init__(self, found: list[str]) -> None:
        self.rest = list(found)
        self.bars: list[str] = []

    @property
    def next(self) -> str:
        return self.rest[0] if self.rest else ""

    def take(self, wanted: str = "") -> str:
        if not self.rest or (wanted and self.next != wanted):
            raise UnreadError(
                f"{wanted or 'something'!r} is missing before {self.next!r}"
            )
        return self.rest.pop(0)

    def chain(self) -> Node:
        sides, relations = [self.sum()], []
        while self.next in RELATIONS:
            relations.append(RELATIONS[self.take()])
            sides.append(self.sum())
        return ("chain", tuple(relations), *sides) if relations else sides[0]

    def sum(self) -> Node:
        if self.next in {"-", "+"}:
            sign = self.take()
            node = self.product()
            node = ("negative", node) if sign == "-" else node
        else:
            node = self.product()
        while self.next in {"+", "-"}:
            kind = "sum" if self.take() == "+" else "difference"
            node = (kind, node, self.product())
        return node

    def product(self) -> Node:
        node = self.factor()
        while self.rest and (
            self.next not in _ENDS or self.next in {"/", r"\cdot", r"\odot"}
        ):
            if self.next in self.bars:
                break
            if self.next == "/":
                self.take()
                node = ("quotient", node, self.factor())
            elif self.next == r"\odot":
                self.take()
                node = ("entrywise", node, self.factor())
            else:
                if self.next == r"\cdot":
                    self.take()
                node = ("product", node, self.factor())
        return node

    def factor(self) -> Node:
        if slope := self._slope_in_line():
            return slope
        return self._postfixes(self._base())

    def _base(self) -> Node:
        token = self.take()
        if token in {"(", "[", "|", "‖", "{"}:
            return self._bracket(token)
        if token[0].isdigit():
            return ("number", float(token) if "." in token else int(token))
        if token.startswith("\\") and token[1:] in FUNCTIONS:
            return self._function(("symbol", FUNCTIONS[token[1:]]))
        if token.startswith("text:"):
            return self._function(("symbol", token[5:]))
        if token.startswith("\\") and token[1:] in GREEK:
            return ("symbol", GREEK[token[1:]])
        if method := getattr(self, "_" + token[1:], None) if token[0] == "\\" else None:
            node: Node = method()
            return node
        if token.isalpha():
            return ("symbol", token)
        raise UnreadError(f"{token!r} is not in the grammar")

    def _bracket(self, opening: str) -> Node:
        closing = _CLOSING[opening]
        if opening in {"|", "‖"}:
            self.bars.append(closing)
            inner = self.sum()
            self.bars.pop()
            self.take(closing)
            return ("size" if opening == "|" else "norm", inner)
        outer, self.bars = self.bars, []
        parts = [self.sum()]
        while self.next == ",":
            self.take()
            parts.append(self.sum())
        self.bars = outer
        self.take(closing)
        if opening == "[":
            return ("interval", *parts)
        return ("row", *parts) if len(parts) > 1 else parts[0]

    def _group(self) -> "_Reader":
        """What stands in braces, or the one token that stands without."""
        if self.next != "{":
            return _Reader([self.take()])
        depth, inner = 0, []
        while True:
            token = self.take()
            depth += (token == "{") - (token == "}")
            if not depth:
                return _Reader(inner[1:])
            inner.append(token)

    def _frac(self) -> Node:
        above, below = self._group(), self._group()
        marks = {r"\partial", "d"}
        if above.next in marks and below.next == above.next and len(above.rest) > 1:
            above.take(), below.take()
            return ("slope", above.all(), below.all())
        return ("quotient", above.all(), below.all())

    def all(self) -> Node:
        """The tree of all the tokens that are left."""
        return chain(self.rest)

    def _slope_in_line(self) -> Node | None:
        """A slope that is written with a stroke: da/dz."""
        mark = self.next
        if mark not in {r"\partial", "d"} or "/" not in self.rest:
            return None
        stroke = self.rest.index("/")
        if self.rest[stroke + 1 : stroke + 2] != [mark] or stroke < 2:
            return None
        above = _Reader(self.rest[1:stroke])
        upper = above.factor()
        if above.rest:
            return None
        self.rest = self.rest[stroke + 2 :]
        return ("slope", upper, self.factor())

    def _sqrt(self) -> Node:
        return ("root", self._group().all())

    def _underset(self) -> Node:
        shape = [int(size) for size in self._group().rest if size != "×"]
        return self._postfixes(("shaped", tuple(shape), self._group().all()))

    def _tilde(self) -> Node:
        return ("symbol", f"{self._group().all()[1]}_tilde")

    def _nabla(self) -> Node:
        self.take("_")
        by = self._group().all()
        return ("slope", self.factor(), by)

    def _sum(self) -> Node:
        over = ""
        if self.next == "_":
            self.take()
            over = "".join(self._group().rest)
        return ("total", over.removeprefix("text:"), self.product())

    def _prod(self) -> Node:
        """A product from a number to a number, as `_{i=1}^k`."""
        self.take("_")
        index, equals, first = self._group().rest
        self.take("^")
        last = self._group().all()
        if equals != "=":
            raise UnreadError("a product begins with i=1")
        return ("repeated", index, int(first), last, self.product())

    def _function(self, name: Node) -> Node:
        power = None
        if self.next == "^":
            self.take()
            power = self._group().all()
        if not self.rest or self.next in _ENDS:
            return name
        node: Node = ("apply", name, self._argument())
        return ("power", node, power) if power else node

    def _argument(self) -> Node:
        if self.next == "(":
            return self._bracket(self.take())
        return self.factor()

    def _postfixes(self, node: Node) -> Node:
        while self.next in {"'", "_", "^", "("}:
            mark = self.next
            if mark == "(":
                if node[0] not in {"symbol", "indexed", "prime", "power"}:
                    return node
                node = ("apply", node, self._argument())
                continue
            self.take()
            if mark == "'":
                node = ("prime", node)
            elif mark == "_":
                node = ("indexed", node, tuple(self._group().rest))
            elif (group := self._group()).rest == ["text:T"]:
                node = ("transposed", node)
            else:
                name = "".join(group.rest)
                node = ("power", node, group.all(), name)
        return node
