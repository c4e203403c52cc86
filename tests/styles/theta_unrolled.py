"""As in a course in Matlab: all parameters in one vector, a column of ones for biases."""

import numpy as np

HIDDEN = 5


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_gradient(z):
    g = sigmoid(z)
    return g * (1 - g)


def reshape(theta, n_in, n_out):
    cut = HIDDEN * (n_in + 1)
    theta1 = theta[:cut].reshape(HIDDEN, n_in + 1)
    return theta1, theta[cut:].reshape(n_out, HIDDEN + 1)


def cost_function(theta, X, Y, lam):
    m = len(X)
    theta1, theta2 = reshape(theta, X.shape[1], Y.shape[1])
    a1 = np.column_stack([np.ones(m), X])
    z2 = a1 @ theta1.T
    a2 = np.column_stack([np.ones(m), sigmoid(z2)])
    h = sigmoid(a2 @ theta2.T)
    J = -np.sum(Y * np.log(h) + (1 - Y) * np.log(1 - h)) / m
    J += lam / (2 * m) * (np.sum(theta1[:, 1:] ** 2) + np.sum(theta2[:, 1:] ** 2))
    d3 = h - Y
    d2 = (d3 @ theta2[:, 1:]) * sigmoid_gradient(z2)
    grad1, grad2 = d2.T @ a1 / m, d3.T @ a2 / m
    grad1[:, 1:] += lam / m * theta1[:, 1:]
    grad2[:, 1:] += lam / m * theta2[:, 1:]
    return J, np.concatenate([grad1.ravel(), grad2.ravel()])


def case(seed):
    rng = np.random.default_rng(seed)
    X, Y = rng.normal(size=(6, 3)), rng.integers(0, 2, size=(6, 2))
    state = {"theta": rng.uniform(-0.5, 0.5, size=HIDDEN * 4 + 2 * (HIDDEN + 1))}

    def descend():
        _, grad = cost_function(state["theta"], X, Y, 1.0)
        state["theta"] = state["theta"] - 0.3 * grad

    return descend, lambda: cost_function(state["theta"], X, Y, 1.0)[0], state, 0.3


MISTAKES = {
    "a where z belongs": ("sigmoid_gradient(z2)", "sigmoid_gradient(sigmoid(z2))"),
    "the biases penalized as well": (
        "grad1[:, 1:] += lam / m * theta1[:, 1:]",
        "grad1 += lam / m * theta1",
    ),
    "mean missing": ("d2.T @ a1 / m", "d2.T @ a1"),
}
