"""A figure as its reader has it: lines, texts, marks, and axes that the ticks make."""

import re
from contextlib import suppress
from html.parser import HTMLParser
from typing import NamedTuple

import mpmath

MP = mpmath.mp.clone()
MP.dps = 30


class Element(NamedTuple):
    name: str
    attributes: dict
    inside: list  # of texts

    def __getitem__(self, attribute):
        """A number where it is one."""
        value = self.attributes[attribute]
        with suppress(ValueError):
            return float(value)
        return value

    @property
    def text(self):
        return "".join(self.inside)

    @property
    def classes(self):
        return self.attributes.get("class", "").split()

    @property
    def points(self):
        """The corners of a path."""
        return corners(self.attributes["d"])


def corners(d):
    """Of a path of straight lines, upright and level ones among them."""
    found = []
    for command, numbers in re.findall(r"([MLHV])([^A-Z]*)", d):
        values = [float(number) for number in numbers.split()]
        if command in "HV":
            x, y = found[-1]
            values = [values[0], y] if command == "H" else [x, values[0]]
        found.append(tuple(values))
    return found


class Drawing(HTMLParser):
    """All elements of a figure, in order."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.open = [], []
        self.feed(html)

    def handle_starttag(self, name, attributes):
        self.elements.append(Element(name, dict(attributes), []))
        if name != "input":
            self.open.append(self.elements[-1])

    def handle_endtag(self, name):
        assert self.open.pop().name == name

    def handle_data(self, data):
        for element in self.open:
            element.inside.append(data)

    def all(self, name, *classes):
        """The elements of a name that have all of these classes."""
        found = [element for element in self.elements if element.name == name]
        return [e for e in found if set(classes) <= set(e.classes)]

    def part(self, name):
        (found,) = [e for e in self.elements if e.attributes.get("data-part") == name]
        return found

    def scale(self, name):
        """Where the module is told that a value stands: data-name."""
        low, high, start, end = map(float, self.part("drawing")[f"data-{name}"].split())
        return Axis([(low, start), (high, end)])


class Axis:
    """From values to places, by the ticks, which have to be in line."""

    def __init__(self, ticks):
        self.ticks = ticks
        (low, start), (high, end) = min(ticks), max(ticks)
        self.low, self.start = low, start
        self.unit = (end - start) / (high - low)
        for value, place in ticks:
            assert place == near(self(value))

    def __call__(self, value):
        return self.start + float(value - self.low) * self.unit


def near(place, decimals=2):
    """As a coordinate that was rounded to so many decimals."""
    return Near(float(place), 0.5000001 * 10**-decimals)


class Near:
    """Equal to what it may have been rounded to; ticks themselves are rounded too."""

    def __init__(self, place, half):
        self.place, self.half = place, half

    def __eq__(self, other):
        return abs(self.place - other) <= self.half + 0.0101

    def __repr__(self):
        return f"{self.place:.4f} ± {self.half}"

    __hash__ = None


def value_of(text):
    """The number in a text: "z = −2.0" is -2."""
    number = text.rpartition(" ")[2].replace("−", "-").replace(",", "")
    return float({"½": "0.5"}.get(number, number))


def written(value, digits):
    """A number as a figure writes it."""
    text = f"{float(value):.{digits}f}"
    return (f"{0:.{digits}f}" if float(text) == 0 else text).replace("-", "−")


def sigmoid(z):
    return 1 / (1 + MP.exp(-MP.mpf(z)))


def slope(z):
    """The slope of the sigmoid, by the definition of a derivative."""
    return MP.diff(sigmoid, MP.mpf(z))
