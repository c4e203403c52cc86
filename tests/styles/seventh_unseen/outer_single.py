"""One example at a time with np.outer and np.multiply, three tanh layers."""

import numpy as np


def tanh_deriv(x):
    return 1.0 - np.tanh(x) ** 2


def make_net(n_in, n_hid, n_out, rng):
    net = {}
    net["w_ih"], net["bias_h"] = (
        rng.uniform(-1, 1, (n_hid, n_in)),
        rng.uniform(-1, 1, n_hid),
    )
    net["w_hh"], net["bias_g"] = (
        rng.uniform(-1, 1, (n_hid, n_hid)),
        rng.uniform(-1, 1, n_hid),
    )
    net["w_ho"], net["bias_o"] = (
        rng.uniform(-1, 1, (n_out, n_hid)),
        rng.uniform(-1, 1, n_out),
    )
    return net


def query(net, x):
    hid = np.tanh(np.dot(net["w_ih"], x) + net["bias_h"])
    hid = np.tanh(np.dot(net["w_hh"], hid) + net["bias_g"])
    return np.tanh(np.dot(net["w_ho"], hid) + net["bias_o"])


def learn(net, x, target, eta):
    h_in = np.dot(net["w_ih"], x) + net["bias_h"]
    h_out = np.tanh(h_in)
    g_in = np.dot(net["w_hh"], h_out) + net["bias_g"]
    g_out = np.tanh(g_in)
    o_in = np.dot(net["w_ho"], g_out) + net["bias_o"]
    o_out = np.tanh(o_in)

    o_err = np.multiply(target - o_out, tanh_deriv(o_in))
    g_err = np.multiply(np.dot(o_err, net["w_ho"]), tanh_deriv(g_in))
    h_err = np.multiply(np.dot(g_err, net["w_hh"]), tanh_deriv(h_in))

    net["w_ho"] += eta * np.outer(o_err, g_out)
    net["bias_o"] += eta * o_err
    net["w_hh"] += eta * np.outer(g_err, h_out)
    net["bias_g"] += eta * g_err
    net["w_ih"] += eta * np.outer(h_err, x)
    net["bias_h"] += eta * h_err


def half_squared_error(net, x, target):
    return np.sum(np.square(target - query(net, x))) / 2


def case(seed):
    rng = np.random.default_rng(seed)
    net = make_net(4, 3, 2, rng)
    x, target = rng.normal(size=4), rng.uniform(-0.9, 0.9, 2)
    return (
        lambda: learn(net, x, target, 0.1),
        lambda: half_squared_error(net, x, target),
        net,
        0.1,
    )


MISTAKES = {
    "a where z belongs, first layer": ("tanh_deriv(h_in)", "tanh_deriv(h_out)"),
    "z where a belongs": ("return 1.0 - np.tanh(x) ** 2", "return 1.0 - x**2"),
    "slope missing, middle layer": (
        'g_err = np.multiply(np.dot(o_err, net["w_ho"]), tanh_deriv(g_in))',
        'g_err = np.dot(o_err, net["w_ho"])',
    ),
    "slope missing in what is passed down": (
        'np.dot(o_err, net["w_ho"])',
        'np.dot(target - o_out, net["w_ho"])',
    ),
    "the sigmoid's slope for tanh, from z": (
        "    return 1.0 - np.tanh(x) ** 2",
        "    s = 1.0 / (1.0 + np.exp(-x))\n    return s * (1.0 - s)",
    ),
    "sign": ("np.multiply(target - o_out,", "np.multiply(o_out - target,"),
    "updated weights": (
        """
    h_err = np.multiply(np.dot(g_err, net["w_hh"]), tanh_deriv(h_in))

    net["w_ho"] += eta * np.outer(o_err, g_out)
    net["bias_o"] += eta * o_err
    net["w_hh"] += eta * np.outer(g_err, h_out)
    net["bias_g"] += eta * g_err
""",
        """
    net["w_ho"] += eta * np.outer(o_err, g_out)
    net["bias_o"] += eta * o_err
    net["w_hh"] += eta * np.outer(g_err, h_out)
    net["bias_g"] += eta * g_err
    h_err = np.multiply(np.dot(g_err, net["w_hh"]), tanh_deriv(h_in))
""",
    ),
    "W for W.T": ('np.dot(g_err, net["w_hh"])', 'np.dot(net["w_hh"], g_err)'),
    "output for input": ("np.outer(g_err, h_out)", "np.outer(g_err, g_out)"),
    "transposed": ("np.outer(g_err, h_out)", "np.outer(h_out, g_err)"),
    "bias of the wrong layer": (
        'net["bias_h"] += eta * h_err',
        'net["bias_h"] += eta * g_err',
    ),
    "delta of the wrong layer": ("np.outer(h_err, x)", "np.outer(g_err, x)"),
}
