"""How the package is installed: said once, by the one setting that knows from where.

`extra: repository` in `mkdocs.yml` is the address of the repository; while it is empty,
the way is a clone of it.
"""

import os
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
_SETTING = re.compile(r'^  repository: !ENV \[REPOSITORY, "([^"]*)"\]', re.M)


def repository(settings: str | None = None) -> str:
    """The address, from the environment or `mkdocs.yml`; empty where there is none.

    Raises
    ------
    ValueError
        If the setting is absent, or is no address that pip and git take.
    """
    if settings is None:
        settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    found = _SETTING.search(settings)
    if found is None:
        raise ValueError('mkdocs.yml has no extra: repository: !ENV [REPOSITORY, "…"]')
    address = os.environ.get("REPOSITORY", found[1])
    if address and not re.fullmatch(r"https://[^\s\"'<>]+", address):
        raise ValueError(
            f"extra: repository is {address!r}; give an address that begins with "
            "https://, or leave it empty"
        )
    return address


def pip_command(address: str) -> str:
    """What installs the package alone.

    Examples
    --------
    >>> pip_command("")
    'pip install .'
    >>> pip_command("https://example.org/backprop.git")
    'pip install git+https://example.org/backprop.git'
    """
    return f"pip install git+{address}" if address else "pip install ."


def sentence(address: str) -> str:
    """The README's sentence on it.

    Examples
    --------
    >>> print(sentence(""))
    The package needs NumPy alone: `pip install .` in a clone of the project.
    """
    place = "" if address else " in a clone of the project"
    return f"The package needs NumPy alone: `{pip_command(address)}`{place}."


def commands(address: str) -> str:
    """The commands, as Markdown: straight from the repository, or from a clone of it.

    Examples
    --------
    >>> print(commands(""))
    In a clone of the project:
    <BLANKLINE>
    ```bash
    pip install .
    ```
    """
    straight = f"```bash\n{pip_command(address)}\n```"
    if not address:
        return f"In a clone of the project:\n\n{straight}"
    clone = f"```bash\ngit clone {address} backprop\npip install ./backprop\n```"
    return f"{straight}\n\nOr from a clone, which has these pages as well:\n\n{clone}"
