"""What runs cells in the browser, run here: variables stay, and nothing else does."""

import json

import pytest
from runner import Python
from sites import printed_by

from sitebuild.live.python.standing import names_of, stands_on


@pytest.fixture
def python():
    return Python()


BLOCKS = ["w = [1]", "unused = 1 / 0", "w.append(2)", "print(w)", "w = 5"]


def test_a_block_runs_after_those_that_it_stands_on(python):
    assert stands_on(BLOCKS, 3) == [0, 2]
    said, result = python.block(BLOCKS, 3)
    assert (said, result["before"]) == ("[1, 2]\n", 2)


def test_what_stands_runs_no_second_time_from_the_top_down(python):
    counts = [python.block(BLOCKS, i)[1]["before"] for i in (0, 2, 3)]
    assert counts == [0, 0, 0]


@pytest.mark.parametrize("order", [(0, 2, 3, 3), (3, 2, 3), (4, 3), (0, 4, 2, 3)])
def test_a_block_prints_the_same_in_whatever_order_they_run(python, order):
    printed = [python.block(BLOCKS, index)[0] for index in order]
    assert printed[-1] == "[1, 2]\n"


def test_an_edit_above_counts_and_a_variable_stays(python):
    edited = ["w = [7]\nmine = 3", *BLOCKS[1:]]
    assert python.block(edited, 3)[0] == "[7, 2]\n"
    assert python.block(edited, 4, "print(mine)")[0] == "3\n"
    python.runner.forget("/page")
    assert python.block(BLOCKS, 3, "print('mine' in globals())")[0] == "False\n"


def test_an_error_above_is_said_with_its_place(python):
    blocks = ["def f(x):\n    return 1 / x", "print(f(0))"]
    said, result = python.block(blocks, 1)
    assert (said, result["line"]) == ("", 1)
    assert result["error"].splitlines() == [
        "Line 1: print(f(0))",
        "In the block that begins with 'def f(x):', line 2: return 1 / x",
        "ZeroDivisionError: division by zero",
    ]
    _, result = python.block(["x = 1 / 0", "print(x)"], 1)
    above = "In the block that begins with 'x = 1 / 0', which"
    assert result["error"].startswith(above)
    assert result["line"] is None


@pytest.mark.parametrize(
    ("source", "read", "bound", "changed"),
    [
        ("y = x", {"x"}, {"y"}, set()),
        ("x = 1\nprint(x)", {"print"}, {"x"}, set()),
        ("def f():\n    return x\n\n\nx = 1", set(), {"f", "x"}, set()),
        ("def f(a):\n    return a + x", {"x"}, {"f"}, set()),
        ("def f():\n    global x\n    x = 1", set(), {"f", "x"}, set()),
        ("class A:\n    b = 1\n    c = b + x", {"x"}, {"A"}, set()),
        ("w[0] = 1", {"w"}, set(), {"w"}),
        ("w.a.b += 1", {"w"}, set(), {"w"}),
        ("w.append(1)", {"w"}, set(), {"w"}),
        ("[x for x in y]", {"y"}, set(), set()),
        ("import a.b, c as d", set(), {"a", "d"}, set()),
        ("a = = 1", set(), set(), set()),
    ],
)
def test_names_of_a_block(source, read, bound, changed):
    found = names_of(source)
    own = {"__name__", "__module__", "__qualname__", "__firstlineno__"}
    assert found.read - own == read
    assert found.bound - own == bound
    assert found.changed == changed


SPOILING = """import builtins, math, os, random, sys
import numpy as np
import backprop_explained as package
from backprop_explained import Network

builtins.print = builtins.len = None
package.sigmoid = np.exp = np.random.default_rng = math.exp = None
package.ACTIVATIONS.clear()
Network.with_parameters = None
Network.more = 1
del Network.__init__
sys.stdout.close()
sys.modules["numpy"] = None
sys.path.clear()
sys.setrecursionlimit(60)
np.seterr(all="raise")
np.set_printoptions(precision=1)
os.chdir("/")
"""
ASKING = """import math, os, sys
import numpy as np
import backprop_explained as package
from backprop_explained import Network

print(np.array([0.123]), np.geterr()["under"], len(package.ACTIVATIONS) > 10)
print(package.sigmoid(0.0), np.exp(0.0), math.exp(0), hasattr(Network, "more"))
print(Network([np.eye(2)], [np.zeros(2)]).with_parameters, len(sys.path) > 1)
print(np.random.default_rng(0).integers(2), sys.getrecursionlimit() > 60, os.getcwd())
"""


def test_no_run_spoils_the_next(python):
    before = python(ASKING)
    assert "0.5 1.0 1.0 False" in before[0]
    python(SPOILING)
    assert python(ASKING)[0].split("<bound")[0] == before[0].split("<bound")[0]
    assert python(ASKING)[0].splitlines()[-1] == before[0].splitlines()[-1]
    assert not before[1].get("error")


FRESH = """import json, sys
from sitebuild.live.python.running import Runner

assert "backprop_explained.check.mistakes" not in sys.modules
streams, printed = (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__), []
runner = Runner(printed.append)
for code in sys.argv[1:]:
    printed.clear()
    result = json.loads(runner.run(json.dumps({"code": code})))
    sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__ = streams
    print(json.dumps(["".join(printed), result.get("error")]))
"""
IMPORT = "import sys, backprop_explained.check.mistakes as late\n"
SPOIL = """late.mistaken = late.Mistake.gradients = None
late.more = late.Mistake.more = 1
sys.meta_path.clear()
del late.MISTAKES, sys.modules[late.__name__]
"""
ASK = """print(len(late.MISTAKES), hasattr(late, "more"), hasattr(late.Mistake, "more"))
print(None in (late.mistaken, late.Mistake.gradients), late.__loader__)
import backprop_explained.check.report
"""


def test_what_a_run_imports_is_whole_for_the_next():
    said = printed_by(FRESH, IMPORT + SPOIL, IMPORT + ASK, IMPORT + ASK)
    spoilt, *asked = map(json.loads, said.splitlines())
    assert spoilt == ["", None]
    assert asked[0] == asked[1]
    said, error = asked[0]
    assert error is None
    count, *rest = said.split(maxsplit=4)
    assert int(count) > 10
    assert rest[:3] == ["False", "False", "False"]
    assert "_Loader" not in rest[3]


@pytest.mark.parametrize("generator", ["np.random", "random"])
def test_chance_belongs_to_a_page(python, generator):
    ask = f"import random, numpy as np\nprint({generator}.random())"
    seeded = f"import random, numpy as np\n{generator}.seed(1)"
    first = python(f"{seeded}\nprint({generator}.random())")[0]
    assert python(ask)[0] != first
    python.block([seeded, ask], 0)
    python(seeded + f"\n{generator}.random()")
    assert python.block([seeded, ask], 1)[0] == first


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("x = 2\nx * 3", "6\n"),
        ("None", ""),
        ("print(1)", "1\n"),
        ("x = 2", ""),
        ("'a'", "'a'\n"),
    ],
)
def test_the_value_of_a_last_expression_is_shown(python, code, said):
    assert python(code)[0] == said


def test_every_value_of_a_session_is_shown(python):
    code = "x = 2\nx\nfor n in range(2):\n    n\nNone\ndef f():\n    x\nf()\n'a'"
    said, result = python(code, session=True)
    assert (said, result.get("error")) == ("2\n0\n1\n'a'\n", None)
    assert python("7\n8")[0] == "8\n"


def test_code_after_the_readers_is_judged(python):
    after = "import json\nprint('noise')\nprint(json.dumps([x]))"
    said, result = python("x = 1\nprint(x)", after=after)
    assert (said, result["graded"]) == ("1\n", [1])
    assert "graded" not in python("1 / 0", after=after)[1]
