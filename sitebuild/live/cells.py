"""Live cells: what the build adds to a block that a reader can edit and run."""

import hashlib
import re
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from sitebuild.lean import without_notes
from sitebuild.live import runtime
from sitebuild.zipped import zipped

ARCHIVE = "assets/backprop_explained.zip"
OFFLINE = "offline.js"  # at the root, as a service worker serves what is below it
RUNNER = "_bp_cells"  # what runs cells, as Python in the browser imports it
OUTPUT = '<div class="language-text highlight bp-cell-output"'
_HIGHLIGHT = re.compile(r'<div class="language-\w+ highlight">')
LOADED_MB = 9  # compressed, as the distribution's host sends it


def archive(root: Path) -> bytes:
    """The package and what runs cells, for Python in the browser to import from."""
    ours = {
        path.relative_to(root).as_posix(): path
        for path in sorted((root / "backprop_explained").rglob("*.py"))
    }
    runner = sorted((Path(__file__).parent / "python").glob("*.py"))
    ours |= {f"{RUNNER}/{path.name}": path for path in runner}
    return zipped({name: path.read_bytes() for name, path in ours.items()})


def files(packed: bytes) -> dict[str, bytes]:
    """What the site serves of it, by address, with this archive."""
    keeper = (Path(__file__).parent / OFFLINE).read_text("utf-8")
    return {ARCHIVE: packed, OFFLINE: without_notes(keeper).encode()}


def is_folder(address: str) -> bool:
    """Whether the runtime is a folder of this site, not the address of another."""
    return not urlsplit(address).scheme


def served_at(address: str) -> str:
    """Where Python is asked for; in this site the address changes with its content."""
    return f"{address}{runtime.digest()}/" if is_folder(address) else address


def address_problem(address: object) -> str | None:
    """What is wrong with the setting, or None."""
    if not isinstance(address, str) or not re.fullmatch(
        r"(https?://[^/?#]+/)?([\w.-]+/)+", address
    ):
        return (
            f"extra: runtime is {address!r}; give an address or a folder of the site, "
            "with a slash at its end"
        )
    found = runtime.problem(runtime.FOLDER) if is_folder(address) else None
    return found and f"{found} in {runtime.FOLDER.name}/; make runtime assembles it"


def bytes_loaded() -> int:
    """What the worker counts while it loads; modules are not among it."""
    return sum(piece.size for piece in runtime.PIECES if piece.name[-4:] != ".mjs")


def bytes_of_matplotlib(address: str) -> int:
    """What is loaded for a reader who imports it; 0 where it is not to be had."""
    here = not is_folder(address) or runtime.draws(runtime.FOLDER)
    return sum(package.piece.size for package in runtime.MATPLOTLIB) if here else 0


def offer(address: str) -> str:
    """What pressing the button costs, and whom it asks."""
    if is_folder(address):
        size = sum(piece.size for piece in runtime.PIECES)
        return f"Loads Python once, {size / 1e6:.0f} MB from this site."
    return f"Loads Python once, {LOADED_MB} MB from {urlsplit(address).netloc}."


def data_of(address: str, digest: str) -> dict[str, object]:
    """What an element has to say to begin Python."""
    return {
        "runtime": served_at(address),
        "archive": f"{ARCHIVE}?{digest}",  # a browser keeps the old one otherwise
        "bytes": bytes_loaded(),
        "matplotlib": bytes_of_matplotlib(address),
    }


def cell(block: str, address: str, digest: str) -> str:
    """The HTML of a block and its output, with what a reader needs to run it."""
    return _cell(*_parted(block), address, digest)


def _cell(code: str, output: str, address: str, digest: str, kind: str = "") -> str:
    data = data_of(address, digest)
    attributes = kind + "".join(
        f' data-{k}="{escape(str(v))}"' for k, v in data.items()
    )
    bar = (
        '<div class="bp-cell-bar" data-search-exclude>'
        '<button type="button" class="md-button">Edit and run</button>'
        f'<span class="bp-cell-note">{escape(offer(address))}</span></div>'
    )
    return f"<div><bp-cell{attributes}>{code}{bar}{output}</bp-cell></div>"


_SESSION = re.compile(r'<div class="language-pycon highlight">.*?</pre></div>', re.S)


def with_sessions(
    html: str, outputs: list[str | None], address: str, digest: str
) -> str:
    """A page whose sessions a reader can run: they print these outputs, in order.

    Parameters
    ----------
    html : str
        The page.
    outputs : list of str or None
        What each of its sessions prints; None where it is to stay as it is.
    address, digest : str
        As for `cell`.
    """
    left = iter(outputs)

    def live(found: re.Match[str]) -> str:
        output = next(left, None)
        if output is None:
            return found[0]
        hidden = f"{OUTPUT} hidden><pre><code>{escape(output)}</code></pre></div>"
        return _cell(found[0], hidden, address, digest, " data-session")

    return _SESSION.sub(live, html)


def _parted(block: str) -> tuple[str, str]:
    """The HTML of the code, and that of its output, which may be hidden as yet."""
    places = [match.start() for match in _HIGHLIGHT.finditer(block)]
    if not places:
        raise ValueError("no code was found in the block")
    if len(places) == 1:
        return block, f"{OUTPUT} hidden><pre><code></code></pre></div>"
    output = _HIGHLIGHT.sub(f"{OUTPUT}>", block[places[-1] :], count=1)
    return block[: places[-1]], output


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def origin(address: str) -> str:
    """What a content security policy has to let in: no origin where the site has it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme else ""
