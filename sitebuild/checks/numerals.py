"""Numbers as people write them: digits, powers of ten, fractions, words and ordinals.

A number is `Written`: where it stands, how it is written, and the value that it says.
What a rule exempts is not among them: 0, 1 and -1 (with a
hyphen, as in code), years, list numbering, layers, the
headings of steps, and "second", which means the other one or a unit of time.  A count
of thousands has a comma, which a year has not.
"""

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

_SMALL = re.findall(
    r"\w+",
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty",
)
_TENS = re.findall(r"\w+", "thirty forty fifty sixty seventy eighty ninety")
_WORDS = {word: float(value) for value, word in enumerate(_SMALL, 2)}
_WORDS |= {word: 10.0 * value for value, word in enumerate(_TENS, 3)}
_WORDS |= {"dozen": 12.0, "twice": 2.0, "thrice": 3.0}
_WORDS |= {"double": 2.0, "doubles": 2.0, "doubled": 2.0}
_WORDS |= {"half": 0.5, "halves": 0.5, "quarter": 0.25, "quarters": 0.25}
_WORDS |= {"triple": 3.0, "triples": 3.0, "tripled": 3.0}
_LARGE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_PARTS = {"third": 3, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9}
_PARTS |= {"tenth": 10, "hundredth": 100, "thousandth": 1000}
_ORDINALS = {**_PARTS, "fourth": 4, "eleventh": 11, "twelfth": 12}
_CHARACTERS = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅛": 1 / 8}
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")

_ANY = "|".join(_WORDS)
_COUNT = rf"(?:half\s+a|an?|{_ANY})"
DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)"
_PATTERNS = {
    "large": rf"\b(?:(?P<many>{_COUNT})\s+)?(?P<large>{'|'.join(_LARGE)})\b",
    "parts": (
        rf"\b(?:(?:an?|one)\s+(?:{'|'.join(_PARTS)})(?=\s+(?:of|as)\b|\s*[.,;:)])"
        rf"|(?:{_ANY})\s+(?:{'|'.join(_PARTS)})s)\b"
    ),
    "fold": rf"\b(?:{'|'.join(_SMALL)})fold\b",
    "word": rf"\b(?:{_ANY})\b",
    "ordinal": rf"\b(?:{'|'.join(_ORDINALS)})\b|\b\d+(?:st|nd|rd|th|x)\b",
    "character": f"[{''.join(_CHARACTERS)}]",
    "power": r"(?<![\w.,])10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+",
    "digits": rf"(?<![\w.,])[-−+]?{DIGITS}?(?:(?<=\d)|(?=\.\d))(?:\.\d+)?"
    r"(?:[eE][-−+]?\d+)?(?!\w|[.,]\d)",
    "comma": r"(?<![\w.,])\d+,\d{1,2}(?![\d,])",
}
_KINDS = "|".join(f"(?P<n_{kind}>{pattern})" for kind, pattern in _PATTERNS.items())
_NUMBER = re.compile(  # most characters stand inside of a word, and are passed at once
    rf"(?<!\w)(?:{_KINDS})|(?<=\d)(?P<n_beside>[{''.join(_CHARACTERS)}])", re.IGNORECASE
)
_EXEMPT = re.compile(
    r"\b(?:half|double)[ -]precision\b|"
    r"^[ \t>]*\d+\.(?=\s)"
    r"|\blayers?\s+\d+(?:\s+(?:to|and)\s+\d+)?(?!\w|[.,]\d)"
    r"|(?<=\*\*)(?-i:Step) \d+(?=[.:*])"
    r"|(?<![\w.,-])(?:19[5-9]|20[0-3])\d(?![\w%]|[.,-]\d|\s*[%×])",
    re.IGNORECASE | re.MULTILINE,
)


class Written(NamedTuple):
    """A number in a text: where, as what, and its value."""

    start: int
    end: int
    text: str
    value: float

    @property
    def is_small(self) -> bool:
        """Whether it is 0, 1 or -1, which most sentences have without a check."""
        return self.value in (0, 1) or self.text == "-1"

    def says(self, value: float) -> bool:
        """Whether it is the value, rounded to the digits that are written."""
        if self.text[-1:].isdigit() and self.text[-1] not in _CHARACTERS:
            written = normal(self.text)
            if re.fullmatch(r"-?[\d.]+(?:e[-+]\d+)?", written):
                return rounded_like(value, written) == written
        return math.isclose(value, self.value, rel_tol=1e-9)


def numbers(text: str, every: bool = False, small: bool = False) -> Iterator[Written]:
    """The numbers in a text that something has to vouch for, or every one.

    With `small`, 0 and 1 are among them.
    """
    exempt = [found.span() for found in _EXEMPT.finditer(text)]
    for found in _NUMBER.finditer(text):
        written = _read(found)
        inside = any(start <= found.start() < end for start, end in exempt)
        if every or not (inside or (written.is_small and not small)):
            yield written


def number_at_end(text: str) -> Written | None:
    """The number that a text ends with, markup aside, whatever its value."""
    bare = text.rstrip('*`_)]"')
    found = list(_NUMBER.finditer(bare, max(0, len(bare) - 40)))
    return _read(found[-1]) if found and found[-1].end() == len(bare) else None


def _read(found: re.Match[str]) -> Written:
    text = found[0]
    kind = "character"
    for name in _PATTERNS:
        if found[f"n_{name}"]:
            kind = name
    return Written(found.start(), found.end(), text, _value(kind, text, found))


def _value(kind: str, text: str, found: re.Match[str]) -> float:
    words = text.lower().split()
    if kind == "large":
        first = " ".join(words[:-1])
        many = {"": 1.0, "a": 1.0, "an": 1.0, "half a": 0.5}.get(first)
        return (_WORDS[first] if many is None else many) * _LARGE[words[-1]]
    if kind == "parts":
        return _WORDS.get(words[0], 1.0) / _PARTS[words[1].removesuffix("s")]
    if kind in {"word", "fold"}:
        return _WORDS[words[0].removesuffix("fold")]
    if kind == "ordinal":
        digits = re.match(r"\d+", text)
        return float(digits[0] if digits else _ORDINALS[words[0]])
    if kind == "character":
        return _CHARACTERS[text]
    if kind == "power":
        return float(f"1e{text[2:].translate(_RAISED)}")
    if kind == "comma":
        return float(text.replace(",", "."))
    return float(normal(text))


def normal(number: str) -> str:
    """A number as Python writes it: −1,234.5 becomes -1234.5."""
    number = number.replace("−", "-").removeprefix("+").replace(",", "").lower()
    mantissa, e, exponent = number.partition("e")
    if not mantissa.replace(".", "").removeprefix("-").isdecimal():
        return number
    return f"{mantissa}e{int(exponent):+03d}" if e else mantissa


def rounded_like(value: float, written: str) -> str:
    """The value with as many digits as the number that is written."""
    mantissa, e, _ = written.partition("e")
    digits = len(mantissa.partition(".")[2])
    return f"{value:.{digits}{'e' if e else 'f'}}"


def in_words(value: float) -> str:
    """The word for a number, for texts that are made.

    Examples
    --------
    >>> in_words(3), as_times(2), as_character(0.5)
    ('three', 'twice', '½')
    """
    return _SMALL[int(value) - 2]


def as_times(value: float) -> str:
    """How often: once, twice, or so many times."""
    return {1: "once", 2: "twice"}.get(value) or f"{in_words(value)} times"


def as_character(value: float) -> str:
    """The character for a fraction."""
    return next(sign for sign, of in _CHARACTERS.items() if of == value)
