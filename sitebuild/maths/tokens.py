r"""The TeX of a formula, cut into tokens.

>>> tokens(r"z = w\,x + b.")
['z', '=', 'w', 'x', '+', 'b']
"""

import re

GREEK = {
    "sigma": "sigma",
    "delta": "delta",
    "varepsilon": "epsilon",
    "lambda": "lambda_",
    "alpha": "alpha",
    "Phi": "Phi",
    "eta": "eta",
    "tau": "tau",
    "dots": "dots",
}
"""Commands that are letters, with the names that declarations have for them."""

FUNCTIONS = {
    "ln": "log",
    "log": "log",
    "exp": "exp",
    "tan": "tan",
    "sin": "sin",
    "cos": "cos",
    "tanh": "tanh",
    "sinh": "sinh",
    "cosh": "cosh",
    "max": "maximum",
}
"""Commands that are functions, with NumPy's names."""

RELATIONS = {
    "=": "=",
    "<": "<",
    ">": ">",
    r"\le": "<=",
    r"\leq": "<=",
    r"\ge": ">=",
    r"\geq": ">=",
    r"\approx": "≈",
    r"\leftarrow": "←",
}

_TOKEN = re.compile(
    r"\\(?:text|mathrm|operatorname|mathsf)\s*\{(?P<words>[^{}]*)\}"
    r"|\\mathsf\s+(?P<upright>\w)"
    r"|(?P<command>\\[A-Za-z]+|\\\\|\\.)"
    r"|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<other>\S)"
)
_SPACES = {r"\,", r"\;", r"\:", r"\!", r"\ "}
_SIZES = {
    r"\left",
    r"\right",
    *(
        rf"\{size}{side}"
        for size in ("big", "Big", "bigg", "Bigg")
        for side in ("", "l", "r")
    ),
}
_SAME = {r"\dfrac": r"\frac", r"\tfrac": r"\frac", r"\|": "‖", r"\lVert": "‖"}
_SAME |= {r"\rVert": "‖", r"\lvert": "|", r"\rvert": "|", r"\vert": "|", "−": "-"}
_SAME |= {r"\prime": "'", r"\times": "×"}


class UnreadError(ValueError):
    """TeX that is outside of what can be read."""


def tokens(tex: str) -> list[str]:
    """The tokens, without spaces, sizes and the full stop at the end."""
    found = []
    for match in _TOKEN.finditer(_without_layout(tex)):
        if match["words"] is not None or match["upright"]:
            token = "text:" + (match["words"] or match["upright"]).strip()
        else:
            token = match[0]
        if token not in _SPACES | _SIZES:
            found.append(_SAME.get(token, token))
    while found and found[-1] in {".", ",", ";"}:
        found.pop()
    return found


def _without_layout(tex: str) -> str:
    """Without `aligned`; a line that goes on is joined to the one before."""
    tex = re.sub(r"\\(?:begin|end)\{aligned\}", " ", tex)
    tex = r"\\".join(map(_columns, tex.split(r"\\"))) if "&" in tex else tex
    tex = re.sub(r"(\\[dt]?frac)\s*(\d)\s*(\d)", r"\1{\2}{\3}", tex)
    goes_on = r"(?=[-+=<>]|\\(?:odot|cdot|le|ge|leq|geq|approx)\b)"
    return re.sub(rf"\\\\\s*{goes_on}", " ", tex)


def _columns(line: str) -> str:
    """A line of `aligned`: its cells belong together in pairs."""
    cells = line.split("&")
    pairs = [" ".join(cells[i : i + 2]) for i in range(0, len(cells), 2)]
    return r" \\ ".join(pair for pair in pairs if pair.strip())


def statements(tex: str) -> list[list[list[str]]]:
    r"""What a formula says: one after another, each perhaps in equivalent forms.

    >>> statements(r"a = b, \qquad c = d \quad\text{or}\quad e = f")
    [[['a', '=', 'b']], [['c', '=', 'd'], ['e', '=', 'f']]]
    """
    ends: list[list[list[str]]] = [[[]]]
    depth = 0
    for token in tokens(tex):
        depth += (token in set("({[")) - (token in set(")}]"))
        if token in {r"\qquad", r"\\"} or (token == "," and not depth):
            ends.append([[]])
        elif token == "text:or":
            ends[-1].append([])
        elif token != r"\quad":
            ends[-1][-1].append(token)
    return [forms for forms in ends if forms != [[]]]
