"""Expressions that are written from the value that a place needs."""

import ast

import numpy as np
import pytest
from programs import net_of

from backprop_explained import check_step, find_first_wrong
from backprop_explained.check.line.solving import Equations
from backprop_explained.check.line.synthesis import Sought, bracketed, distance

NET = """
class Net:
    def __init__(self):
        rng = np.random.default_rng(0)
        self.x, self.t = rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
        self.p = {
            "Ua": rng.normal(size=(3, 3)),
            "Ub": rng.normal(size=(3, 3)),
            "V": rng.normal(size=(3, 2)),
        }

    def forward(self):
        p = self.p
        self.a = np.tanh(self.x @ p["Ua"])
        self.b = np.tanh(self.a @ p["Ub"])
        self.c = self.a + self.b
        return self.c @ p["V"]

    def cost(self):
        return float(np.sum((self.forward() - self.t) ** 2))

    def step(self):
        e, p = 2 * (self.forward() - self.t), self.p
        g = {"V": self.c.T @ e}
        dc = e @ p["V"].T
        db = dc * (1 - self.b**2)
        g["Ub"] = self.a.T @ db
        da = dc
        g["Ua"] = self.x.T @ (da * (1 - self.a**2))
        for name in g:
            p[name] -= 0.01 * g[name]
"""


def corrected(text, parameters):
    """The first line that is named, and that what it corrects is right."""
    net = net_of(text)
    step, cost, where = net.step, net.cost, parameters(net)
    line = find_first_wrong(step, cost, where, 0.01, source=text).lines[0]
    assert line.corrected != ""
    net = net_of(line.corrected)
    assert check_step(net.step, net.cost, parameters(net), 0.01)
    return line


def test_a_path_that_was_forgotten_is_written_with_a_key_that_is_not_read_there():
    line = corrected(NET, lambda net: net.p)
    assert "db @ p['Ub'].T" in line.advice
    assert line.lines[0] in (28, 29)


TREE = """
class Net:
    def __init__(self):
        rng = np.random.default_rng(3)
        self.x, self.t = rng.normal(size=3), rng.normal(size=3)
        self.W, self.b = rng.normal(size=(3, 3)), rng.normal(size=3)

    def forward(self, h, times):
        self.seen = []
        for _ in range(times):
            self.seen.append(h)
            h = np.tanh(self.W @ h + self.b)
        return h

    def cost(self):
        return float(np.sum((self.forward(self.x, 2) - self.t) ** 2))

    def step(self):
        h = self.forward(self.x, 2)
        dW, db = np.zeros((3, 3)), np.zeros(3)
        d = 2 * (h - self.t)
        for before in self.seen[::-1]:
            dW += np.outer(d, before)
            db += d
            d = self.W.T @ d
            h = before
        self.W -= 0.01 * dW
        self.b -= 0.01 * db
"""


def test_a_statement_that_is_missing_is_put_before_the_first_that_reads_its_name():
    line = corrected(TREE, lambda net: (net, "W", "b"))
    named = TREE.splitlines()[line.lines[0] - 1]
    assert named == "            dW += np.outer(d, before)"
    assert line.advice.startswith("d = d * (1 - h ** 2); dW += ")


def sought(text, own, true, names):
    """The entries of `true` are wanted, one equation for each."""
    goal = (true - own).ravel()
    equations = Equations(np.eye(own.size), goal, own.ravel().astype(float))
    return Sought(text, [own], equations).texts({t: [v] for t, v in names.items()})


RNG = np.random.default_rng(7)
A, B, C = RNG.normal(size=(3, 2, 3))
D = RNG.normal(size=(2, 2))


@pytest.mark.parametrize(
    ("own", "value", "true", "text"),
    [
        ("a", A, B, "b"),
        ("a * b", A * B, A * B * C, "a * b * c"),
        ("a", A, A * (1 - B), "a * (1 - b)"),
        ("a", A, A + D @ B, "a + d @ b"),
        ("a", A, A - B * C, "a - b * c"),
        ("a + b", A + B, (A + B) / C, "(a + b) / c"),
        ("a", A, D @ B * C, "d @ b * c"),
    ],
)
def test_the_right_value_is_written(own, value, true, text):
    names = {"a": A, "b": B, "c": C, "d": D, "1": np.array(1.0), "1 - b": 1 - B}
    found = sought(own, value, true, names)
    values = {"a": A, "b": B, "c": C, "d": D}
    assert text in found
    for each in found:
        np.testing.assert_allclose(eval(each, values), true)


def test_the_nearest_text_comes_first():
    found = sought("a * b", A * B, A * C, {"a": A, "b": B, "c": C, "a2": A.copy()})
    assert found[0] == "a * c"


def test_nothing_is_written_that_has_another_value():
    assert sought("a", A, np.exp(A), {"a": A, "b": B, "c": C}) == []


def test_one_visit_that_fits_is_not_enough():
    wanted = [B, C]
    own = np.concatenate([A.ravel(), A.ravel()])
    goal = np.concatenate([w.ravel() for w in wanted]) - own
    equations = Equations(np.eye(own.size), goal, own)
    texts = Sought("a", [A, A], equations).texts
    assert texts({"b": [B, B]}) == []
    assert texts({"b": [B, B], "c": [B, C]}) == ["c"]


def test_a_text_next_to_an_operator_has_brackets_if_it_needs_them():
    for text in ("a", "a.b[i + 1]", "f(a - b)", "a + b", "-a", "a.T @ b", "(a) * (b)"):
        alone = ast.unparse(ast.parse(f"2 ** {bracketed(text)}"))
        assert alone == ast.unparse(ast.parse(f"2 ** ({text})"))


def test_a_text_is_nearer_the_fewer_of_its_nodes_are_new():
    assert distance("a * b", "a * b") == 0
    near = [distance("a * b", t) for t in ("a * c", "f(a - c) * d / 2")]
    assert near == sorted(near)
    assert distance("a[i][j]", "a[j][i]") > 0


# ---- what can be read
