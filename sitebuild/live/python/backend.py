"""How matplotlib shows figures in a cell; imported where matplotlib is, not before."""

from collections.abc import Callable
from typing import Any

import matplotlib
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg


class Manager(FigureManagerBase):
    """Shows nothing itself."""

    send: Callable[[], None] = staticmethod(lambda: None)  # the page sets it

    @classmethod
    def pyplot_show(cls, *, block: bool | None = None) -> None:  # noqa: ARG003
        cls.send()


class FigureCanvas(FigureCanvasAgg):
    """Draws for it."""

    manager_class: Any = Manager


def put_back() -> None:
    """Close all figures, with the settings of a first run."""
    from matplotlib import pyplot

    pyplot.close("all")
    matplotlib.rcdefaults()
    pyplot.switch_backend(f"module://{__name__}")
