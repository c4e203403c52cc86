"""One train() with the forward pass in it, a softmax, and weight decay."""

import numpy as np

num_hidden = 4
reg_lambda = 0.05
epsilon = 0.2


def build_model(rng):
    return {
        "W1": rng.normal(size=(4, num_hidden)) / 2,
        "b1": np.zeros((1, num_hidden)),
        "W2": rng.normal(size=(num_hidden, 3)) / 2,
        "b2": np.zeros((1, 3)),
    }


def calculate_loss(model, X, y):
    a1 = np.tanh(X.dot(model["W1"]) + model["b1"])
    exp_scores = np.exp(a1.dot(model["W2"]) + model["b2"])
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    data_loss = np.sum(-np.log(probs[range(len(X)), y])) / len(X)
    squares = np.sum(np.square(model["W1"])) + np.sum(np.square(model["W2"]))
    return data_loss + reg_lambda / 2 * squares


def train(model, X, y, num_passes=1):
    num_examples = len(X)
    W1, b1, W2, b2 = model["W1"], model["b1"], model["W2"], model["b2"]
    for _ in range(num_passes):
        # forward propagation
        z1 = X.dot(W1) + b1
        a1 = np.tanh(z1)
        z2 = a1.dot(W2) + b2
        exp_scores = np.exp(z2)
        probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)

        # backpropagation
        delta3 = probs.copy()
        delta3[range(num_examples), y] -= 1
        delta3 /= num_examples
        dW2 = a1.T.dot(delta3)
        db2 = np.sum(delta3, axis=0, keepdims=True)
        delta2 = delta3.dot(W2.T) * (1 - np.power(a1, 2))
        dW1 = np.dot(X.T, delta2)
        db1 = np.sum(delta2, axis=0, keepdims=True)

        dW2 += reg_lambda * W2
        dW1 += reg_lambda * W1
        W1 -= epsilon * dW1
        b1 -= epsilon * db1
        W2 -= epsilon * dW2
        b2 -= epsilon * db2


def case(seed):
    rng = np.random.default_rng(seed)
    model = build_model(rng)
    X, y = rng.normal(size=(6, 4)), rng.integers(0, 3, 6)
    return lambda: train(model, X, y), lambda: calculate_loss(model, X, y), model, 0.2


MISTAKES = {
    "a where z belongs, hidden layers": (
        "(1 - np.power(a1, 2))",
        "(1 - np.power(np.tanh(a1), 2))",
    ),
    "slope missing, hidden layers": (
        "delta2 = delta3.dot(W2.T) * (1 - np.power(a1, 2))",
        "delta2 = delta3.dot(W2.T)",
    ),
    "the sigmoid's slope for tanh, from a": ("(1 - np.power(a1, 2))", "a1 * (1 - a1)"),
    "sign": (
        "        delta3 = probs.copy()\n        delta3[range(num_examples), y] -= 1\n",
        "        delta3 = -probs\n        delta3[range(num_examples), y] += 1\n",
    ),
    "factor m": ("        delta3 /= num_examples\n", ""),
    "penalty": ("dW2 += reg_lambda * W2", "dW2 += 2 * reg_lambda * W2"),
    "penalty missing, first layer": ("        dW1 += reg_lambda * W1\n", ""),
    "updated weights": (
        "        delta2 = delta3.dot(W2.T) * (1 - np.power(a1, 2))\n"
        "        dW1 = np.dot(X.T, delta2)\n"
        "        db1 = np.sum(delta2, axis=0, keepdims=True)\n\n"
        "        dW2 += reg_lambda * W2\n"
        "        dW1 += reg_lambda * W1\n"
        "        W1 -= epsilon * dW1\n"
        "        b1 -= epsilon * db1\n"
        "        W2 -= epsilon * dW2\n"
        "        b2 -= epsilon * db2\n",
        "        dW2 += reg_lambda * W2\n"
        "        W2 -= epsilon * dW2\n"
        "        b2 -= epsilon * db2\n\n"
        "        delta2 = delta3.dot(W2.T) * (1 - np.power(a1, 2))\n"
        "        dW1 = np.dot(X.T, delta2)\n"
        "        db1 = np.sum(delta2, axis=0, keepdims=True)\n"
        "        dW1 += reg_lambda * W1\n"
        "        W1 -= epsilon * dW1\n"
        "        b1 -= epsilon * db1\n",
    ),
    "bias gradient averaged": (
        "db1 = np.sum(delta2, axis=0, keepdims=True)",
        "db1 = np.mean(delta2, axis=0, keepdims=True)",
    ),
    "bias gradient summed over the layer": (
        "db2 = np.sum(delta3, axis=0, keepdims=True)",
        "db2 = np.sum(delta3)",
    ),
    "the 1 not taken away": ("        delta3[range(num_examples), y] -= 1\n", ""),
    "one label for all": ("delta3[range(num_examples), y] -= 1", "delta3[:, y] -= 1"),
}
