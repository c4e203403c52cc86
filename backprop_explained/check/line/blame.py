"""From a replacement that repairs to the expression that a reader should look at."""

from collections.abc import Callable
from typing import NamedTuple

from backprop_explained.check.line.candidates import VALUE
from backprop_explained.check.line.expression import Expression
from backprop_explained.check.line.recorder import Change, Key
from backprop_explained.check.line.search import Repair, Search

FAR = 4000
"""So many events back, a value that was handed to a function is looked for."""


class Blame(NamedTuple):
    """What repairs, the expressions that are wrong, and the calls of their function.

    `inside` is what was measured, in a function that they call and that the cost needs.
    """

    search: Search
    repair: Repair
    at: tuple[Expression, ...]
    calls: tuple[Expression, ...]
    inside: Expression | None = None

    @property
    def plan(self) -> dict[Key, Change]:
        """The replacement, to be carried out by a run."""
        return self.search.plan(self.repair.candidate.places)

    @property
    def doubt(self) -> int:
        """How right what is replaced is by itself."""
        return self.search.doubt(self.repair.candidate)

    @property
    def lines(self) -> set[tuple[str, int]]:
        """The files and lines of what is wrong."""
        return {e.place[:2] for e in self.at}

    @property
    def is_weak(self) -> bool:
        """Whether it repairs by the gradient itself, as any later place can."""
        return self.repair.candidate.quantity.of.kind == "parameter"


def blame(search: Search, repair: Repair) -> Blame:
    """The expressions to show for a repair."""
    places = repair.candidate.places
    raised = {_raised(search, t): x for t, x in places.items()}
    if repair.candidate.at.is_returned:  # what was to be done to it is missing here
        raised = dict(places)
    at: tuple[Expression, ...] = (repair.candidate.at,)
    if raised.keys() != places.keys() and search.tried(raised) == repair.right:
        at = tuple(dict.fromkeys(map(search.at, sorted(raised))))
    elif made := _made_before(search, repair):
        at = (made,)
    else:
        at = _handed_on(search, repair) or at
    if at != (repair.candidate.at,):
        return Blame(search, repair, at, ())
    if outside := _outside(search, repair):
        return Blame(search, repair, outside, (), repair.candidate.at)
    return Blame(search, repair, at, _calls(search, sorted(places)))


def _outside(search: Search, repair: Repair) -> tuple[Expression, ...]:
    """The calls to blame if a function that they call is right at its other calls."""
    ours, runs, forward = repair.candidate.at, search.runs, search.truth.forward
    wrong = {search.log[t].key for t in repair.candidate.places}
    stacks = _stacks(search, ours, lambda: runs.step(search.kept, keeps=True))
    right = {e.key for t, e in enumerate(search.log) if search.is_right(t)}
    others = [e for key in (stacks.keys() & right) - wrong for e in stacks[key]]
    in_cost = _stacks(search, ours, lambda: runs.cost({}, keeps=True))
    others += [e for key in in_cost.keys() & forward.keys() for e in in_cost[key]]
    if not others:
        return ()
    found = [
        [e for e in stacks[key] if e not in others][:1]
        for key in sorted(wrong & stacks.keys())
    ]
    return tuple(dict.fromkeys(e for calls in found for e in calls))


def _stacks(
    search: Search, ours: Expression, run: Callable[[], object]
) -> dict[Key, list[Expression]]:
    """At each visit of an expression in a run, the calls that led to it."""
    recorder = search.runs.recorder
    recorder.traced = ours.index
    try:
        run()
    finally:
        recorder.traced, callers, recorder.callers = -1, recorder.callers, {}
    by_place = {e.place: e for e in recorder.expressions}
    return {
        key: [by_place[place] for place in places if place in by_place]
        for key, places in callers.items()
    }


def _raised(search: Search, t: int) -> int:
    """From an argument inside of a function to what the call was given."""
    while True:
        here, thing = search.at(t), search.log[t].thing
        if here.kind != "read" or here.text not in here.arguments:
            return t
        for q in range(t - 1, max(-1, t - FAR), -1):
            is_ours = search.at(q).function in (here.function, "lambda")
            if search.log[q].thing is thing and not is_ours:
                t = q
                break
        else:
            return t


def _made_before(search: Search, repair: Repair) -> Expression | None:
    """A name that should have kept its value: where it was given another one."""
    candidate = repair.candidate
    of, last = candidate.quantity.of, max(candidate.places)
    if candidate.quantity.rank != VALUE or of.text != candidate.at.text:
        return None
    for t in range(last - 1, -1, -1):
        event, expression = search.log[t], search.at(t)
        if event.thing is search.log[last].thing and expression.kind != "read":
            return None if event.key in search.truth.forward else expression
    return None


def _handed_on(search: Search, repair: Repair) -> tuple[Expression, ...] | None:
    """A right value that is handed on where another belongs: the last such hand."""
    candidate = repair.candidate
    if not search.doubt(candidate):
        return None
    handed: dict[Expression, dict[int, object]] = {}
    for first, value in sorted(candidate.places.items(), key=lambda p: p[0]):
        for t in range(first, len(search.log)):
            is_it = search.log[t].thing is search.log[first].thing
            if is_it and search.at(t).hands_on:
                handed.setdefault(search.at(t), {})[t] = value
    for expression, places in reversed(handed.items()):
        if search.tried(places) >= repair.right:
            return (expression,)
    return None


def _calls(search: Search, events: list[int]) -> tuple[Expression, ...]:
    """The calls, in the same file or another, in whose function the events lie."""
    found = []
    for first in events:
        for expression in map(search.at, range(first, len(search.log))):
            called = expression.text.split("(")[0].split(".")[-1]
            if expression.is_call and called == search.at(first).function:
                found.append(expression)
                break
    return tuple(dict.fromkeys(found))
