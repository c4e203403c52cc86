"""One mistake after the other: searched, named, taken as corrected, and on."""

from typing import Any

import numpy as np

from backprop_explained.check.line.blame import Blame, blame
from backprop_explained.check.line.choose import Choice, measured_lines
from backprop_explained.check.line.correct import Corrector
from backprop_explained.check.line.correction import Correction
from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.expression import Expression
from backprop_explained.check.line.faithful import Faithful
from backprop_explained.check.line.judge import Judge
from backprop_explained.check.line.likely import Likely
from backprop_explained.check.line.recorder import Recorder
from backprop_explained.check.line.report import (
    WrongLine,
    corrected_line,
    solved_line,
    wrong_line,
)
from backprop_explained.check.line.runs import Runs
from backprop_explained.check.line.search import Search
from backprop_explained.check.line.solving import Reach
from backprop_explained.check.line.source import Source
from backprop_explained.check.line.spoiled import Spoiled
from backprop_explained.check.line.truth import Truth, gradients_alone, measure
from backprop_explained.check.line.watch import codes_run, files_of, source_of, watched
from backprop_explained.check.line.written import Written
from backprop_explained.check.memory import Leaf
from backprop_explained.check.trial import Trial

MOST = 8
"""So many mistakes are listed at most."""

STOPPED = (
    "the limit of the runs was reached before every place was tried: "
    "another line may be the first wrong one"
)
"""What is said if the search was not completed."""

MORE = f"the list ends after {MOST} lines: more may be wrong"
"""What is said if the list is full and a gradient is still wrong."""

TOO_CLOSE = (
    "what is wrong is less than the search can tell from rounding: "
    "no line was looked for"
)
"""What is said if the verdict sees a difference that the search does not."""

SMALL = 1e-7
"""A step size this many times smaller makes one step of many updates."""

LONG = 500
"""So many values of a step are measured at once; of more, if nothing else helps."""

Answer = tuple[tuple[WrongLine, ...], tuple[str, ...], str]


class Finding:
    """One call of `find_first_wrong`, once the step is known to be wrong."""

    def __init__(
        self, trial: Trial, step_size: float | None, *, ascent: bool, source: str | None
    ) -> None:
        self.trial, self.source = trial, source
        self.names = [leaf.name for leaf in trial.leaves]
        self.size = (step_size or 1.0) * (-1 if ascent else 1)
        self.factor = 1.0 if step_size else None
        self.holder = self._holder(step_size) if step_size else None
        self.texts: dict[str, str] = {}
        self.kept: dict[Any, Any] = {}
        self.lines: list[WrongLine] = []
        self.left: tuple[str, ...] = ()
        self.stopped = False
        self.likely: Likely | None = None
        self.faithful: Faithful | None = None
        self.truth: Truth | None = None

    def _holder(self, size: float) -> tuple[Leaf, float] | None:
        """Where the step size is kept, if the step makes several updates."""
        holder = self.trial.size_holder(size)
        if holder is None or self.trial.updates() < 2:
            return None
        self.size *= SMALL
        return holder, size * SMALL

    def all(self) -> Answer:
        """The wrong lines, what is left, and what could not be known."""
        self.trial.memory.restore()
        calls = self.trial.step, self.trial.cost
        files = files_of(codes_run(*calls), *calls)
        self.texts = {file: source_of(file, self.source) for file in files}
        is_more = True
        while is_more and len(self.lines) < MOST:
            texts, recorder = dict(self.texts), Recorder()
            with watched(texts, recorder) as unknown, np.errstate(all="ignore"):
                if unknown == files:
                    return (), (), _no_source(unknown)
                runs = Runs(self.trial, recorder, self.size, self.holder)
                self.truth = None
                if not _same(runs.step({}), runs.step({})):
                    note = "two steps from one state differ: no line was looked for"
                    return (), (), note
                while is_more and self.texts == texts and len(self.lines) < MOST:
                    is_more = self._one(runs, files - unknown)
        return tuple(self.lines), self.left, self._note()

    def _note(self) -> str:
        if self.stopped:
            return STOPPED
        if self.left:
            return MORE if len(self.lines) == MOST else ""
        return "" if self.lines else TOO_CLOSE

    def _one(self, runs: Runs, files: set[str]) -> bool:
        """Find one wrong line; False if there is none, or none is found."""
        runs.step({}, keeps=True)
        is_short = len(runs.log) <= LONG
        judge = Judge(self._truth(runs, is_whole=is_short).gradients, self.factor)
        right = judge(runs.step(self.kept))
        if right == runs.all:
            self.left = ()
            return False
        search, found = self._measured(runs, judge) if is_short else (None, None)
        spoiled = Spoiled(search) if search else None
        corrections: list[Correction] = []
        if not self.kept:
            corrections = self._corrections(runs, judge, files, found, spoiled)
        rights = [c.right for c in corrections] + (
            [found.repair.right] if found else []
        )
        if runs.all not in rights:
            if self.likely and not self.kept and (place := self.likely.place()):
                return self._solved(*place, right)
            if not is_short:
                search, found = self._measured(runs, judge)
        best = Choice(corrections, found, search, spoiled, self.faithful).best()
        after = self._told(best, found, right)
        self.left = tuple(n for i, n in enumerate(self.names) if i not in after)
        return after > right and bool(self.left)

    def _truth(self, runs: Runs, *, is_whole: bool) -> Truth:
        """What the cost tells, measured once for each text."""
        if self.truth is None or (is_whole and not self.truth.forward):
            rng = np.random.default_rng(1)
            self.truth = (measure if is_whole else gradients_alone)(runs, rng)
        return self.truth

    def _measured(self, runs: Runs, judge: Judge) -> tuple[Search, Blame | None]:
        search = Search(runs, self._truth(runs, is_whole=True), judge, self.kept)
        repair = search.find()
        self.stopped |= search.stopped
        return search, blame(search, repair) if repair else None

    def _corrections(
        self,
        runs: Runs,
        judge: Judge,
        files: set[str],
        found: Blame | None,
        spoiled: Spoiled | None,
    ) -> list[Correction]:
        """The edits that repair."""
        sources = [Source(self.texts[file], file) for file in sorted(files)]
        need = found.repair.right if found else runs.all
        lines = measured_lines(found, spoiled)
        is_sure = not (found and (found.is_weak or found.doubt))
        corrector = Corrector(runs, judge, sources)
        self.likely = corrector.likely
        self.faithful = faithful = Faithful(sources)

        def spoils(source: Source, edit: Edit) -> bool:
            is_right = faithful.holds(source, edit)
            return is_right or bool(spoiled and spoiled.by(source, edit))

        if near := corrector.near(lines, spoils):
            return near
        edited = corrector.all(lines, need, is_sure=is_sure, spoils=spoils)
        if any(c.right == runs.all for c in edited):
            return edited
        return edited + Written(corrector).all()

    def _told(
        self, best: list[Correction], found: Blame | None, right: frozenset[int]
    ) -> frozenset[int]:
        """Keep what was found; the gradients that are right once it is corrected."""
        if best:
            source, edit = best[0][:2]
            self.lines.append(corrected_line(best, found, self.names, right))
            self.texts[source.file] = source.edited(edit)
            return best[0].right
        if found:
            self.lines.append(wrong_line(found, self.names, self.source))
            self.kept.update(found.plan)
            return found.repair.right
        return right

    def _solved(self, at: Expression, reach: Reach, right: frozenset[int]) -> bool:
        """Name a place at which some value makes everything right, and put it there."""
        self.lines.append(solved_line(at, self.names, right, self.source))
        self.kept.update(reach.plan or {})
        self.stopped = False
        return False


def _same(a: list[Any], b: list[Any]) -> bool:
    return all(np.array_equal(x, y, equal_nan=True) for x, y in zip(a, b, strict=True))


def _no_source(files: set[str]) -> str:
    return (
        f"no source was found of {', '.join(sorted(files))}: no line can be named; "
        "hand over the text as source="
    )
