"""Which argument the rules of other projects read, as read in their source."""

from typing import NamedTuple

from sitebuild.evidence import record


class Source(NamedTuple):
    """Which argument the rules of a project read, in its own words, and where.

    `z` and `a` are its names for the pre-activation and the output.  A file is
    `commit/path`, with its line where we had the whole file.
    """

    project: str
    z: str
    a: str
    from_a: str
    from_z: str
    repository: str
    files: list[str]

    def links(self) -> list[str]:
        base = f"https://github.com/{self.repository}/blob"
        return [f"{base}/{file}" for file in self.files]


SOURCES = [Source(*row) for row in record.read("sources")]
"""The first five were run as well; what they do is in the record of the frameworks."""
