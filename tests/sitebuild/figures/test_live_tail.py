"""The far tail: its binary places and its slopes, by mpmath, decimal and NumPy."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
from drawings import MP, Drawing, near

from sitebuild.figures.live_tail import FIRST, FORMATS, PLACES, STOPS, stops, tail

AT = range(0, len(STOPS), 4)


def exact(z):
    """Both outputs, with more digits than any place needs."""
    with localcontext(prec=80):
        e = Decimal(-float(z)).exp()
        return 1 / (1 + e), e / (1 + e)


def in_bits(value, bits):
    """As mpmath rounds to a number of bits, with a context of its own."""
    with MP.workprec(bits):
        return +MP.mpf(value)


def number(text):
    return MP.mpf(text.replace("−", "-"))


@pytest.mark.parametrize("at", AT)
def test_the_places_are_those_of_the_output(at):
    a, left = exact(STOPS[at])
    bits = stops()[at].bits
    assert len(bits) == PLACES
    with localcontext(prec=80):
        found = Decimal(int(bits, 2)) / 2**PLACES
        assert 0 <= a - found < Decimal(1) / 2**PLACES
        assert int(bits, 2) + int(left * 2**PLACES) in (2**PLACES - 1, 2**PLACES)


@pytest.mark.parametrize("at", AT)
def test_both_formulas_are_rounded_as_mpmath_rounds(at):
    with MP.workdps(60):
        z = MP.mpf(float(STOPS[at]))
        a, left = 1 / (1 + MP.exp(-z)), 1 / (1 + MP.exp(z))
    for place, bits in enumerate(FORMATS.values()):
        kept = in_bits(a, bits)
        with MP.workdps(60):
            product, both = kept * (1 - kept), kept * in_bits(left, bits)
        stop = stops()[at]
        for shown, value in [(stop.from_output, product), (stop.mirrored, both)]:
            expected = in_bits(value, bits)
            assert number(shown[place]) == pytest.approx(expected, rel=6e-10)


@pytest.mark.parametrize("at", AT)
def test_the_formats_that_numpy_has_round_like_it(at):
    a, left = map(float, exact(STOPS[at]))
    for name in ("float16", "float32", "float64"):
        dtype, place = np.dtype(name).type, list(FORMATS).index(name)
        assert np.finfo(dtype).nmant + 1 == FORMATS[name]
        kept = dtype(a)
        shown = float(number(stops()[at].from_output[place]))
        assert shown == pytest.approx(float(kept * (dtype(1) - kept)), rel=6e-10)
        if left > np.finfo(dtype).smallest_normal:
            mirrored = float(kept) * float(dtype(left))
            shown = float(number(stops()[at].mirrored[place]))
            assert shown == pytest.approx(float(dtype(mirrored)), rel=6e-10)


def test_the_slope_has_ten_digits_that_are_right():
    for z, stop in zip(STOPS, stops(), strict=True):
        a, left = exact(z)
        shown = Decimal(stop.slope.replace("−", "-"))
        assert abs(shown / (a * left) - 1) < Decimal("6e-10")


@pytest.mark.parametrize(("at", "format_"), [FIRST[::-1], (39, 3), (4, 0), (9, 2)])
def test_the_strokes_are_the_places(at, format_):
    drawing = Drawing(tail(at, format_))
    place, kept = drawing.scale("place"), list(FORMATS.values())[format_]
    ones = stops()[at].bits.index("0") if "0" in stops()[at].bits else PLACES
    a, left = (int(value * 2**PLACES) for value in exact(STOPS[at]))
    for row, value, start, end in [("a", a, 0, kept), ("z", left, ones, ones + kept)]:
        parts = [drawing.part(f"{row}-{part}") for part in ("front", "kept", "lost")]
        corners = [part.points for part in parts]
        assert sum(map(len, corners)) == 2 * PLACES
        feet = [point for points in corners for point in points[::2]]
        tops = [point for points in corners for point in points[1::2]]
        high = [foot[1] - top[1] == 20 for foot, top in zip(feet, tops, strict=True)]
        assert sum(2 ** (PLACES - 1 - k) for k in range(PLACES) if high[k]) == value
        for k, (x, _) in enumerate(feet):
            assert x == near(place(k + 0.5))
        lost = len(corners[2]) // 2
        assert lost == max(0, PLACES - end)
        bracket = drawing.part(f"{row}-bracket").points
        assert bracket[0][0] == near(place(start), 1)
        assert bracket[-1][0] == near(place(min(end, PLACES)), 1)


def test_what_stands_under_a_row_is_counted():
    for at, format_ in [(19, 3), (39, 3), (4, 0), (0, 3), (5, 0)]:
        drawing = Drawing(tail(at, format_))
        kept = list(FORMATS.values())[format_]
        with localcontext(prec=80):
            left = exact(STOPS[at])[1]
            ones = next(k for k in range(99) if left * 2 ** (k + 1) >= 1)
        said = drawing.part("a-said").text
        assert said.startswith(f"{kept} bits: ")
        assert f"after {ones} zero" in drawing.part("z-said").text
        if ones < kept:
            more = f"one{'s'[: ones > 1]} in front, and {kept - ones} more"
            assert said.endswith(f"{ones} {more}")
        else:
            with MP.workdps(60):
                is_one = in_bits(1 / (1 + MP.exp(-MP.mpf(STOPS[at]))), kept) == 1
            assert said.endswith("rounded to 1" if is_one else "no more")


def test_what_is_bold_is_right_and_what_follows_is_not():
    for at, format_ in [(19, 3), (11, 2), (39, 3)]:
        drawing = Drawing(tail(at, format_))
        right, rest = (drawing.part(f"from-output-{k}").text for k in ("right", "rest"))
        slope = drawing.part("slope").text
        assert slope == stops()[at].slope
        assert right + rest == stops()[at].from_output[format_]
        assert slope.startswith(right)
        assert rest[0] != slope[len(right)]


def test_the_module_is_given_what_is_shown():
    drawing = Drawing(tail())
    (element,) = drawing.all("bp-tail")
    given = [stop.split() for stop in element.attributes["data-stops"].split("|")]
    for (bits, *slopes), stop in zip(given, stops(), strict=True):
        assert f"{int(bits, 16):b}" == stop.bits
        assert slopes == [stop.slope, *stop.from_output, *stop.mirrored]
    formats = [f"{name} {bits}" for name, bits in FORMATS.items()]
    assert element.attributes["data-formats"] == " ".join(formats)
    assert drawing.part("z")["value"] == STOPS.tolist().index(20)
    assert list(FORMATS)[int(drawing.part("format")["value"])] == "float64"
