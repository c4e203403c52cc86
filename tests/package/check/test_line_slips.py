"""Changes of a line that undo one kind of slip each, and what they leave alone."""

import ast

import pytest

from backprop_explained.check.line.analogies import of_analogy
from backprop_explained.check.line.curves import of_curve, of_listed
from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.edits import edits
from backprop_explained.check.line.gathered import (
    of_axis,
    of_index,
    of_item,
    of_repeated,
    of_slice,
)
from backprop_explained.check.line.names import unused_in_turns
from backprop_explained.check.line.orders import of_place
from backprop_explained.check.line.plausible import agreement, shape
from backprop_explained.check.line.scope import Scope
from backprop_explained.check.line.source import Source


def statements(body):
    """The statements of a function, with its source and its scope."""
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    source = Source(f"import numpy as np\ndef step(x, y, z, m):\n{lines}\n", "net.py")
    function = source.tree.body[1]
    return source, Scope(source, function), function.body


def expression(text):
    return ast.parse(text, mode="eval").body


def texts(edits):
    return [edit.text for edit in edits]


def analogies(body, index):
    _, scope, block = statements(body)
    return texts(of_analogy(block[index], scope))


def test_what_a_statement_like_it_has_is_carried_over():
    body = "d1 = d2 = x\nw2 = y.T @ d2 / m\nw1 = x.T @ d1"
    assert "x.T @ d1 / m" in analogies(body, 2)


@pytest.mark.parametrize(
    "body",
    [
        "d2 = y * (1 - z)\nd1 = x",  # not alike
        "w2 = y.T @ z / m\nw1 = y.T @ z / m",  # as it is
        "w2 += y.T @ z / m\nw1 = y.T @ z",  # another kind
    ],
)
def test_where_nothing_is_missing_nothing_is_carried_over(body):
    assert analogies(body, 1) == []


def test_an_analogy_uses_no_name_that_means_nothing_here():
    body = "d2 = y * slope(z2)\nd1 = x"
    assert "x * slope(z1)" not in analogies(body, 1)


def test_layers_are_counted_down_where_names_are_in_another_order():
    body = "a1 = d1 = a2 = d2 = x\nw2 = a2.T.dot(d2)\nw1 = d1.T.dot(a1)"
    assert "a1.T.dot(d1)" in analogies(body, 2)


def curve(text, *others):
    return texts(of_curve(expression(text), *others))


def test_a_slope_may_be_that_of_another_activation():
    assert "1 - a ** 2" in curve("a * (1 - a)")
    assert "a * (1 - a)" in curve("1 - np.power(a, 2)")
    assert "e * (1 - a ** 2)" in curve("e * a * (1 - a)")
    assert "1 - z ** 2" in curve("1 - np.tanh(z) ** 2")


def of_names(body):
    _, scope, block = statements(body)
    return texts(of_listed(block[0].value, block[0], scope))


def test_a_slope_may_be_missing_from_each_entry_of_a_list():
    found = of_names("d = x\nreturn [a * b for a, b in zip(d, y)]")
    assert "[d * (1 - a ** 2) for d, a in zip(x, y)]" in found
    assert of_names("d = x\nreturn d * y") == []  # arrays need none


def test_an_item_of_a_name_that_is_never_read_may_be_missing():
    _, scope, _ = statements("u = v = x\nfor k in range(m):\n    y[k] = v[k] * z")
    assert scope.forgotten == ["u[k]"]


def test_a_function_may_be_missing_in_a_slope():
    found = curve("1 - z**2", ["np.tanh"])
    assert "1 - np.tanh(z) ** 2" in found
    assert "np.tanh(z) > 0" not in found


@pytest.mark.parametrize("text", ["a * (1 - b)", "2 - a**2", "a - 1", "a * b", "f(a)"])
def test_what_is_no_slope_is_left_alone(text):
    assert curve(text) == []


def test_a_sum_may_be_along_another_axis():
    node = expression("np.sum(d, axis=1, keepdims=True)")
    assert "np.sum(d, axis=0, keepdims=True)" in texts(of_axis(node))
    assert ast.unparse(node) not in texts(of_axis(node))
    for other in ("np.max(d, axis=1)", "sum(d)", "np.sum(d, 0)"):
        assert not list(of_axis(expression(other)))


def repeated(body):
    _, scope, block = statements(body)
    return texts(of_repeated(block[0], scope))


def test_what_is_added_to_entries_may_be_added_once_for_each_of_them():
    assert repeated("x[y] += z") == ["np.add.at(x, y, z)"]
    assert repeated("x[y, 0] -= z") == ["np.subtract.at(x, (y, 0), z)"]
    for other in ("x += z", "x[y] *= z", "x[:, y] += z"):
        assert repeated(other) == []


def test_entries_may_be_those_that_are_read_elsewhere():
    for first, found in [("x[:, y] -= 1", ["x[range(m), y] -= 1"]), ("x -= 1", [])]:
        _, scope, block = statements(f"{first}\nreturn z[range(m), y]")
        assert texts(of_index(block[0], scope)) == found


def test_one_item_may_have_stood_for_the_sum_of_all():
    found = texts(of_item(expression("x[-1].grads[y]")))
    assert found == ["sum((item.grads[y] for item in x))"]
    for other in ("x[-1]", "x[k].grad", "x.grad"):
        assert not list(of_item(expression(other)))


def test_a_slice_may_be_a_block_of_a_length():
    _, scope, block = statements("return x[y : y + m]")
    assert "x[y * m:(y + 1) * m]" in texts(of_slice(block[0].value, scope))
    assert not list(of_slice(expression("x[y]"), scope))


def moved(body, at):
    source, _, _ = statements(body)
    nodes = (n for n in ast.walk(source.tree) if isinstance(n, ast.stmt))
    node = next(n for n in nodes if n.lineno == at)
    return [(e.kind, e.line, source.edited(e)) for e in of_place(source, node)]


def test_an_update_may_belong_after_several_statements():
    body = "x -= m\ny = x + 1\nz = x + 2"
    ((kind, line, text),) = moved(body, 3)
    assert (kind, line) == ("later", 3)
    assert text.splitlines()[2:] == ["    y = x + 1", "    z = x + 2", "    x -= m"]
    assert moved("x = m\ny = x + 1\nz = x + 2", 3) == []


def test_what_is_set_before_a_loop_may_belong_in_it():
    body = "s = 0\nfor k in m:\n    for j in k:\n        s += j\n    x[k] = s"
    ((kind, line, text),) = moved(body, 3)
    assert (kind, line) == ("loop", 3)
    assert text.splitlines()[4:6] == ["        s = 0", "        for j in k:"]
    ast.parse(text)


def test_the_last_statement_of_a_loop_may_belong_after_it():
    body = "for k in m:\n    x -= k\n    y -= x"
    ((kind, line, text),) = moved(body, 5)
    assert (kind, line) == ("loop", 5)
    assert text.rstrip().splitlines()[-1] == "    y -= x"
    assert moved("for k in m:\n    y -= x", 4) == []


def test_a_name_of_a_comprehension_may_have_been_forgotten():
    assert unused_in_turns(ast.parse("[b for a, b in zip(x, y)]")) == {"a"}
    assert unused_in_turns(ast.parse("[a + b for a, b in zip(x, y)]")) == set()


def agrees(call, becomes):
    text = f"def slope(z):\n    return z\ndef step(z, a):\n    return {call}\n"
    source = Source(text, "net.py")
    read = source.tree.body[1].body[0].value.args[0]
    return agreement(source, Edit((read,), becomes, 0, "name"))


def test_what_is_handed_over_agrees_with_the_name_of_the_parameter_or_not():
    assert agrees("slope(a)", "z") == 1
    assert agrees("slope(z)", "a") == -1
    assert agrees("slope(a)", "b") == 0
    assert agrees("other(z, 1)", "a") == 0


def test_a_list_is_not_put_in_itself():
    source, scope, block = statements("z.append(x)\nx = y")
    found = edits(source, block[0], scope)
    for_x = texts(edit for edit in found if ast.unparse(edit.nodes[0]) == "x")
    assert "y" in for_x
    assert "z" not in for_x


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("a * b / len(c)", "d * e / len(f)", True),
        ("a * b / len(c)", "d / e * len(f)", False),
        ("a * b + c - d / e", "f * g + h - i / j", True),
        ("a * b + c - d / e", "f * g - h + i / j", False),
    ],
)
def test_expressions_are_of_one_shape_whatever_they_name(one, other, alike):
    first, second = (shape(ast.parse(text)) for text in (one, other))
    assert first
    assert (first == second) == alike


def test_one_operator_is_no_shape():
    assert shape(ast.parse("a * b")) == ""
