"""The site's mathematics font: STIX Two Math, cut to what the formulas use.

The whole font is 1.4 MB.  Each build cuts out what its pages draw, which may be any of
CHARACTERS.  The subset keeps the MATH table with the taller and wider forms of brackets
and braces, and the notices of its licence (SIL Open Font License).
"""

import io
import re
import string
import unicodedata
from functools import cache
from html import unescape
from importlib.metadata import distribution
from itertools import chain
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Backprop Math"  # a changed version under its own name
ADDRESS = "assets/backprop-math.woff2"  # on the site; maths.css names it too

_LATIN = string.ascii_letters + string.digits + " !%()*+,-./:;<=>?[]{|}"
_ITALIC = "ℎ" + "".join(
    map(chr, chain(range(0x1D434, 0x1D455), range(0x1D456, 0x1D468)))
)
_GREEK = "ΓΔΘΛΣΦΨΩ" + "𝛼𝛽𝛾𝛿𝜀𝜁𝜂𝜃𝜅𝜆𝜇𝜈𝜉𝜋𝜌𝜎𝜏𝜑𝜒𝜓𝜔𝜕𝜖𝜙"
_OPERATORS = "−±×⋅÷∗∘⊙∥∣‖∑∏√∇∞∅∀∃ℝℓ𝖳⊤…⋯⋮⋱"
_RELATIONS = "≠≈≡∼∝≔≤≥≪≫∈∉⊂∪∩←→↦⇒⇔⟹⟺"
_MARKS = "′″ˆ˜¯˙⃗⏞⏟"
_INVISIBLE = "\xa0\u2061\u2062\u2063\u2064"

# A browser draws <mi>x</mi> with the italic letter of the mathematical alphabets.
_ITALIC_OF = {
    chr(int(unicodedata.decomposition(letter).split()[1], 16)): letter
    for letter in _ITALIC + _GREEK
    if "ITALIC" in unicodedata.name(letter) or letter == "ℎ"
}
_PLAIN = "".join(_ITALIC_OF)
CHARACTERS = (
    _LATIN + _PLAIN + _ITALIC + _GREEK + _OPERATORS + _RELATIONS + _MARKS + _INVISIBLE
)

_LETTER = re.compile('<mi(?: class="[^"]*")?>(.)</mi>')
_ROOT = re.compile(r"<m(?:sqrt|root)\b")  # its sign is not written, but drawn


def drawn(mathml: str) -> set[str]:
    """The characters that a browser takes from the mathematics font."""
    mathml = re.sub(r"(?s)<annotation\b.*?</annotation>", "", mathml)
    found = set(unescape(re.sub("<[^>]*>", "", mathml)))
    # the line is measured by the plain letter, and by another font if this has none
    found.update(_ITALIC_OF.get(letter, "") for letter in _LETTER.findall(mathml))
    return (found | {"√"} if _ROOT.search(mathml) else found) - {""}


def characters_of(html: str) -> set[str]:
    """The characters that the formulas of a page take from the font."""
    formulas = re.findall(r"(?s)<math\b.*?</math>", html)
    return set().union(*map(drawn, formulas))


@cache  # the live preview rebuilds often
def subset_font(characters: str) -> bytes:
    """STIX Two Math with these characters alone, in the format woff2."""
    stix = whole_font()
    _cut(stix, characters)
    _rename(stix)
    stix.flavor = "woff2"
    return as_bytes(stix)


def whole_font() -> TTFont:
    """STIX Two Math before it is cut, with the primes that this site draws."""
    # without the time of the build, so that equal input gives equal bytes
    stix = TTFont(stix_path(), recalcTimestamp=False)
    _enlarge_primes(stix)
    _keep_plain_roots(stix)
    return stix


def as_bytes(font: TTFont) -> bytes:
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


def stix_path() -> Path:
    # the package is not imported: it warns of a deprecation of its own
    listed = {path.name: path for path in distribution("ziamath").files or []}
    return Path(str(listed["STIXTwoMath-Regular.ttf"].locate()))


def _enlarge_primes(stix: TTFont) -> None:
    """Draw primes as for a superscript: the plain ones all but vanish there."""
    features = stix["GSUB"].table.FeatureList.FeatureRecord
    (script,) = (r.Feature for r in features if r.FeatureTag == "ssty")
    tables = [stix["GSUB"].table.LookupList.Lookup[i] for i in script.LookupListIndex]
    forms = {k: v for t in tables for s in t.SubTable for k, v in s.alternates.items()}
    names = {prime: forms[stix.getBestCmap()[prime]][0] for prime in map(ord, "′″")}
    for encoding in stix["cmap"].tables:
        encoding.cmap.update(names)


def _keep_plain_roots(stix: TTFont) -> None:
    """Draw roots with the plain sign: Chromium leaves room for the widest there is."""
    variants = stix["MATH"].table.MathVariants
    at = variants.VertGlyphCoverage.glyphs.index(stix.getBestCmap()[ord("√")])
    root = variants.VertGlyphConstruction[at]
    root.GlyphAssembly = None
    root.MathGlyphVariantRecord = root.MathGlyphVariantRecord[:1]
    root.VariantCount = 1


def drop_layout(font: TTFont) -> None:
    """Leave out kerning and ligatures, which take long to read: no cut has any."""
    for table in ("GDEF", "GPOS", "GSUB"):
        del font[table]


def _cut(stix: TTFont, characters: str) -> None:
    notices = [0, 13, 14]  # copyright, licence, address of the licence
    options = Options(
        layout_features=[], hinting=False, name_IDs=[1, 2, 3, 4, 5, 6, *notices]
    )
    drop_layout(stix)
    cutter = Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(stix)
    stix["MATH"].table.MathGlyphInfo.MathKernInfo = None  # no browser reads it


def _rename(stix: TTFont) -> None:
    plain = FAMILY.replace(" ", "")
    for record in stix["name"].names:
        if record.nameID in (1, 3, 4, 6):
            record.string = plain if record.nameID in (3, 6) else FAMILY
