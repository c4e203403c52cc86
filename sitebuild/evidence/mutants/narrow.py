"""The tests that belong to a module: those that import it, or what leans on it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[3]
PACKAGE, TESTS = ROOT / "backprop_explained", ROOT / "tests"
FILES = 8
"""How many files of tests, the nearest first."""


def name_of(path: Path) -> str:
    """The dotted name of a module of the package, below it.

    Examples
    --------
    >>> name_of(PACKAGE / "check" / "step.py")
    'check.step'
    """
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


@cache
def modules() -> dict[str, Path]:
    paths = sorted(PACKAGE.rglob("*.py"))
    return {name_of(path): path for path in paths if path.stem != "__init__"}


def _imported(path: Path) -> Iterator[tuple[str, list[str]]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from ((alias.name, []) for alias in node.names)


@cache
def _homes(package: str) -> dict[str, str]:
    """The module that each public name of a package comes from."""
    return {
        name: module.removeprefix("backprop_explained.")
        for module, names in _imported(PACKAGE / package / "__init__.py")
        for name in names
    }


@cache
def leans_on(path: Path) -> frozenset[str]:
    """The modules of the package that a file imports, through helpers too.

    Examples
    --------
    >>> sorted(leans_on(PACKAGE / "training.py"))[:3]
    ['_checks', '_descent', '_fit']
    """
    found: set[str] = set()
    for module, names in _imported(path):
        top, _, below = module.partition(".")
        if top == "backprop_explained":
            inside = {f"{below}.{name}".lstrip(".") for name in names} & {*modules()}
            folder = PACKAGE / below.replace(".", "/")
            homes = _homes(below.replace(".", "/")) if folder.is_dir() else {}
            home = {homes.get(name, "") for name in names} if homes else {below}
            found |= inside or home
        elif path.is_relative_to(TESTS):
            for folder in {path.parent, TESTS}:
                if (helper := folder / f"{top}.py").exists():
                    found |= leans_on(helper)
    return frozenset(found & {*modules()})


@cache
def _distances(module: str) -> dict[str, int]:
    """How many imports lie between each user of a module and the module."""
    found, ahead, steps = {module: 0}, {module}, 0
    while ahead:
        steps += 1
        users = {n for n, path in modules().items() if leans_on(path) & ahead}
        ahead = users - found.keys()
        found |= dict.fromkeys(ahead, steps)
    return found


def narrow_tests(module: str) -> list[str]:
    """The module's own examples if any, then the nearest tests, as pytest takes them.

    Examples
    --------
    >>> narrow_tests("costs")[:2]
    ['backprop_explained/costs.py', 'tests/package/test_costs.py']
    """
    away = _distances(module)
    ranked = []
    for path in sorted((TESTS / "package").rglob("test_*.py")):
        near = [away[name] for name in leans_on(path) if name in away]
        if near:
            unlike = module.rpartition(".")[2] not in path.stem
            far = path.parent.name != modules()[module].relative_to(ROOT).parts[1]
            ranked.append((unlike, far, min(near), len(leans_on(path)), path))
    nearest = [path for *_, path in sorted(ranked)[:FILES]]
    own = [modules()[module]] if ">>> " in modules()[module].read_text("utf-8") else []
    return [path.relative_to(ROOT).as_posix() for path in own + nearest]
