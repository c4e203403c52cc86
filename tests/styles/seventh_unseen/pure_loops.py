"""Index loops over lists, a relu layer, and an update after every example."""

import random


class Net:
    def __init__(self, n_in, n_hidden, n_out, learning_rate):
        self.ni, self.nh, self.no = n_in, n_hidden, n_out
        self.learning_rate = learning_rate
        self.wi = [
            [random.uniform(-1, 1) for j in range(n_hidden)] for i in range(n_in)
        ]
        self.wo = [
            [random.uniform(-1, 1) for k in range(n_out)] for j in range(n_hidden)
        ]
        self.bh = [random.uniform(0, 0.5) for j in range(n_hidden)]
        self.bo = [0.0] * n_out

    def forward(self, inputs):
        sums, ah = [0.0] * self.nh, [0.0] * self.nh
        for j in range(self.nh):
            sums[j] = self.bh[j]
            for i in range(self.ni):
                sums[j] += inputs[i] * self.wi[i][j]
            ah[j] = sums[j] if sums[j] > 0 else 0.0
        ao = [0.0] * self.no
        for k in range(self.no):
            ao[k] = self.bo[k]
            for j in range(self.nh):
                ao[k] += ah[j] * self.wo[j][k]
        return sums, ah, ao

    def back_propagate(self, inputs, targets):
        sums, ah, ao = self.forward(inputs)
        output_deltas = [0.0] * self.no
        for k in range(self.no):
            output_deltas[k] = 2 * (ao[k] - targets[k])

        hidden_deltas = [0.0] * self.nh
        for j in range(self.nh):
            error = 0.0
            for k in range(self.no):
                error += output_deltas[k] * self.wo[j][k]
            if sums[j] > 0:
                hidden_deltas[j] = error

        for k in range(self.no):
            for j in range(self.nh):
                self.wo[j][k] -= self.learning_rate * output_deltas[k] * ah[j]
            self.bo[k] -= self.learning_rate * output_deltas[k]
        for j in range(self.nh):
            for i in range(self.ni):
                self.wi[i][j] -= self.learning_rate * hidden_deltas[j] * inputs[i]
            self.bh[j] -= self.learning_rate * hidden_deltas[j]

    def sum_of_squares(self, patterns):
        total = 0.0
        for inputs, targets in patterns:
            ao = self.forward(inputs)[2]
            for k in range(self.no):
                total += (targets[k] - ao[k]) ** 2
        return total


def train(net, patterns):
    for inputs, targets in patterns:
        net.back_propagate(inputs, targets)


def case(seed):
    random.seed(seed)
    net = Net(3, 3, 3, 0.02)
    patterns = [
        ([random.gauss(0, 1) for i in range(3)], [random.gauss(0, 1) for k in range(3)])
        for p in range(4)
    ]
    return lambda: train(net, patterns), lambda: net.sum_of_squares(patterns), net, 0.02


MISTAKES = {
    "slope missing, hidden layers": (
        "            if sums[j] > 0:\n                hidden_deltas[j] = error\n",
        "            hidden_deltas[j] = error\n",
    ),
    "relu gated with >= on the output": ("if sums[j] > 0:\n", "if ah[j] >= 0:\n"),
    "sign": ("2 * (ao[k] - targets[k])", "2 * (targets[k] - ao[k])"),
    "factor 1/2": ("= 2 * (ao[k] - targets[k])", "= ao[k] - targets[k]"),
    "W for W.T": (
        "output_deltas[k] * self.wo[j][k]\n",
        "output_deltas[k] * self.wo[k][j]\n",
    ),
    "output for input": ("hidden_deltas[j] * inputs[i]", "hidden_deltas[j] * ah[i]"),
    "transposed": (
        "self.wi[i][j] -= self.learning_rate * hidden_deltas[j] * inputs[i]",
        "self.wi[j][i] -= self.learning_rate * hidden_deltas[j] * inputs[i]",
    ),
    "bias inside the inner loop": (
        "* inputs[i]\n            self.bh[j] -=",
        "* inputs[i]\n                self.bh[j] -=",
    ),
    "bias gradient summed over the layer": (
        "self.bo[k] -= self.learning_rate * output_deltas[k]",
        "self.bo[k] -= self.learning_rate * sum(output_deltas)",
    ),
    "error not reset": (
        "        for j in range(self.nh):\n            error = 0.0\n",
        "        error = 0.0\n        for j in range(self.nh):\n",
    ),
    "sums for activations": ("output_deltas[k] * ah[j]", "output_deltas[k] * sums[j]"),
    "inputs of the wrong loop": (
        "hidden_deltas[j] * inputs[i]",
        "hidden_deltas[j] * inputs[j]",
    ),
}
