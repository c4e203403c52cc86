"""Record by record into accumulated steps, tanh below a linear output, one update."""

import numpy as np


class BikeNetwork:
    def __init__(self, input_nodes, hidden_nodes, output_nodes, learning_rate, rng):
        self.weights_input_to_hidden = rng.normal(0, 0.7, (input_nodes, hidden_nodes))
        self.weights_hidden_to_output = rng.normal(0, 0.7, (hidden_nodes, output_nodes))
        self.bias_hidden = rng.normal(0, 0.3, hidden_nodes)
        self.bias_output = np.zeros(output_nodes)
        self.lr = learning_rate

    def forward_pass_train(self, x):
        hidden_inputs = np.dot(x, self.weights_input_to_hidden) + self.bias_hidden
        hidden_outputs = np.tanh(hidden_inputs)
        final_inputs = np.dot(hidden_outputs, self.weights_hidden_to_output)
        return final_inputs + self.bias_output, hidden_outputs, hidden_inputs

    def train(self, features, targets):
        n_records = features.shape[0]
        steps_i_h = np.zeros(self.weights_input_to_hidden.shape)
        steps_h_o = np.zeros(self.weights_hidden_to_output.shape)
        steps_b_h = np.zeros_like(self.bias_hidden)
        steps_b_o = np.zeros_like(self.bias_output)
        for x, target in zip(features, targets):
            final_outputs, hidden_outputs, hidden_inputs = self.forward_pass_train(x)
            error = target - final_outputs
            hidden_error = np.dot(self.weights_hidden_to_output, error)
            hidden_error_term = hidden_error * (1 - hidden_outputs**2)
            steps_i_h += hidden_error_term * x[:, None]
            steps_h_o += error * hidden_outputs[:, None]
            steps_b_h += hidden_error_term
            steps_b_o += error
        self.weights_hidden_to_output += self.lr * steps_h_o / n_records
        self.weights_input_to_hidden += self.lr * steps_i_h / n_records
        self.bias_output += self.lr * steps_b_o / n_records
        self.bias_hidden += self.lr * steps_b_h / n_records

    def run(self, features):
        hidden = np.tanh(features @ self.weights_input_to_hidden + self.bias_hidden)
        return hidden @ self.weights_hidden_to_output + self.bias_output


def half_mse(network, features, targets):
    return 0.5 * np.sum((network.run(features) - targets) ** 2) / len(targets)


def case(seed):
    rng = np.random.default_rng(seed)
    network = BikeNetwork(3, 3, 3, 0.1, rng)
    features, targets = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
    return (
        lambda: network.train(features, targets),
        lambda: half_mse(network, features, targets),
        network,
        0.1,
    )


MISTAKES = {
    "slope missing, hidden layers": (
        "hidden_error_term = hidden_error * (1 - hidden_outputs**2)",
        "hidden_error_term = hidden_error",
    ),
    "z where a belongs, hidden layers": (
        "(1 - hidden_outputs**2)",
        "(1 - hidden_inputs**2)",
    ),
    "the sigmoid's slope for tanh, from a": (
        "hidden_error * (1 - hidden_outputs**2)",
        "hidden_error * hidden_outputs * (1 - hidden_outputs)",
    ),
    "sign": ("error = target - final_outputs", "error = final_outputs - target"),
    "factor 2": (
        "error = target - final_outputs",
        "error = 2 * (target - final_outputs)",
    ),
    "W for W.T": (
        "np.dot(self.weights_hidden_to_output, error)",
        "np.dot(self.weights_hidden_to_output.T, error)",
    ),
    "transposed": (
        "error * hidden_outputs[:, None]",
        "error[:, None] * hidden_outputs",
    ),
    "output for input": (
        "hidden_error_term * x[:, None]",
        "hidden_error_term * hidden_outputs[:, None]",
    ),
    "bias gradient summed over the layer": (
        "steps_b_h += hidden_error_term",
        "steps_b_h += hidden_error_term.sum()",
    ),
    "sum where the mean belongs": (
        "self.lr * steps_i_h / n_records",
        "self.lr * steps_i_h",
    ),
    "overwritten, not accumulated": ("steps_h_o += error *", "steps_h_o = error *"),
    "error before its slope": (
        "steps_i_h += hidden_error_term * x",
        "steps_i_h += hidden_error * x",
    ),
}
