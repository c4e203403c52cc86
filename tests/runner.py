"""What runs cells in the browser, run here: what it prints, draws and answers."""

import json
import sys

from sitebuild.live.python.running import Runner


class Python:
    """A runner, and what it has printed."""

    def __init__(self, *, draws=False):
        self.printed, self.pictures = [], []
        show = lambda picture, words: self.pictures.append((picture, words))
        self.runner = Runner(self.printed.append, show if draws else None)

    def __call__(self, code, **request):
        self.printed.clear()
        streams = sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__
        try:
            result = json.loads(self.runner.run(json.dumps({"code": code, **request})))
        finally:
            sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__ = streams
        return "".join(self.printed), result

    def block(self, blocks, index, code=None):
        """Run one of the blocks of a page, perhaps as other code."""
        code = blocks[index] if code is None else code
        return self(code, page="/page", blocks=blocks, index=index)
