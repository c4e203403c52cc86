"""Layer objects that keep their gradients, a loss object, and an optimizer."""

import numpy as np


class Linear:
    def __init__(self, fan_in, fan_out, rng):
        self.weight = rng.normal(size=(fan_in, fan_out)) * 0.8
        self.bias = rng.normal(size=fan_out) * 0.2

    def forward(self, inputs):
        self.inputs = inputs
        return np.dot(inputs, self.weight) + self.bias

    def backward(self, grad):
        self.grad_weight = np.dot(self.inputs.T, grad)
        self.grad_bias = np.sum(grad, axis=0)
        return np.dot(grad, self.weight.T)


class Tanh:
    def forward(self, inputs):
        self.inputs = inputs
        self.outputs = np.tanh(inputs)
        return self.outputs

    def backward(self, grad):
        return grad * (1 - np.square(self.outputs))


class ReLU:
    def forward(self, inputs):
        self.outputs = np.maximum(inputs, 0)
        return self.outputs

    def backward(self, grad):
        return grad * (self.outputs > 0)


class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        exps = np.exp(logits - np.max(logits, axis=1, keepdims=True))
        self.probs = exps / np.sum(exps, axis=1, keepdims=True)
        self.labels = labels
        return -np.sum(labels * np.log(self.probs)) / len(labels)

    def backward(self):
        return (self.probs - self.labels) / len(self.labels)


class GradientDescent:
    def __init__(self, layers, lr):
        self.layers = [layer for layer in layers if isinstance(layer, Linear)]
        self.lr = lr

    def step(self):
        for layer in self.layers:
            layer.weight = layer.weight - self.lr * layer.grad_weight
            layer.bias = layer.bias - self.lr * layer.grad_bias


class Sequential:
    def __init__(self, layers):
        self.layers = layers
        self.criterion = SoftmaxCrossEntropy()

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def fit_batch(self, x, labels, optimizer):
        self.criterion.forward(self.forward(x), labels)
        grad = self.criterion.backward()
        for layer in self.layers[::-1]:
            grad = layer.backward(grad)
        optimizer.step()


def case(seed):
    rng = np.random.default_rng(seed)
    layers = [Linear(3, 4, rng), Tanh(), Linear(4, 4, rng), ReLU(), Linear(4, 3, rng)]
    model = Sequential(layers)
    sgd = GradientDescent(layers, 0.25)
    x, labels = rng.normal(size=(5, 3)), np.eye(3)[[0, 2, 1, 0, 2]]
    return (
        lambda: model.fit_batch(x, labels, sgd),
        lambda: model.criterion.forward(model.forward(x), labels),
        model,
        0.25,
    )


MISTAKES = {
    "slope missing, tanh": (
        "        return grad * (1 - np.square(self.outputs))",
        "        return grad",
    ),
    "a where z belongs, hidden layers": (
        "(1 - np.square(self.outputs))",
        "(1 - np.tanh(self.outputs) ** 2)",
    ),
    "z where a belongs, hidden layers": (
        "(1 - np.square(self.outputs))",
        "(1 - np.square(self.inputs))",
    ),
    "the sigmoid's slope for tanh, from a": (
        "return grad * (1 - np.square(self.outputs))",
        "return grad * self.outputs * (1 - self.outputs)",
    ),
    "relu gated with >= on the output": (
        "grad * (self.outputs > 0)",
        "grad * (self.outputs >= 0)",
    ),
    "sign": ("(self.probs - self.labels)", "(self.labels - self.probs)"),
    "sum where the mean belongs": (
        "        return (self.probs - self.labels) / len(self.labels)",
        "        return self.probs - self.labels",
    ),
    "slope left in, output layer": (
        "(self.probs - self.labels) / len",
        "(self.probs - self.labels) * self.probs * (1 - self.probs) / len",
    ),
    "bias gradient averaged": ("np.sum(grad, axis=0)", "np.mean(grad, axis=0)"),
    "bias gradient summed over the layer": ("np.sum(grad, axis=0)", "np.sum(grad)"),
    "the gradient from above forgotten": (
        "return grad * (1 - np.square(self.outputs))",
        "return 1 - np.square(self.outputs)",
    ),
    "bias gradient for the weights": (
        "self.lr * layer.grad_weight",
        "self.lr * layer.grad_bias",
    ),
}
