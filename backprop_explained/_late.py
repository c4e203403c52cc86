"""Names of a package whose modules are imported when one of them is first used."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec

Homes = Mapping[str, tuple[str, ...]]
JUDGES: Homes = {
    "check.derivative": ("Argument", "ArgumentVerdict", "derivative_argument"),
    "check.diagnosis": ("diagnose_gradients",),
    "check.gradient": (
        "GradientCheck",
        "check_gradients",
        "numerical_gradient",
        "relative_error",
    ),
    "check.line.find": ("FirstWrong", "find_first_wrong"),
    "check.line.report": ("WrongLine",),
    "check.mistakes": ("MISTAKES", "Mistake"),
    "check.report": ("Diagnosis",),
    "check.step": ("StepCheck", "check_step"),
}


def on_first_use(
    package: str, homes: Homes
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """The `__getattr__` and the `__dir__` of a package of this name.

    `homes` has, by the name of a module inside the package, the names that the package
    has from it.  The modules themselves need not be named to be found.
    """
    pairs = [(name, home) for home, names in homes.items() for name in names]
    late = {name: f"{package}.{home}" for name, home in pairs}

    def found(name: str) -> object:
        module = sys.modules[package]
        if name in late:
            value = getattr(import_module(late[name]), name)
            setattr(module, name, value)
            return value
        if not name.startswith("_") and find_spec(f"{package}.{name}"):
            return import_module(f"{package}.{name}")
        said = f"module {package!r} has no attribute {name!r}"
        raise AttributeError(said, name=name, obj=module)

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *late})

    return found, names
