"""Programs that are written out as text: run, searched and judged."""

import numpy as np
from styles import STYLES

from backprop_explained import check_step, find_first_wrong


def style_of(name):
    (style,) = [style for style in STYLES if style.name == name]
    return style


def names_of(text, file="<string>"):
    """What a text defines."""
    names = {"np": np}
    exec(compile(text, file, "exec"), names)
    return names


def net_of(text, *arguments):
    return names_of(text)["Net"](*arguments)


def found_in(text, *arguments):
    """What is found in the step of a network."""
    net = net_of(text, *arguments)
    return find_first_wrong(net.step, net.cost, net, 0.1, source=text)


def is_right(text):
    net = net_of(text)
    return check_step(net.step, net.cost, net, 0.1).verdict == "right"


def replaced(text, old, new):
    """The text with another piece in the one place of a piece."""
    assert text.count(old) == 1
    return text.replace(old, new)
