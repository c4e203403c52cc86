"""What the package returns is a value: nobody can change a verdict afterwards."""

import dataclasses

import pytest

import backprop_explained

PUBLIC = [getattr(backprop_explained, name) for name in backprop_explained.__all__]
DATACLASSES = [v for v in PUBLIC if isinstance(v, type) and dataclasses.is_dataclass(v)]


def test_the_verdicts_are_among_them():
    names = {cls.__name__ for cls in DATACLASSES}
    assert {"ArgumentVerdict", "Diagnosis", "GradientCheck", "StepCheck"} <= names


@pytest.mark.parametrize("cls", DATACLASSES)
def test_a_field_cannot_be_set(cls):
    value = object.__new__(cls)
    for field in dataclasses.fields(cls):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, field.name, None)
