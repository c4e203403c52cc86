"""The judges: what is wrong with this derivative, this gradient?  For any code."""

from typing import TYPE_CHECKING

from backprop_explained._late import on_first_use

if not TYPE_CHECKING:
    __getattr__, __dir__ = on_first_use(__name__, {})
    del TYPE_CHECKING, on_first_use
