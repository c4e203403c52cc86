"""A Matlab homework in NumPy: words in columns, looked up, stacked; the next told."""

import numpy as np

VOCAB, D, HID, WORDS = 6, 2, 4, 3


class Model:
    def __init__(self, rng):
        self.word_embedding = rng.normal(size=(VOCAB, D))
        self.embed_to_hid = rng.normal(size=(D * WORDS, HID)) * 0.8
        self.hid_to_output = rng.normal(size=(HID, VOCAB)) * 0.8
        self.hid_bias = rng.normal(size=(HID, 1)) * 0.1
        self.output_bias = np.zeros((VOCAB, 1))


def fprop(input_batch, model):
    looked_up = model.word_embedding[input_batch.ravel(order="F")].T
    embed_state = looked_up.reshape((D * WORDS, -1), order="F")
    inputs_to_hid = model.embed_to_hid.T @ embed_state + model.hid_bias
    hid_state = 1 / (1 + np.exp(-inputs_to_hid))
    inputs_to_softmax = model.hid_to_output.T @ hid_state + model.output_bias
    inputs_to_softmax = inputs_to_softmax - np.max(inputs_to_softmax, axis=0)
    output = np.exp(inputs_to_softmax)
    return embed_state, hid_state, output / np.sum(output, axis=0)


def cross_entropy(input_batch, target_batch, model):
    output = fprop(input_batch, model)[2]
    return -np.sum(np.eye(VOCAB)[:, target_batch] * np.log(output)) / len(target_batch)


def train_batch(input_batch, target_batch, model, learning_rate):
    expansion = np.eye(VOCAB)
    batchsize = input_batch.shape[1]
    embed_state, hid_state, output = fprop(input_batch, model)
    error_deriv = output - expansion[:, target_batch]
    hid_to_output_grad = hid_state @ error_deriv.T
    output_bias_grad = np.sum(error_deriv, axis=1, keepdims=True)
    hid_deriv = (model.hid_to_output @ error_deriv) * hid_state * (1 - hid_state)
    embed_to_hid_grad = embed_state @ hid_deriv.T
    hid_bias_grad = np.sum(hid_deriv, axis=1, keepdims=True)
    embed_deriv = model.embed_to_hid @ hid_deriv
    word_embedding_grad = np.zeros((VOCAB, D))
    for w in range(WORDS):
        word_embedding_grad += (
            expansion[:, input_batch[w]] @ embed_deriv[w * D : (w + 1) * D].T
        )
    model.word_embedding -= learning_rate * word_embedding_grad / batchsize
    model.embed_to_hid -= learning_rate * embed_to_hid_grad / batchsize
    model.hid_to_output -= learning_rate * hid_to_output_grad / batchsize
    model.hid_bias -= learning_rate * hid_bias_grad / batchsize
    model.output_bias -= learning_rate * output_bias_grad / batchsize


def case(seed):
    rng = np.random.default_rng(seed)
    model = Model(rng)
    inputs, targets = rng.integers(0, VOCAB, (WORDS, 7)), rng.integers(0, VOCAB, 7)
    return (
        lambda: train_batch(inputs, targets, model, 0.1),
        lambda: cross_entropy(inputs, targets, model),
        model,
        0.1,
    )


MISTAKES = {
    "slice of the word": ("embed_deriv[w * D : (w + 1) * D]", "embed_deriv[w : w + D]"),
    "half of the slope": ("* hid_state * (1 - hid_state)", "* (1 - hid_state)"),
    "slope of a sigmoid at the output": (
        "error_deriv = output - expansion[:, target_batch]",
        "error_deriv = (output - expansion[:, target_batch]) * output * (1 - output)",
    ),
    "the last word alone": ("word_embedding_grad += (", "word_embedding_grad = ("),
    "a sum for the mean": (
        "learning_rate * hid_bias_grad / batchsize",
        "learning_rate * hid_bias_grad",
    ),
}
