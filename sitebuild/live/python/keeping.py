"""What one run must not change for the next: modules, builtins, and what they hold."""

import os
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

import backprop_explained  # so that it is among what is kept

_OURS = backprop_explained.__name__
_ABSENT = object()
_KEPT = {_OURS, "builtins", "math", "numpy", "os", "random", "sys"}
_MOVING = {"last_exc", "last_type", "last_value", "last_traceback"}


class Kept:
    """Modules as they are now, to be put back.

    A run may import more of them; what it replaces or takes away comes back, also in
    the package's classes and collections.
    """

    def __init__(self) -> None:
        self.modules = dict(sys.modules)
        self.variables = [
            (module, dict(vars(module)))
            for name, module in self.modules.items()
            if name.partition(".")[0] in _KEPT and isinstance(module, ModuleType)
        ]
        ours = [
            value
            for module, names in self.variables
            if module.__name__.startswith(_OURS)
            for value in names.values()
        ]
        self.classes = [(c, dict(vars(c))) for c in _once(ours, type)]
        self.classes = [(c, v) for c, v in self.classes if _is_ours(c)]
        self.dicts = [(d, dict(d)) for d in _once(ours, dict)]
        self.lists = [(x, list(x)) for x in (*_once(ours, list), sys.path, sys.argv)]
        self.folder, self.depth = Path.cwd(), sys.getrecursionlimit()

    def put_back(self) -> None:
        """Have all of it as it was."""
        for module, before in self.variables:  # also builtins, which all else needs
            _put_back(vars(module), before)
        sys.modules.update(self.modules)
        for owner, before in self.classes:
            _put_back_class(owner, before)
        for mapping, content in self.dicts:
            if mapping != content or list(mapping) != list(content):
                mapping.clear()
                mapping.update(content)
        for sequence, items in self.lists:
            sequence[:] = items
        sys.settrace(None)
        sys.setprofile(None)
        sys.setrecursionlimit(self.depth)
        os.chdir(self.folder)


def _once(values: list[Any], kind: type) -> list[Any]:
    return list({id(value): value for value in values if type(value) is kind}.values())


def _is_ours(owner: type) -> bool:
    return owner.__module__.startswith(_OURS)


def _put_back(now: dict[str, Any], before: dict[str, Any]) -> None:
    changed = [k for k, v in before.items() if now.get(k, _ABSENT) is not v]
    added = [k for k in now if k not in before]
    for name in changed:
        if name not in _MOVING:
            now[name] = before[name]
    for name in added:
        if name not in _MOVING and not isinstance(now[name], ModuleType):
            del now[name]


def _put_back_class(owner: type, before: dict[str, Any]) -> None:
    for name, value in before.items():
        if vars(owner).get(name, _ABSENT) is not value:
            setattr(owner, name, value)
    for name in [name for name in vars(owner) if name not in before]:
        delattr(owner, name)


class Chance:
    """The state of both global generators, which belongs to a page."""

    def __init__(self) -> None:
        self.numpy = np.random.get_state()
        self.python = random.getstate()

    def put_back(self) -> None:
        np.random.set_state(self.numpy)
        random.setstate(self.python)
