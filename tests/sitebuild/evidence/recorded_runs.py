"""A recorded run beside one that is made afresh."""

from math import isclose

NOISE = 1e-6  # a right gradient's error is the rounding of the differences, no result


def agree(recorded, fresh, places=1e-3):
    """To four digits: 1.000 has a step of 1e-3; what is no float has to be the same."""
    if isinstance(recorded, float) and isinstance(fresh, float):
        return isclose(recorded, fresh, rel_tol=places)
    return recorded == fresh


def differences(recorded, fresh, fields=None, digits={}):  # noqa: B006
    """The fields in which two runs differ by more than the last recorded digit."""
    return [
        field
        for field in fields or recorded._fields
        if not agree(*(pair := both(field, recorded, fresh)), digits.get(field, 1e-3))
        and not (field == "error" and max(pair) < NOISE)
    ]


def both(field, *runs):
    return [getattr(run, field) for run in runs]
