"""What the formulas of a page say is checked, and a fault in one is found."""

import pytest

from sitebuild.checks.checker import check_page

BLOCK = '```python exec="true" session="page"\n{}\n```\n\n'
LOADS = BLOCK.format("from backprop_explained import *")

TRUE = [
    r"$a = \sigma(z) = \frac{1}{1 + e^{-z}}$",
    r"$$\sigma'(z) = \sigma(z)(1 - \sigma(z)) = \sigma(z)\,\sigma(-z).$$",
    r"$\partial C/\partial a = a - y$, so $C = \tfrac12 (a - y)^2$",
    r"$\delta = \frac{\partial C}{\partial a}\cdot\frac{\partial a}{\partial z}$",
    r"$\varepsilon/h$<!--where: h = 6.055454452393343e-06--><!--is: h**2-->",
    "<!--where: layer; i = index(3); j = index(2); e_count = 5-->\n\n"
    r"$\partial C/\partial W_{ij} = \sum_e (a_{\text{previous}})_{ei}\,\delta_{ej}$",
    "<!--where: layer-->\n\n"
    r"$\underset{5\times 2}{\delta} = \frac{\partial C}{\partial a} \odot \sigma'(z)$",
    "<!--where: z = -log(np.finfo(float).epsneg) + random() / 100-->\n\n"
    r"$$e^{-z} \le 2^{-53} \quad\text{or}\quad z \ge 53 \ln 2.$$"
    "\n\n<!--equal: z = 53 * log(2)-->",
    r"$0 < a(1 - a) \le \frac14$<!--equal: z = 0-->",
    r"$1/\cosh^2 z$<!--is: ACTIVATIONS['tanh'].derivative(z)-->",
    r"$z > 0$.<!--is: ACTIVATIONS['relu'].derivative(z) == 1-->",
    r"$f'(p) > 0$<!--where: f = lambda z: z**3 - z; p = 1-->",
    r"$z = (2, 0, -1)$<!--where: z = np.array([2.0, 0.0, -1.0])-->",
    r"$w_1, w_2$<!--where: w_1 = 0.15; w_2 = 0.2--><!--is: [0.15, 0.2]-->",
    r"$\lambda \approx 1.0507$"
    "<!--where: lambda_ = ACTIVATIONS['selu'].derivative(1.0)-->",
    r"$\mathbb R^n$<!--unread: a set-->",
    "`x * (1 - x)`, `s(x) * (1 - s(x))`, `delta = error * slope(z, a)`",
    "`a - y`<!--is: partial('C', 'a')-->",
]

FALSE = [
    (r"$a = \frac{1}{1 + e^{z}}$", "false"),
    (r"$a = \frac{1}{2 + e^{-z}}$", "false"),
    (r"$\sigma'(z) = a(1 - a) = a(1 + a)$", "false"),
    (r"$\partial C/\partial a = y - a$", "false"),
    (r"$C = \tfrac13 (a - y)^2$", "false"),
    (r"$a < z$", "false"),
    (r"$\sigma'(a) = a(1 - a)$", "false"),
    (r"$w_3$", "w_3 has no meaning"),
    (r"$q$", "the symbol q has no meaning"),
    (r"$a(1 - a)$", "nothing says what"),
    (r"$2^{-51}$", "nothing says what"),
    (r"$a(1 - a) \le \frac14$", "nothing says where both sides"),
    (r"$a(1 - a) \le \frac14$<!--equal: z = 1-->", "are 0.196"),
    (r"$a(1 - a) < \frac14$<!--equal: z = 0-->", "nothing in"),
    (r"$z \le 1 \quad\text{or}\quad 0 < 1 - z$<!--equal: z = 1-->", "one side is"),
    (r"$a < 1$<!--equal: a-->", "is not name = expression"),
    (r"$2^{-51}$<!--is: 2**-52-->", "but 2**-52 is"),
    (r"$1 + 2^{-51}$<!--is: np.nextafter(1, 2)-->", "but np.nextafter"),
    (r"$1 - a$<!--is: a-->", "but a is"),
    (r"$z > 1$<!--is: ACTIVATIONS['relu'].derivative(z) == 1-->", "relu"),
    (r"$z = 1$<!--where: z = 2-->", "false"),
    (r"$\lambda \approx 1.0508$<!--where: lambda_ = 1.05070098-->", "false"),
    (r"$a + b + c$", "the symbol c has no meaning"),
    (r"$x \in b$", "'\\\\in' is not in the grammar"),
    (r"$\mathbb R^n$", "cannot be read"),
    (r"$\sigma(z) = a$<!--unread: too hard-->", "can be read"),
    (r"$q = r$<!--unread: nothing is declared-->", "can be read"),
    (r"$z$<!--unread: -->", "says nothing"),
    ("<!--is: a-->", "no formula stands before it"),
    ("<!--unread: a reason-->", "no formula stands before it"),
    ("<!--where: a sigmoid-->", "is not name = expression"),
    ("<!--where: a = = z-->", "is no Python expression"),
    ("<!--where: z = a-->\n\n$a$", "leads back to"),
    (r"$a$<!--is: (-->", "never closed"),
    ("`x * (1 + x)`", "stands nowhere in the code"),
    ("`s(x) * (2 - s(x))`", "stands nowhere in the code"),
    ("`a + y`<!--is: partial('C', 'a')-->", "is"),
    ("`a - y`<!--unread: it is code-->", "is for TeX"),
    ("`2 * z`<!--is: 3 * z-->", "but 3 * z is"),
]

LAYER = [
    (r"$z = a_{\text{previous}}\,W + b$", r"$z = W\,a_{\text{previous}} + b$"),
    (
        r"$\partial C/\partial W = a_{\text{previous}}^{\mathsf T}\,\delta$",
        r"$\partial C/\partial W = \delta\,a_{\text{previous}}^{\mathsf T}$",
    ),
    (
        r"$\partial C/\partial a_{\text{previous}} = \delta\,W^{\mathsf T}$",
        r"$\partial C/\partial a_{\text{previous}} = \delta\,W$",
    ),
    (
        r"$\partial C/\partial b = \sum_{\text{examples}} \delta$",
        r"$\partial C/\partial b = \delta$",
    ),
    (r"$\underset{5\times 2}{z} = z$", r"$\underset{2\times 5}{z} = z$"),
    (
        r"$\delta = \frac{\partial C}{\partial a} \odot \sigma'(z)$",
        r"$\delta = \frac{\partial C}{\partial a}\,\sigma'(z)$",
    ),
    (
        r"$\partial C/\partial W_{ij} = \sum_e (a_{\text{previous}})_{ei}\delta_{ej}$",
        r"$\partial C/\partial W_{ij} = \sum_e (a_{\text{previous}})_{ej}\delta_{ej}$",
    ),
]
SHAPES = "<!--where: layer; i = index(3); j = index(2); e_count = 5-->\n\n"


def problems(text: str) -> list[str]:
    return [str(problem) for problem in check_page(LOADS + text, "page.md").problems]


@pytest.mark.parametrize("text", TRUE)
def test_what_is_true_passes(text):
    assert not problems(text)


@pytest.mark.parametrize(("text", "message"), FALSE)
def test_what_is_false_or_not_declared_is_found(text, message):
    (problem,) = problems(text)
    assert message in problem


@pytest.mark.parametrize(("right", "wrong"), LAYER)
def test_products_of_a_layer_have_one_order_and_one_shape(right, wrong):
    assert not problems(SHAPES + right)
    (problem,) = problems(SHAPES + wrong)
    assert "page.md:7" in problem


def test_each_step_of_a_chain_is_compared():
    steps = [r"\sigma'(z)", r"\frac{e^{-z}}{(1 + e^{-z})^2}", r"a(1 - a)"]
    assert not problems(f"$${' = '.join(steps)}$$")
    for i, step in enumerate(steps):
        chain = " = ".join([*steps[:i], f"2{step}", *steps[i + 1 :]])
        (problem,) = problems(f"$${chain}$$")
        assert "false" in problem


def test_aligned_lines_are_read_one_by_one():
    lines = r"a &= \sigma(z) \\ &= 1 - \sigma(-z), \\ C &= (a - y)^2/2"
    text = rf"$$\begin{{aligned}} {lines} \end{{aligned}}$$"
    assert not problems(text)
    (problem,) = problems(text.replace("/2", "/3"))
    assert "false" in problem


def test_an_expression_that_stands_twice_needs_no_declaration_until_one_is_changed():
    assert not problems("$2b$, and $2b$ again.")
    assert len(problems("$2b$, and $3b$ again.")) == 2


def test_an_expression_of_the_code_needs_no_declaration():
    code = BLOCK.format("b, h = 1, 2\nc = (b - h) / 2")
    assert not problems(f"{code}<!--where: h = 1-->\n\n" + r"$\frac{b - h}{2}$")
    (problem,) = problems(f"{code}<!--where: h = 1-->\n\n" + r"$\frac{b + h}{2}$")
    assert "nothing says what" in problem


def test_a_declaration_beside_a_formula_is_for_that_one_alone():
    text = "$z = 2$,<!--where: z = 2--> and $z = 2$"
    (problem,) = problems(text)
    assert "false" in problem
    assert not problems("<!--where: z = 2-->\n\n$z = 2$ and $z = 2$")


def test_marks_in_code_are_code():
    assert not problems("Write `<!--is: a-->` beside it.")


def test_a_name_of_the_page_is_not_a_symbol_until_it_is_declared():
    code = BLOCK.format("q, z = 3, 7")
    assert not problems(f"{code}$z = 7$<!--where: z = page.z-->")
    assert problems(f"{code}$z = 7$")
    assert problems(f"{code}$q$")


def test_code_in_headings_is_declared_before_them():
    assert not problems("<!--quotes: Z == 0-->\n\n# Should it be `Z == 0`?")
    (problem,) = problems("<!--quotes: Z == 0-->\n\n# Should it be `Z == 1`?")
    assert "stands nowhere" in problem
