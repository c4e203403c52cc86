"""The equations that the pages display, proven by SymPy."""

import sympy as sp

z, a, y = sp.symbols("z a y", real=True)
SIGMA = 1 / (1 + sp.exp(-z))


def same(left, right):
    return sp.simplify(left - right) == 0


def test_each_step_of_the_slope_in_z():
    slope = sp.diff(SIGMA, z)
    assert same(slope, sp.exp(-z) / (1 + sp.exp(-z)) ** 2)
    assert same(slope, SIGMA * sp.exp(-z) / (1 + sp.exp(-z)))
    assert same(slope, SIGMA * (1 - SIGMA))
    assert not same(slope, SIGMA * (1 + SIGMA))


def test_each_step_of_the_slope_by_the_inverse():
    inverse = sp.log(a / (1 - a))
    assert same(SIGMA.subs(z, inverse), a)
    assert same(sp.diff(inverse, a), 1 / a + 1 / (1 - a))
    assert same(1 / a + 1 / (1 - a), 1 / (a * (1 - a)))


def test_the_other_cost_of_the_mistaken_output_layer():
    at_a = sp.diff(SIGMA, z).subs(z, a)  # the slope read at the output
    other = (a - y) * at_a / (a * (1 - a))
    assert same(other * a * (1 - a), (a - y) * at_a)
    assert other.subs(a, y) == 0
    below, above = ({a: y - 0.01}, {a: y + 0.01})
    for target in (0.1, 0.5, 0.9):  # falling before the target, rising after it
        assert other.subs(below).subs(y, target) < 0 < other.subs(above).subs(y, target)


def test_each_step_of_the_slope_of_cross_entropy():
    cost = -(y * sp.log(a) + (1 - y) * sp.log(1 - a))
    assert same(sp.diff(cost, a), -y / a + (1 - y) / (1 - a))
    assert same(sp.diff(cost, a), (a - y) / (a * (1 - a)))
    assert same(sp.diff(cost.subs(a, SIGMA), z), SIGMA - y)


def test_softmax_has_a_full_jacobian_and_ends_in_a_minus_y():
    zs, ys = sp.symbols("z1:4", real=True), (0, 1, 0)
    total = sum(map(sp.exp, zs))
    outputs = [sp.exp(value) / total for value in zs]
    for i, output in enumerate(outputs):
        for j, value in enumerate(zs):
            expected = output * (int(i == j) - outputs[j])
            assert same(sp.diff(output, value), expected)
    cost = -sum(t * sp.log(output) for t, output in zip(ys, outputs, strict=True))
    for value, output, target in zip(zs, outputs, ys, strict=True):
        assert same(sp.diff(cost, value), output - target)


def test_the_slope_of_softplus_read_off_its_output():
    softplus = sp.log(1 + sp.exp(z))
    assert same(sp.diff(softplus, z), 1 - sp.exp(-softplus))
