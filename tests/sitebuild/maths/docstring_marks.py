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
    "backprop_explained.logistic.sigmoid_derivative": (
        "",
        {
            r"\sigma(z)\,\sigma(-z)": _SLOPE,
            r"\sigma(z)\,(1 - \sigma(z))": _SLOPE,
            r"1/(1 + e^{-z})": "<!--is: sigmoid(z)-->",
        },
    ),
    "backprop_explained.logistic.sigmoid_derivative_from_output": (
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
    f"{_CHECK}.asking": (
        "<!--where: v = random(3); e = random(3); k = 3; erf = page.erf; "
        "tau = fraction(3); B = fraction(); i = index(3)-->",
        {
            r"e \cdot v": "<!--is: (e * v).sum()-->",
            r"\lVert e \rVert": "<!--is: np.sqrt((e**2).sum())-->",
            r"|e \cdot v|": "<!--is: abs((e * v).sum())-->",
            r"\prod_{i=1}^k \operatorname{erf}\frac{3\tau_i}{\sqrt2\,B}": (
                "\n<!--is: prod(erf(SHOWN * t / sqrt(2) / B) for t in tau)-->"
            ),
        },
    ),
    f"{_CHECK}.derivative.derivative_argument": ("", {r"a\,(1 - a)": _SLOPE}),
    f"{_CHECK}.diagnosis.diagnose_gradients": (
        "<!--quotes: (1, n_out); (n_out, 1); (n_0, m); [W1, b1, W2, b2]-->",
        {},
    ),
    f"{_CHECK}.fitted": (_DIRECTION, {}),
    f"{_CHECK}.line.expression.Expression": ("<!--quotes: x += e-->", {}),
    f"{_CHECK}.line.wrapping.visit_AugAssign": ("<!--quotes: x += e-->", {}),
    f"{_CHECK}.memory.Leaf": ("<!--quotes: layers[0].W; weights1-->", {}),
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
        "<!--where: layer; x = a_previous; a_0 = x--><!--quotes: n_0; (m, n_0)-->",
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
    "backprop_explained.activations.Activation": ("<!--quotes: (z1, z2)-->", {}),
    f"{_CHECK}.given.names_of": ('<!--quotes: "W1"-->', {}),
    f"{_CHECK}.gradient.check_gradients": ("<!--quotes: [W1, b1, W2, b2]-->", {}),
    f"{_CHECK}.report.Diagnosis": ('<!--quotes: "W1"-->', {}),
    f"{_CHECK}.suspects.Match": ("<!--quotes: 1/m = 0.125-->", {}),
}
