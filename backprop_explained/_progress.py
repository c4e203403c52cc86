"""A progress bar where one can be shown, and nothing where not."""

from collections.abc import Iterable
from typing import TypeVar

Item = TypeVar("Item")


def progress(items: Iterable[Item], description: str) -> Iterable[Item]:
    """The items, with a bar if tqdm is installed and the output is a terminal.

    The bar appears after a second, so that a short loop shows none.
    """
    try:
        from tqdm import tqdm
    except ImportError:
        return items
    return tqdm(items, description, leave=False, delay=1, disable=None)
