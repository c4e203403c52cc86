"""Code pasted into a cell: its wrong line is shown there as it is on a desk."""

PASTED = """from backprop_explained import find_first_wrong

code = '''
import numpy as np

class Net:
    def __init__(self):
        rng = np.random.default_rng(0)
        self.x, self.y = rng.random((5, 3)), rng.random((5, 2))
        self.W, self.V = rng.normal(size=(3, 4)), rng.normal(size=(4, 2))

    def forward(self):
        self.h = np.tanh(self.x @ self.W)
        return self.h @ self.V

    def cost(self):
        return np.sum((self.forward() - self.y) ** 2) / 2

    def step(self):
        error = self.forward() - self.y
        delta = (error @ self.V.T) * (1 - self.h)
        self.V -= 0.1 * self.h.T @ error
        self.W -= 0.1 * self.x.T @ delta
'''
names = {}
exec(code, names)
net = names["Net"]()
print(find_first_wrong(net.step, net.cost, net, 0.1, source=code))
"""


WRONG = "        delta = (error @ self.V.T) * (1 - self.h)"


def test_a_pasted_class_gets_the_picture_of_its_wrong_line(shared):
    said = shared.run(PASTED).splitlines()
    number = PASTED.split("'''")[1].splitlines().index(WRONG) + 1
    assert said[0] == f"<string>, line {number}:   {WRONG.strip()}"
    assert said[0][said[1].index("~") :].rstrip(")") == "self.h"
    assert said[2] == "    write self.h**2"
    assert said[-2:] == ["    right as it is: dC/d V", "    then right: dC/d W"]
