"""Figures that a run draws with matplotlib: each goes to the page as a picture."""

import ast
import base64
import io
import sys
from collections.abc import Callable
from typing import Any

Show = Callable[[str, str], object]
_NAMES = {"matplotlib", "mpl_toolkits", "pylab"}
_DENSITY = 150  # dots per inch: legible on a fine screen, and no megabyte


def draws(source: str) -> bool:
    """Whether code imports matplotlib.

    Examples
    --------
    >>> draws("import matplotlib.pyplot as plt"), draws("matplotlib = 1")
    (True, False)
    """
    try:
        nodes = [*ast.walk(ast.parse(source))]
    except (SyntaxError, ValueError):
        return False
    names = [a.name for n in nodes if isinstance(n, ast.Import) for a in n.names]
    names += [n.module or "" for n in nodes if isinstance(n, ast.ImportFrom)]
    return any(name.partition(".")[0] in _NAMES for name in names)


def is_quiet(value: Any) -> bool:
    """Whether there is nothing to show of a value: it is part of a figure, or none.

    Examples
    --------
    >>> is_quiet(None), is_quiet([]), is_quiet(0)
    (True, False, False)
    """
    parts = value if isinstance(value, list | tuple) and value else [value]
    modules = {type(part).__module__.partition(".")[0] for part in parts}
    return value is None or modules == {"matplotlib"}


class Pictures:
    """Sends figures on; without matplotlib it has nothing to do."""

    def __init__(self, show: Show) -> None:
        self.show = show

    def begin(self) -> None:
        """Have `plt.show()` send what is open."""
        if backend := sys.modules.get(f"{__package__}.backend"):
            backend.Manager.send = self.send

    def send(self) -> None:
        """Send the figures that are open, and close them."""
        if pyplot := sys.modules.get("matplotlib.pyplot"):
            for number in pyplot.get_fignums():
                figure = pyplot.figure(number)
                self.show(_address(figure), _words(figure))
            pyplot.close("all")

    def end(self) -> None:
        """Have the next run begin without figures, and with the usual settings."""
        if backend := sys.modules.get(f"{__package__}.backend"):
            backend.put_back()


def _address(figure: Any) -> str:
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=_DENSITY)
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"


def _words(figure: Any) -> str:
    """What it shows, as far as its titles and labels say."""
    texts = [figure.get_suptitle()]
    for axes in figure.axes:
        texts += [axes.get_title(), axes.get_xlabel(), axes.get_ylabel()]
    return ": ".join(["Figure", *[", ".join(filter(None, texts))] * any(texts)])
