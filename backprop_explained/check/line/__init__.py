"""Which line of a backward pass is the first wrong one?  For code of any make."""

from typing import TYPE_CHECKING

from backprop_explained._late import on_first_use

if not TYPE_CHECKING:
    __getattr__, __dir__ = on_first_use(__name__, {})
    del TYPE_CHECKING, on_first_use
