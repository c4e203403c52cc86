"""What a build has done in processes beside its own, and asks for later.

Nothing is kept on disk.  A result stands as long as builds ask for it and no module
changes, so that a live preview does again only what a save has changed.
"""

import gc
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from typing import Any

_Call = tuple[Callable[..., Any], tuple[Any, ...]]


class Beside:
    """What functions return, each called once for each of its arguments."""

    def __init__(self) -> None:
        self._before: dict[_Call, Any] = {}  # results of the build before this one
        self._known: dict[_Call, Any] = {}
        self._begun: dict[_Call, Future[Any]] = {}
        self._pool: ProcessPoolExecutor | None = None

    def open(self, count: int | None = None) -> None:
        """Let there be processes, where the system can do that safely.

        A fork has all that is imported, and all results up to now.  It must not be made
        while threads run: those that there were before have to be closed.

        Parameters
        ----------
        count : int, optional
            How many; without it, one for each core.
        """
        if sys.platform == "linux" and threading.active_count() == 1:
            gc.freeze()  # what is here by now, no process has to look through
            gc.disable()  # nor what comes in the seconds that they live
            count = count or len(os.sched_getaffinity(0))
            self._pool = ProcessPoolExecutor(count, mp_context=get_context("fork"))

    def knows(self, function: Callable[..., Any], *arguments: Any) -> bool:
        """Whether the result of a call is here already."""
        call = function, arguments
        return call in self._known or call in self._before

    def begin(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Begin a call in one of the processes, if there are any."""
        if self._pool and not self.knows(function, *arguments):
            with suppress(BrokenProcessPool):
                future = self._pool.submit(function, *arguments)
                self._begun[function, arguments] = future

    def result(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        ended: Callable[..., Any] | None = None,
    ) -> Any:
        """What the call returns, which is waited for; nobody began it: called here.

        Parameters
        ----------
        function, *arguments
            As for `begin`.
        ended : callable, optional
            Called in its place, if its process has ended; without it, the function is.
        """
        call = function, arguments
        if call in self._before:
            self._known[call] = self._before[call]
        elif call not in self._known:
            try:
                begun = self._begun.pop(call, None)
                self._known[call] = begun.result() if begun else function(*arguments)
            except BrokenProcessPool:
                self._known[call] = (ended or function)(*arguments)
        return self._known[call]

    def close(self) -> None:
        """Wait for what was begun, and let the processes go."""
        for function, arguments in list(self._begun):
            self.result(function, *arguments)
        if self._pool:
            self._pool.shutdown()
            gc.unfreeze()
            gc.enable()
        self._pool = None

    def end(self) -> None:
        """Let the processes go, and what this build did not ask for."""
        self._begun.clear()
        self.close()
        self._before, self._known = self._known, {}


BESIDE = Beside()
