"""All arrays in one: the verdict, the factor they share, and a sentence."""

from math import log10

from backprop_explained.check.verdict import COARSE, ArrayCheck, Verdict

FULL = 14
"""A cost that carries as many digits is computed in float64, and is not remarked on."""

DIGITS = 6
"""Of a factor, where the arrays are read as finely."""


def judge(arrays: tuple[ArrayCheck, ...]) -> Verdict:
    """The verdict on all arrays: one wrong spoils it, one right is needed."""
    found = {array.verdict for array in arrays}
    if "wrong" not in found and any(array.is_open for array in arrays):
        return "undecided"
    order: tuple[Verdict, ...] = ("wrong", "kink", "right")
    return next((verdict for verdict in order if verdict in found), "undecided")


def common_factor(arrays: tuple[ArrayCheck, ...]) -> float | None:
    """The one factor that all wrong arrays are off by."""
    wrong = [array for array in arrays if array.verdict == "wrong"]
    first = wrong[0].factor if wrong else None
    if first is None:
        return None
    for array in wrong:
        near = max(1e-4, 10 * array.bound) * abs(first)
        if array.factor is None or abs(array.factor - first) > near:
            return None
    return first


def suspect(factor: float) -> str:
    """Where a factor may come from."""
    size, sign = abs(factor), "the sign, and " if factor < 0 else ""
    usual = {1.0: "", 2.0: "a 2 of the square", 0.5: "a ½ of the cost"}
    for value, words in usual.items():
        if abs(size - value) <= 1e-3 * value:
            return (sign + words).removesuffix(", and ") or "a constant"
    for value, words in [
        (size, "a sum where the cost takes a mean over {n}"),
        (1 / size, "a mean over {n} where the cost takes a sum"),
    ]:
        if value > 1 and abs(value - round(value)) <= 1e-3 * value:
            return sign + words.format(n=round(value))
    return "a constant"


def sentence(verdict: Verdict, arrays: tuple[ArrayCheck, ...], digits: float) -> str:
    """The verdict in one sentence."""
    precision = ""
    if digits < FULL - 3:
        precision = f", by a cost that carries about {digits:.0f} digits"
        precision += _hidden(arrays, digits)
    if verdict == "right":
        return f"right{precision}"
    which = [i for i, a in enumerate(arrays, 1) if a.verdict == verdict]
    where = f"array {', '.join(map(str, which))} of {len(arrays)}"
    if verdict == "kink":
        return f"right, at a kink of the cost in {where}{precision}"
    if any(array.is_open for array in arrays) and verdict == "undecided":
        return _open(arrays, digits)
    if verdict == "undecided":
        return f"undecided: every slope is too small to measure{_way_out(digits)}"
    factor = common_factor(arrays)
    if factor is not None:
        which_arrays = "every array" if len(which) == len(arrays) else where
        return (
            f"wrong: {which_arrays} is {_shown(factor, arrays)} times the difference; "
            f"look for {suspect(factor)}"
        )
    return f"wrong in {where}"


def _hidden(arrays: tuple[ArrayCheck, ...], digits: float) -> str:
    """What so few digits hide, if it is much, and the way out."""
    of = f"of {len(arrays)}"
    seen = [a.bound if a.verdict == "right" else 0.0 for a in arrays]
    coarse = [str(i) for i, bound in enumerate(seen, 1) if bound > COARSE]
    small = [str(i) for i, a in enumerate(arrays, 1) if a.is_small]
    what = []
    if coarse:
        what += [f"an error below {max(seen):.0e} in array {', '.join(coarse)} {of}"]
    if small:
        what += [f"any error in array {', '.join(small)} {of}"]
    too_few = f": too few to see {', or '.join(what)}{_way_out(digits)}"
    return too_few if what else ""


def _shown(factor: float, arrays: tuple[ArrayCheck, ...]) -> str:
    """The factor, with no more digits than the bounds let it have."""
    coarsest = max(array.bound for array in arrays if array.verdict == "wrong")
    digits = int(-log10(coarsest)) if coarsest > 0 else DIGITS
    return f"{factor:.{min(max(digits, 2), DIGITS)}g}"


def _open(arrays: tuple[ArrayCheck, ...], digits: float) -> str:
    """Which arrays are left open, and what would decide."""
    at_kink = [i for i, a in enumerate(arrays, 1) if a.is_open and a.kink]
    which = at_kink or [i for i, a in enumerate(arrays, 1) if a.is_open]
    where = f"in array {', '.join(map(str, which))} of {len(arrays)}"
    if at_kink:
        return (
            f"undecided: the cost has a kink here, {where}; move the parameters off "
            "it, such as by small random biases, and check again"
        )
    return (
        f"undecided: {where} the cost disagrees, by less than is sure of it"
        f"{_way_out(digits)}"
    )


def _way_out(digits: float) -> str:
    if digits < FULL - 3:
        return "; compute the cost in float64, or take a smaller batch"
    return "; take other parameters, or a smaller batch"
