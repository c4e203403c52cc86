"""An edit that may repair."""

import ast
from typing import NamedTuple

from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.source import Source

LARGE = 1000
"""Parameters with so many numbers are too many to ask for equations of each place."""


class Correction(NamedTuple):
    """An edit to try; once it is verified, with what it makes right.

    The doubt is 0, or more if right gradients hang on what is changed; it is usual,
    from 0 to 1, if it reads like another expression of its file then.  What is right
    are gradients, at several points; `first` tells when it was first evaluated.
    """

    source: Source
    edit: Edit
    doubt: int
    usual: float
    right: frozenset[int] = frozenset()
    first: int = 0

    @property
    def line(self) -> tuple[str, int]:
        """The file, and the line that is changed."""
        return self.source.file, self.edit.line

    @property
    def node(self) -> ast.AST:
        """What is changed, or the first of it."""
        return self.edit.nodes[0]
