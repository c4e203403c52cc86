"""Trees of words: two children make a parent, every node guesses; recursive calls."""

import numpy as np


class Node:
    def __init__(self, label, word=None, left=None, right=None):
        self.label, self.word, self.left, self.right = label, word, left, right


class TreeNet:
    def __init__(self, d, words, classes, rng):
        self.d = d
        self.L = rng.normal(size=(d, words)) * 0.8
        self.W, self.b = rng.normal(size=(d, 2 * d)) * 0.6, rng.normal(size=d) * 0.1
        self.Ws, self.bs = rng.normal(size=(classes, d)), np.zeros(classes)

    def forward(self, node):
        cost = 0.0
        if node.word is not None:
            node.h = self.L[:, node.word]
        else:
            cost += self.forward(node.left) + self.forward(node.right)
            node.lr = np.hstack([node.left.h, node.right.h])
            node.h = np.tanh(self.W @ node.lr + self.b)
        e = np.exp(self.Ws @ node.h + self.bs)
        node.probs = e / e.sum()
        return cost - np.log(node.probs[node.label])

    def backward(self, node, from_parent):
        d_scores = node.probs.copy()
        d_scores[node.label] -= 1
        self.dWs += np.outer(d_scores, node.h)
        self.dbs += d_scores
        delta = self.Ws.T @ d_scores
        delta = delta + from_parent
        if node.word is not None:
            self.dL[:, node.word] += delta
            return
        delta = delta * (1 - node.h**2)
        self.dW += np.outer(delta, node.lr)
        self.db += delta
        down = self.W.T @ delta
        self.backward(node.left, down[: self.d])
        self.backward(node.right, down[self.d :])

    def train(self, trees, rate):
        names = ("L", "W", "b", "Ws", "bs")
        for name in names:
            setattr(self, "d" + name, np.zeros_like(getattr(self, name)))
        for tree in trees:
            self.forward(tree)
            self.backward(tree, np.zeros(self.d))
        for name in names:
            theta = getattr(self, name)
            theta -= rate * getattr(self, "d" + name)


def case(seed):
    rng = np.random.default_rng(seed)
    net = TreeNet(3, 4, 2, rng)
    a = Node(1, None, Node(0, 0), Node(1, None, Node(0, 2), Node(1, 3)))
    b = Node(0, None, Node(1, None, Node(1, 3), Node(0, 1)), Node(0, 2))

    def cost():
        return net.forward(a) + net.forward(b)

    return lambda: net.train([a, b], 0.1), cost, (net, "L", "W", "b", "Ws", "bs"), 0.1


MISTAKES = {
    "the left half twice": ("down[self.d :]", "down[: self.d]"),
    "the parent not heard": ("        delta = delta + from_parent\n", ""),
    "a word met again": (
        "self.dL[:, node.word] += delta",
        "self.dL[:, node.word] = delta",
    ),
    "below the slope": ("        delta = delta * (1 - node.h**2)\n", ""),
    "bias forgotten": ("        self.db += delta\n", ""),
}
