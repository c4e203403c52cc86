"""Zip files that are equal, byte for byte, where their contents are."""

import io
import zipfile
from collections.abc import Mapping

_BEGINNING = (1980, 1, 1, 0, 0, 0)  # of time in a zip file


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """A zip file of these files, in this order.

    Examples
    --------
    >>> packed = zipped({"a/b.txt": b"c"})
    >>> zipfile.ZipFile(io.BytesIO(packed)).read("a/b.txt")
    b'c'
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in contents.items():
            entry = zipfile.ZipInfo(name, _BEGINNING)
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
