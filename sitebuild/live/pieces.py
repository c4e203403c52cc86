"""What the Python of live cells is made of: each file, its size and its checksum."""

from typing import NamedTuple

VERSION = "314.0.3"


class Piece(NamedTuple):
    """A file of the runtime, its size in bytes and its checksum."""

    name: str
    size: int
    sha256: str


class Package(NamedTuple):
    """A package in the runtime, as Pyodide has to know it."""

    name: str
    version: str
    imports: tuple[str, ...]
    depends: tuple[str, ...]
    piece: Piece

    def locked(self) -> dict[str, object]:
        """Its entry in the file that Pyodide reads first."""
        return {
            "depends": [*self.depends],
            "file_name": self.piece.name,
            "imports": [*self.imports],
            "install_dir": "site",
            "name": self.name,
            "package_type": "package",
            "sha256": self.piece.sha256,
            "unvendored_tests": False,
            "version": self.version,
        }


NUMPY = Package(
    "numpy",
    "2.4.3",
    ("numpy",),
    (),
    Piece(
        "numpy-2.4.3-cp314-cp314-pyemscripten_2026_0_wasm32.whl",
        2916023,
        "0cad9c1b91f0082e4f959bc0e0bf5835a2efbba6ab3b1e9d1fe6e7e564cca98e",
    ),
)
PIECES = (
    Piece(
        "pyodide.mjs",
        17880,
        "5cfc46f5dcbaf2a16f26e2363f441873eb424762609cc03db00d6a2ace4d00e5",
    ),
    Piece(
        "pyodide.asm.mjs",
        1249447,
        "1a9775427ef6e8abaa7db88ece0515422d1886915ae5c9093776410c865dfd8d",
    ),
    Piece(
        "pyodide.asm.wasm",
        9596462,
        "e7f8fac36f8bf11085309cbc5c829b3ec3057c18bf1d73b05a6741612d63cdbf",
    ),
    Piece(
        "python_stdlib.zip",
        2545106,
        "444c770dfd75a32097fc0a7d5c1413fd3140601f49c3a1f2e9af0376fcd124b4",
    ),
    NUMPY.piece,
)
MATPLOTLIB = (
    Package(
        "matplotlib",
        "3.10.8",
        ("pylab", "mpl_toolkits", "matplotlib"),
        (
            "contourpy",
            "cycler",
            "fonttools",
            "kiwisolver",
            "numpy",
            "packaging",
            "pillow",
            "pyparsing",
            "python-dateutil",
            "pytz",
        ),
        Piece(
            "matplotlib-3.10.8-cp314-cp314-pyemscripten_2026_0_wasm32.whl",
            6972262,
            "2867b2003ee66d0d2478423f783ec035d432c6560ae86d0e58d096ff98cab6a8",
        ),
    ),
    Package(
        "contourpy",
        "1.3.3",
        ("contourpy",),
        ("numpy",),
        Piece(
            "contourpy-1.3.3-cp314-cp314-pyemscripten_2026_0_wasm32.whl",
            117562,
            "8af5f4338988b30a65f5c81c0a3f335353546809538e81d35b572ed4595f80b6",
        ),
    ),
    Package(
        "cycler",
        "0.12.1",
        ("cycler",),
        ("six",),
        Piece(
            "cycler-0.12.1-py3-none-any.whl",
            8321,
            "3569bab200be7f85520bf64a3ff334b016e19441ba89b588d2625c3b89da09c7",
        ),
    ),
    Package(
        "fonttools",
        "4.62.1",
        ("fontTools",),
        (),
        Piece(
            "fonttools-4.62.1-py3-none-any.whl",
            1152647,
            "6d8caa09c191f26c47403499d6cff62f3fb9685b978baa047bf791862bcb298a",
        ),
    ),
    Package(
        "kiwisolver",
        "1.5.0",
        ("kiwisolver",),
        (),
        Piece(
            "kiwisolver-1.5.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl",
            36615,
            "7591db9cc1181815eeefb2e7c5b5622a18a3fa334788e1b49eb3e8ad7f90186f",
        ),
    ),
    Package(
        "packaging",
        "26.1",
        ("packaging",),
        (),
        Piece(
            "packaging-26.1-py3-none-any.whl",
            95846,
            "2719239437268bcea22845651a242f2c252e2ed984645161dd203546f2a52219",
        ),
    ),
    Package(
        "pillow",
        "12.2.0",
        ("PIL",),
        (),
        Piece(
            "pillow-12.2.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl",
            1037798,
            "a50d83a8a76d646768e99e93ed5bf365d0b83563fd8b597e77562e75c8f575a9",
        ),
    ),
    Package(
        "pyparsing",
        "3.3.2",
        ("pyparsing",),
        (),
        Piece(
            "pyparsing-3.3.2-py3-none-any.whl",
            122781,
            "101eece4e324f842bf46e6f821fe5bc62d79b9ebfa3b399b6aff0e0ab0ee400f",
        ),
    ),
    Package(
        "python-dateutil",
        "2.9.0.post0",
        ("dateutil",),
        ("six",),
        Piece(
            "python_dateutil-2.9.0.post0-py2.py3-none-any.whl",
            229892,
            "e0dad39eec43965d30ef0dbe870617bd5a7ca795c65fda722a7ab2bbd2b747e3",
        ),
    ),
    Package(
        "pytz",
        "2026.1.post1",
        ("pytz",),
        (),
        Piece(
            "pytz-2026.1.post1-py2.py3-none-any.whl",
            510489,
            "b746aea4d621b01e8c9c5e8e3a6498daecec99f5bffa429beaf3cd6483b14f61",
        ),
    ),
    Package(
        "six",
        "1.17.0",
        ("six",),
        (),
        Piece(
            "six-1.17.0-py2.py3-none-any.whl",
            11050,
            "c6681057bd87fdec57e811b8e4007bad38deea284052817fa400d542c6423e2d",
        ),
    ),
)
"""matplotlib and what it needs, for a reader who imports it."""

PLATFORM = {
    "abi_version": "2026_0",
    "arch": "wasm32",
    "platform": "emscripten_5_0_3",
    "python": "3.14.0",
}
