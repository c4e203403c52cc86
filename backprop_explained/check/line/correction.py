"""An edit that repairs."""

import ast
from typing import NamedTuple

from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.source import Source

LARGE = 1000
"""Parameters with so many numbers are too many to ask for equations of each place."""


class Correction(NamedTuple):
    """An edit that makes wrong gradients right, and none wrong, at several points.

    The doubt is 0, or more if right gradients hang on what is changed; `first` tells
    when that was first evaluated; it is usual, from 0 to 1, if it reads like another
    expression of its file then.
    """

    source: Source
    edit: Edit
    right: frozenset[int]
    doubt: int
    first: int
    usual: float

    @property
    def line(self) -> tuple[str, int]:
        """The file, and the line that is changed."""
        return self.source.file, self.edit.line

    @property
    def node(self) -> ast.AST:
        """What is changed, or the first of it."""
        return self.edit.nodes[0]
