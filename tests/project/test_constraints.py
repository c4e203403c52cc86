"""What is installed: the ranges that are asked for, and the exact versions."""

import os
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from sites import ROOT

import backprop_explained

NAME = "backprop-explained"
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
CONSTRAINTS = (ROOT / "constraints.txt").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
# What the pages say of them holds of one version; PyTorch's dependencies on Linux would
# bring gigabytes for graphics cards into the constraints.
UNCONSTRAINED = {"peers"}


def pins(environment=None):
    """Name to version, as constraints.txt has it for one Python (this one)."""
    applying = [
        requirement
        for requirement in map(Requirement, constraint_lines())
        if requirement.marker is None or requirement.marker.evaluate(environment)
    ]
    names = [canonicalize_name(requirement.name) for requirement in applying]
    assert len(names) == len(set(names)), "a package has two versions at once"
    return {
        name: str(requirement.specifier).removeprefix("==")
        for name, requirement in zip(names, applying, strict=True)
    }


def constraint_lines():
    lines = CONSTRAINTS.splitlines()
    return [line for line in lines if line and not line.lstrip().startswith("#")]


def needed(name, extras, found):
    """Name to version of all that a distribution needs here, however indirectly."""
    for requirement in map(Requirement, metadata.requires(name) or []):
        marker = requirement.marker
        if marker and not any(marker.evaluate({"extra": e}) for e in ["", *extras]):
            continue
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key not in found:
            found[key] = metadata.version(key[0])
            needed(*key, found)
    return {distribution: version for (distribution, _), version in found.items()}


def differences(installed, pinned):
    return {
        name: (version, pinned.get(name))
        for name, version in installed.items()
        if pinned.get(name) != version
    }


@pytest.mark.skipif(
    "BACKPROP_CONSTRAINED" not in os.environ,
    reason="only make test promises the exact versions",
)
def test_the_environment_is_what_the_constraints_say():
    (extras,) = re.findall(r"'\.\[([\w,]+)\]'\n\t@touch", MAKEFILE)
    installed = needed(NAME, extras.split(","), {})
    installed.pop(NAME, None)  # an extra may name another of this package
    assert len(installed) > 40
    assert differences(installed, pins()) == {}


def test_a_difference_from_the_constraints_is_found():
    installed = {"same": "1.0", "other": "2.0", "unknown": "3.0"}
    pinned = {"same": "1.0", "other": "2.1", "not-needed": "4.0"}
    found = {"other": ("2.0", "2.1"), "unknown": ("3.0", None)}
    assert differences(installed, pinned) == found


def test_each_constraint_is_one_exact_version():
    lines = constraint_lines()
    exact = re.compile(r"[a-z0-9._-]+==[0-9][^*,<>~!=;\s]*( ; [^#]+)?")
    assert len(lines) > 40
    assert [line for line in lines if not exact.fullmatch(line)] == []
    assert "://" not in CONSTRAINTS


@pytest.mark.parametrize("python", PYTHONS)
def test_the_constraints_know_what_is_asked_for_on_each_python(python):
    pinned = pins({"python_version": python, "python_full_version": f"{python}.9"})
    covered = [r for name, r in EXTRAS.items() if name not in UNCONSTRAINED]
    asked = [*PROJECT["dependencies"], *(r for rs in covered for r in rs)]
    for requirement in map(Requirement, asked):
        name = canonicalize_name(requirement.name)
        if name != NAME:
            assert pinned[name] in requirement.specifier


@pytest.mark.parametrize("extra", UNCONSTRAINED)
def test_an_extra_without_constraints_names_exact_versions(extra):
    loose = [r for r in EXTRAS[extra] if not re.fullmatch(r"[\w-]+==[\d.]+", r)]
    assert EXTRAS[extra]
    assert loose == []


def test_the_constraints_cover_every_other_extra_and_no_graphics_card():
    (covered,) = re.findall(r"^CONSTRAINED := (.+)$", MAKEFILE, re.M)
    assert {*covered.split()} == EXTRAS.keys() - UNCONSTRAINED
    assert not re.search(r"^(torch|nvidia|cuda|triton)\b", CONSTRAINTS, re.M)


def test_the_imported_package_is_the_one_beside_these_tests():
    assert Path(backprop_explained.__file__).parents[1] == ROOT
