"""Formulas that can be shown."""

GOOD = [
    r"\frac{\partial C}{\partial W} = \frac{\partial C}{\partial a} \odot \sigma'(z)",
    r"\sigma'(z) = \sigma(z)\bigl(1 - \sigma(z)\bigr) \Big/ f''(x)",
    r"\begin{aligned} a &= \sigma(z) \\ z &= xW + b \end{aligned}",
    r"\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}",
    r"\operatorname{ReLU}'(z) = \begin{cases} 1 & \text{if } z > 0 \\ 0 \end{cases}",
    r"W^{\mathsf T} \tfrac12 \sum_{i=1}^n \delta_i \cdot \mathbb R^{n \times d}",
    r"\underbrace{a(1-a)}_{\text{slope at } z} \overbrace{x}^{y} \sqrt{\hat y}",
    r"\textcolor{red}a \textcolor{blue}b \textcolor{orange}c",
    r"\left.\frac{\mathrm dC}{\mathrm dz}\right|_{z=2} \approx \lVert \nabla C \rVert",
    r"\lim_{z\to\infty} \tanh z = 1, \quad z \ne \ln\frac{a}{1-a} \in [0, 1]",
    r"\alpha\beta\gamma\eta\theta\lambda\mu\pi\rho\phi\varphi\varepsilon h\ell \Delta",
]
