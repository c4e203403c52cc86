"""What one run must not change for the next: modules, builtins, and what they hold."""

import os
import random
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec, PathFinder
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

    A run may import more of them, and those of the package are kept as they come; what
    it replaces or takes away comes back, also in the package's classes and collections.
    """

    def __init__(self) -> None:
        self.modules: dict[str, ModuleType] = {}
        self.variables: list[tuple[ModuleType, dict[str, Any]]] = []
        self.classes: dict[type, dict[str, Any]] = {}
        self.dicts: dict[int, tuple[dict[Any, Any], dict[Any, Any]]] = {}
        sys.meta_path.insert(0, _Finder(self.add))
        self.lists = [(x, list(x)) for x in (sys.path, sys.argv, sys.meta_path)]
        for name, module in sys.modules.copy().items():
            self.modules[name] = module
            if name.partition(".")[0] in _KEPT and isinstance(module, ModuleType):
                self.add(module)
        self.folder, self.depth = Path.cwd(), sys.getrecursionlimit()

    def add(self, module: ModuleType) -> None:
        """Keep one of the modules, as it is now."""
        self.modules[module.__name__] = module
        self.variables.append((module, dict(vars(module))))
        if not _is_ours(module.__name__):
            return
        for value in vars(module).values():
            if type(value) is type and _is_ours(value.__module__):
                self.classes.setdefault(value, dict(vars(value)))
            elif type(value) is dict:
                self.dicts.setdefault(id(value), (value, dict(value)))
            elif type(value) is list:
                self.lists.append((value, list(value)))

    def put_back(self) -> None:
        """Have all of it as it was."""
        for module, before in self.variables:  # also builtins, which all else needs
            _put_back(vars(module), before)
        sys.modules.update(self.modules)
        for owner, before in self.classes.items():
            _put_back_class(owner, before)
        for mapping, content in self.dicts.values():
            if mapping != content or list(mapping) != list(content):
                mapping.clear()
                mapping.update(content)
        for sequence, items in self.lists:
            sequence[:] = items
        sys.settrace(None)
        sys.setprofile(None)
        sys.setrecursionlimit(self.depth)
        os.chdir(self.folder)


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] == _OURS


class _Finder:
    """Tells of each module of the package that is imported, when it is whole."""

    def __init__(self, tell: Callable[[ModuleType], None]) -> None:
        self.tell = tell

    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if _is_ours(name) else None
        if spec and spec.loader:
            spec.loader = _Loader(spec.loader, self.tell)
        return spec


class _Loader:
    """Loads a module as another loader does, which then takes its place."""

    def __init__(self, loader: Any, tell: Callable[[ModuleType], None]) -> None:
        self.loader, self.tell = loader, tell

    def __getattr__(self, name: str) -> Any:
        return getattr(self.loader, name)

    def exec_module(self, module: ModuleType) -> None:
        module.__loader__ = module.__spec__.loader = self.loader  # type: ignore
        self.loader.exec_module(module)
        self.tell(module)


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
