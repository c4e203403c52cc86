"""What the symbols in the package's docstrings mean, where no mark can be hidden.

By the name of what is documented: marks for all of its docstring, and then those that
stand behind single formulas.
"""

_SLOPE = "<!--is: sigmoid_derivative(z)-->"
_DIRECTION = (
    "<!--where: v = random(2); p = random(2); e = random(2); t = random(); dots = 0; "
    "C = lambda x: (x**5).sum(); g = 5 * p**4 - e; "
    "c = (10 * p**2 * v**3).sum(); d = (v**5).sum(); "
    "r = lambda t: ((C(p + t * v) - C(p - t * v)) / (2 * t) - (g * v).sum())-->"
)
_SUMS = "<!--where: a = fraction(4, 2); y = fraction(4, 2); C = %s(a, y)-->"
_CHECK = "backprop_explained.check"

MARKS: dict[str, tuple[str, dict[str, str]]] = {
    "backprop_explained.activations.sigmoid_derivative": (
        "",
        {
            r"\sigma(z)\,\sigma(-z)": _SLOPE,
            r"\sigma(z)\,(1 - \sigma(z))": _SLOPE,
            r"1/(1 + e^{-z})": "<!--is: sigmoid(z)-->",
        },
    ),
    "backprop_explained.activations.sigmoid_derivative_from_output": (
        "",
        {r"\sigma(z)\,(1 - \sigma(z))": _SLOPE},
    ),
    "backprop_explained.backprop": ("<!--where: layer-->", {}),
    "backprop_explained.backprop.forward": ("<!--quotes: activations[0]-->", {}),
    "backprop_explained.catalogue": (
        "",
        {
            r"z \mapsto a": "<!--unread: a function as such-->",
            r"|z| = 10^{12}": "<!--where: z = -1e12-->",
        },
    ),
    f"{_CHECK}.arrays": (
        "<!--where: v = random(3); e = random(3); tau = 1; check = "
        "__import__('backprop_explained.check.arrays').check.arrays; "
        "q = check.MISSED / check.SHOWN; k = check.DIRECTIONS-->",
        {
            r"e \cdot v": "<!--is: (e * v).sum()-->",
            r"\lVert e \rVert": "<!--is: np.sqrt((e**2).sum())-->",
            r"q\tau": "<!--is: q * tau-->",
            r"0.8/q": "<!--is: round(np.sqrt(2 / np.pi), 1) / q-->",
            r"(0.8/q)^k": "<!--is: round(np.sqrt(2 / np.pi), 1) ** k / q**k-->",
        },
    ),
    f"{_CHECK}.derivative.derivative_argument": (
        "",
        {r"a\,(1 - a)": _SLOPE},
    ),
    f"{_CHECK}.diagnosis.diagnose_gradients": (
        "<!--quotes: (1, n_out); (n_out, 1)-->",
        {},
    ),
    f"{_CHECK}.line.expression.Expression": ("<!--quotes: x += e-->", {}),
    f"{_CHECK}.line.wrapping.visit_AugAssign": ("<!--quotes: x += e-->", {}),
    f"{_CHECK}.memory.Leaf": ("<!--quotes: layers[0].W-->", {}),
    f"{_CHECK}.numerical": (
        "<!--where: h = 1e-3; w = random(); C = lambda w: sigmoid(w) ** 2-->",
        {},
    ),
    f"{_CHECK}.numerical.relative_error": (
        "<!--where: u = random(3); v = random(3)-->",
        {r"\|u - v\| / (\|u\| + \|v\|)": "<!--is: relative_error(u, v)-->"},
    ),
    f"{_CHECK}.slope": (
        _DIRECTION,
        {
            r"g \cdot v\,t": "<!--is: (g * v * t).sum()-->",
            "t^2": "<!--is: t * t-->",
            "t^4": "<!--is: t * t * t * t-->",
        },
    ),
    f"{_CHECK}.slope.AMPLIFIED": (
        "<!--where: t = random(); sigma = random(); "
        "r = lambda t: 3 + 2 * t**2 + 5 * t**4-->",
        {
            r"\sigma/(\sqrt2 t)": "<!--is: np.sqrt(sigma**2 + sigma**2) "
            "/ (2 * t) * np.sign(sigma)-->"
        },
    ),
    "backprop_explained.costs.sigmoid_cross_entropy_delta": (
        "<!--where: C = cross_entropy([[a]], [[y]])-->",
        {"(a - y)/(a(1 - a))": "<!--is: partial('C', 'a')-->"},
    ),
    "backprop_explained.costs.sum_of_squares": (
        _SUMS % "sum_of_squares",
        {
            "2(a - y)": "<!--where: a = fraction(); y = fraction(); "
            "C = sum_of_squares([[a]], [[y]])--><!--is: partial('C', 'a')-->"
        },
    ),
    "backprop_explained.costs.cross_entropy": (
        "<!--where: a = fraction(4); y = fraction(4); C = cross_entropy([a], [y])-->",
        {},
    ),
    "backprop_explained.costs.softmax_cross_entropy": (
        "<!--where: z = random(3); y = fraction(3) / fraction(3).sum(); "
        "softmax = lambda z: exp(z) / exp(z).sum(); "
        "C = softmax_cross_entropy([z], [y])-->",
        {"softmax(z) - y": "<!--is: partial('C', 'z')-->"},
    ),
    "backprop_explained.costs.mean_squared_error": (
        _SUMS % "mean_squared_error" + "<!--where: m = 4; n = 2-->",
        {"np.mean((a - y) ** 2)": "<!--is: C-->"},
    ),
    "backprop_explained.network.random_network": (
        "<!--where: n_in = 100; widths = [3, 4, 1]; "
        "made = lambda widths: random_network(widths, SIGMOID, "
        "np.random.default_rng(0))-->",
        {
            "[3, 4, 1]": "<!--is: [3, *(len(b) for b in made(widths).biases)]-->",
            "len(widths) - 1": "<!--is: len(made(widths).weights)-->",
            r"1/\sqrt{n_\text{in}}": "<!--is: 0.1-->",
        },
    ),
    "backprop_explained.notation": (
        "<!--where: layer; x = a_previous; a_0 = x-->",
        {"a_previous @ W + b": "<!--is: z-->"},
    ),
    "backprop_explained.training": (
        "<!--where: layer; eta = fraction(); network = Network([W], [b]); gradients = "
        "backward(network, forward(network, a_previous), y, squared_error); "
        "after = descend(network, gradients, eta); W_new = after.weights[0]; "
        "b_new = after.biases[0]-->",
        {},
    ),
    "backprop_explained.training.descend": ("<!--quotes: -step_size-->", {}),
}
