"""The ways in which a derivative can want its arguments, tried one after the other.

`z` and `a` are the pre-activation and the output, `dC/da` what comes from above, and
`rate` a step size, which some layers take because they have one argument for all.
"""

from collections.abc import Callable, Iterator
from itertools import permutations
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.check.probes import Probe, is_slope
from backprop_explained.check.readings import Reading, read
from backprop_explained.check.subject import Subject
from backprop_explained.notation import Array

ABOVE = "dC/da"
"""What comes from above, as messages call it."""

RATE = 0.1


class Way(NamedTuple):
    """One way to call a derivative.

    Examples
    --------
    >>> Way(("z", "a")).multiplies
    False
    """

    passed: tuple[str, ...]  # what it is handed, in this order
    after_forward: bool = False  # whether the forward pass of its object runs before
    stored: str = ""  # the attribute that is set before, if any is
    holds: str = ""  # what that attribute is set to

    @property
    def multiplies(self) -> bool:
        """Whether it is expected to multiply by what comes from above."""
        return ABOVE in self.passed


def from_above(z: Array) -> Array:
    """Numbers of both signs, none near 0, to stand for what comes from above."""
    return np.asarray(np.where(np.sin(5 * z) > 0, 1.0, -1.0) * (1 + 0.3 * np.cos(z)))


def ways_for(count: int, after_forward: bool) -> Iterator[Way]:
    """All ways of so many arguments, the likeliest first."""
    if count == 0:
        yield Way((), after_forward)
    if count == 1:
        yield Way((ABOVE,), after_forward)
    if count == 2 and after_forward:
        yield Way((ABOVE, "rate"), after_forward)
    if count == 2:
        for one in ("z", "a"):
            yield Way((ABOVE, one), after_forward)
            yield Way((one, ABOVE), after_forward)
        yield from (Way(pair, after_forward) for pair in (("z", "a"), ("a", "z")))
    if count == 3:
        for three in permutations((ABOVE, "z", "a")):
            yield Way(three, after_forward)


def try_way(
    subject: Subject, way: Way, points: Probe, given: Probe | None = None
) -> Reading:
    """Call it that way at all points, perhaps given other numbers for `z` or `a`."""
    z, a, _ = given or points
    columns = {"z": z, "a": a, ABOVE: from_above(points.z)}

    def call(z: Any) -> Any:
        def like(name: str) -> Any:
            return RATE if name == "rate" else _like(z, points.z, columns[name])

        if way.after_forward and subject.forward is not None:
            subject.forward(_like(z, points.z, points.z))
        if way.stored:
            setattr(subject.owner, way.stored, like(way.holds))
        return subject.call(*map(like, way.passed))

    return read(call, " ".join(way.passed), points.z)


def is_right(
    subject: Subject, way: Way, points: Probe, given: Probe | None = None
) -> bool:
    """Whether the slope comes back, times what comes from above if that is passed."""
    slope = points.slope * from_above(points.z) if way.multiplies else points.slope
    return bool(is_slope(try_way(subject, way, points, given).values, slope).all())


def which_are_read(subject: Subject, way: Way, points: Probe) -> tuple[str, ...]:
    """Those of `z` and `a` without which the slope does not come out."""
    way, other = way._replace(after_forward=False), points.z * 0.5 + 0.3
    spoilt = {n: points._replace(**{n: other}) for n in way.passed if n in ("z", "a")}
    return tuple(n for n, p in spoilt.items() if not is_right(subject, way, points, p))


def _like(v: Any, z: Array, column: Array) -> Any:
    """The entries of a column that belong to `v`, as the kind of thing that `v` is."""
    found = column[np.searchsorted(z, v)]
    if isinstance(v, list):
        return found.tolist()
    return float(found) if isinstance(v, float) else found


def attributes_to_set(subject: Subject, call: Callable[[], Any]) -> Iterator[str]:
    """The attributes of its object that it may read, each put back after its turn."""
    owner, missed = subject.owner, []
    try:
        call()
    except AttributeError as error:
        missed = [error.name] if error.obj is owner and error.name else []
    except Exception:  # anybody's code may raise anything
        pass
    known = {**vars(type(owner)), **getattr(owner, "__dict__", {})}
    held = [n for n, v in known.items() if n[:2] != "__" and _holds_numbers(v)]
    for name in [*missed, *held]:
        own, before = name in getattr(owner, "__dict__", {}), known.get(name)
        try:
            yield name
        finally:
            if own:
                setattr(owner, name, before)
            elif name in getattr(owner, "__dict__", {}):
                delattr(owner, name)


def _holds_numbers(value: Any) -> bool:
    return not (callable(value) or isinstance(value, str | property | staticmethod))
