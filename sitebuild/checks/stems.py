"""What two texts have in common: words, whatever their endings."""

import re

_LONGEST = 5
_IDLE = frozenset(
    re.findall(
        r"\w+",
        """a about above after all also an and are as at be because before below but by
        can could did do does down each every first for from get had has have here how
        i if in into is it its just last like may me more most must my next no not now
        of on one only or other our out over own page pages part read says see shall
        should show shows so some such than that the their them then there these they
        this those through to too under up us was way we were what when where which
        while who why will with without would you your""",
    )
)
_WORD = re.compile(r"[^\W\d_]+|\d+")


def stems(text: str) -> set[str]:
    """The beginnings of the words that say something.

    Examples
    --------
    >>> sorted(stems("What the gradient_check can see of costs and biases"))
    ['bias', 'check', 'cost', 'gradi']
    """
    words = (word.lower() for word in _WORD.findall(re.sub(r"['’]s\b", "", text)))
    return {_stem(word) for word in words if word not in _IDLE}


def _stem(word: str) -> str:
    one = re.sub(r"(?<=[sxz])es$|(?<=[cs]h)es$|(?<=[^aius])s$", "", word)
    return (one if len(word) > 3 else word)[:_LONGEST]
