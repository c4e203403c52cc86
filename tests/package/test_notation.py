"""What the public names say, and which way imports point."""

import ast
import importlib.metadata
import inspect
import re
from itertools import pairwise
from pathlib import Path

import pytest
from sites import printed_by

import backprop_explained
from backprop_explained._late import JUDGES

PACKAGE = Path(backprop_explained.__file__).parent
MAP = re.findall(r"^- `([\w.]+)`: \w", backprop_explained.__doc__, re.MULTILINE)
READING_ORDER = [module.replace(".", "/") for module in MAP]
PRIVATE = {  # the modules that a private one may lean on
    "__main__": {"check.numbers"},
    "_progress": set(),
    "_late": set(),
    "_fit": {"notation", "activations"},
    "_checks": {"notation", "costs", "network"},
    "_descent": {
        *("_progress", "notation", "logistic", "costs", "network", "backprop")
    },
}
NAMES = backprop_explained.__all__
PUBLIC = {name: getattr(backprop_explained, name) for name in NAMES}
FUNCTIONS = [name for name in NAMES if inspect.isfunction(PUBLIC[name])]
CLASSES = [name for name in NAMES if inspect.isclass(PUBLIC[name])]
VALUES = [name for name in NAMES if name not in FUNCTIONS + CLASSES]


# ---- the public names


def sections(text):
    """The headings of a NumPy-style docstring."""
    return re.findall(r"^(\w[\w ]*)\n-{3,}$", inspect.cleandoc(text), re.MULTILINE)


def attribute_docstrings(module):
    """The string below each assignment of a module, as documentation tools read it."""
    body = ast.parse(Path(module.__file__).read_text("utf-8")).body
    return {
        getattr(target, "id", None): ast.literal_eval(text.value)
        for statement, text in pairwise(body)
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        for target in getattr(statement, "targets", [getattr(statement, "target", 0)])
    }


def test_every_public_name_exists_once_and_in_order():
    assert sorted(set(NAMES)) == sorted(NAMES)
    namespace = {}
    exec("from backprop_explained import *", namespace)
    assert set(NAMES) <= set(namespace)


FRESH = """
import sys
import backprop_explained as package

late = {name for name in sys.modules if name.startswith("backprop_explained.check")}
assert not late, late
assert not set(package.__all__) - set(dir(package))
for name in sys.argv[1:]:
    value = getattr(package, name)
    home = sys.modules.get(getattr(value, "__module__", None), package)
    assert value is getattr(home, name) is vars(package)[name], name
assert package.check.line.find.find_first_wrong is package.find_first_wrong
assert package.published and package.check.numbers and "check" in dir(package)
for owner in package, package.check, package.check.line:
    for name in "nonsense", "_nonsense":
        try:
            getattr(owner, name)
        except AttributeError as error:
            assert (error.name, error.obj) == (name, owner)
            assert str(error) == f"module {owner.__name__!r} has no attribute {name!r}"
        else:
            raise AssertionError(name)
"""


def test_the_reference_network_does_without_the_judges_until_one_is_named():
    printed_by(FRESH, *reversed(NAMES), options=("-W", "error"))


def test_names_that_come_late_are_those_that_type_checkers_see():
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    (typed,) = (n for n in tree.body if isinstance(n, ast.If))
    seen = {
        node.module.removeprefix("backprop_explained."): [a.name for a in node.names]
        for node in typed.body
    }
    assert seen == {home: [*names] for home, names in JUDGES.items()}


def test_no_public_object_is_left_out():
    imported = {
        name
        for name, value in vars(backprop_explained).items()
        if not name.startswith("_") and not inspect.ismodule(value)
    }
    assert imported == set(NAMES)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_states_arguments_result_errors_and_an_example(name):
    text = PUBLIC[name].__doc__
    assert {"Parameters", "Returns", "Raises", "Examples"} <= set(sections(text))
    assert ">>> " in text.split("Examples\n")[1]
    documented = text.split("Parameters\n")[1].split("Returns\n")[0]
    for argument in inspect.signature(PUBLIC[name]).parameters:
        line = rf"(?m)^ *([\w, *]+, )?\*{{0,2}}{argument}\b"
        assert re.search(line, documented), argument


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_array_is_documented_with_its_shape(name):
    lines = PUBLIC[name].__doc__.splitlines()
    typed = [line for line in lines if re.search(r":.*array_like|^ *ndarray", line)]
    assert all(re.search(r"shape|same", line) for line in typed), typed


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_states_its_fields_and_an_example(name):
    text = PUBLIC[name].__doc__
    assert {"Parameters", "Attributes"} & set(sections(text))
    assert ">>> " in text.split("Examples\n")[1]


@pytest.mark.parametrize("name", VALUES)
def test_a_value_is_explained_by_its_formulas_or_below_its_assignment(name):
    if isinstance(PUBLIC[name], backprop_explained.Activation):
        assert len(PUBLIC[name].formulas) >= 2
        return
    package = backprop_explained
    modules = package.catalogue, package.costs, package.check.mistakes
    homes = map(attribute_docstrings, modules)
    assert any(home.get(name, "").strip() for home in homes)


@pytest.mark.parametrize(
    "method", [backprop_explained.Cost.__call__, backprop_explained.Network.layers.fget]
)
def test_what_a_reader_calls_on_an_object_is_documented(method):
    assert method.__doc__.strip()


# ---- imports


def imported_by(module):
    """The modules of the package that a module imports, anywhere in it."""
    tree = ast.parse((PACKAGE / f"{module}.py").read_text("utf-8"))
    dotted = [
        *(n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)),
        *(a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names),
    ]
    relative = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level]
    assert not relative
    return {
        name.removeprefix("backprop_explained").lstrip(".") or "the whole package"
        for name in dotted
        if name.split(".")[0] == "backprop_explained"
    }


def test_the_map_names_every_module_once():
    modules = {
        path.relative_to(PACKAGE).with_suffix("").as_posix()
        for path in PACKAGE.rglob("*.py")
        if not path.name.startswith("_")
    }
    assert len(modules) > 20
    assert sorted(READING_ORDER) == sorted(modules)


@pytest.mark.parametrize("module", READING_ORDER)
def test_imports_point_down_the_reading_order_only(module):
    earlier = READING_ORDER[: READING_ORDER.index(module)]
    public = {name.replace(".", "/") for name in imported_by(module)} - set(PRIVATE)
    assert public <= set(earlier)


@pytest.mark.parametrize("module", PRIVATE)
def test_a_private_module_leans_on_what_stands_above_its_users(module):
    assert imported_by(module) == PRIVATE[module]
    for user in READING_ORDER:
        if module in imported_by(user):
            earlier = READING_ORDER[: READING_ORDER.index(user)]
            assert PRIVATE[module] - set(PRIVATE) <= set(earlier)


def test_every_private_module_is_accounted_for():
    found = {path.stem for path in PACKAGE.rglob("_*.py")} - {"__init__"}
    assert found == set(PRIVATE)


def test_the_judge_imports_nothing_of_the_accused():
    reached, ahead = set(), {"check/gradient"}
    while ahead:
        reached |= ahead
        names = set().union(*map(imported_by, ahead))
        ahead = {name.replace(".", "/") for name in names} - reached
    outside = {name for name in reached if not name.startswith("check/")}
    assert outside == {"notation", "_progress"}


def test_the_import_finder_finds_imports():
    own = {"_checks", "_descent", "_fit", "backprop", "costs", "network", "notation"}
    assert imported_by("training") == own


def test_the_installed_package_needs_numpy_alone():
    required = importlib.metadata.requires("backprop-explained")
    assert [line for line in required if "extra ==" not in line] == ["numpy>=2"]
    code = (
        "import sys, numpy.random; before = {n.split('.')[0] for n in sys.modules};"
        "import backprop_explained;"
        "new = {n.split('.')[0] for n in sys.modules} - before;"
        "print(sorted(new - set(sys.stdlib_module_names)))"
    )
    assert printed_by(code) == "['backprop_explained']\n"


def test_types_are_shipped():
    assert (PACKAGE / "py.typed").is_file()
