"""Which of several changes that repair is named."""

import pytest
from programs import found_in

GATED = """
class Net:
    def __init__(self):
        self.w = np.array([0.3, -0.7, 0.2])

    def cost(self):
        self.out = []
        for w in self.w:
            z = 2.0 * w
            self.out.append(z if z > 0 else 0.0)
        return sum((a - 1.0) ** 2 for a in self.out)

    def step(self):
        self.cost()
        for j in range(3):
            z, a = 2.0 * self.w[j], self.out[j]
            error = 2.0 * (a - 1.0)
            slope = 0.0
            if GATE:
                slope = error
            self.w[j] = self.w[j] - 0.1 * 2.0 * slope
"""


def named(gate):
    text = GATED.replace("GATE", gate)
    rows = text.splitlines()
    found = found_in(text).lines
    return [(rows[line.lines[0] - 1].strip(), line.advice) for line in found]


def test_a_gate_that_is_open_at_zero_is_named_before_a_name_that_nothing_reads():
    assert named("a >= 0") == [("if a >= 0:", "a > 0")]


@pytest.mark.parametrize("gate", ["a > 0", "z > 0", "z >= 0"])
def test_a_gate_that_is_right_is_not(gate):
    assert named(gate) == []
