"""Calls beside the build: made once, in another process, and never lost."""

import json
import sys

import pytest
from sites import printed_by

from sitebuild.beside import Beside

PROCESSES = """
import gc, json, os
from sitebuild.beside import Beside

def process(end=False):
    if end and os.getpid() != here:
        os._exit(0)
    return os.getpid()

here = os.getpid()
beside = Beside()
beside.open()
beside.begin(process)
told = [beside.result(process) == here, beside.result(process, False) == here]
beside.begin(process, True)
told.append(beside.result(process, True, ended=lambda end: "ended"))
beside.begin(process, 0)
told.append(beside.result(process, 0) == here)
beside.end()
beside.open(1)
beside.begin(process)
beside.begin(process, None)
beside.close()
told.append(beside.knows(process, None) and beside.result(process, None) != here)
told.append(gc.isenabled())
print(json.dumps(told))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no safe fork")
def test_what_was_begun_is_made_beside_and_what_is_lost_is_made_here():
    """An interpreter of its own, as those of pytest may have threads."""
    told = json.loads(printed_by(PROCESSES))
    assert told == [False, True, "ended", True, True, True]


@pytest.fixture
def counted():
    """A function, and the arguments of its calls."""
    calls = []
    return lambda number: calls.append(number) or 2 * number, calls


def test_a_result_is_kept_for_the_build_after_it_and_no_longer(counted):
    double, calls = counted
    beside = Beside()
    assert not beside.knows(double, 1)
    assert [beside.result(double, 1) for _ in range(2)] == [2, 2]
    beside.end()
    assert beside.knows(double, 1)
    assert beside.result(double, 1) == 2
    assert calls == [1]
    beside.end()
    beside.end()  # of a build that did not ask
    assert not beside.knows(double, 1)
    assert beside.result(double, 1) == 2
    assert calls == [1, 1]


def test_an_error_of_a_call_is_that_of_the_result(counted):
    with pytest.raises(TypeError, match="unsupported operand"):
        Beside().result(counted[0], None)
