"""Which argument the rules of other projects read, as read in their source."""

from typing import Any, NamedTuple

from sitebuild.evidence.sources import Source, sources


class Rules(NamedTuple):
    """Which argument the rules of a project read, in its own words, and where.

    `z` and `a` are its names for the pre-activation and the output.
    """

    project: str
    z: str
    a: str
    from_a: str
    from_z: str
    files: list[Source]

    def links(self) -> list[str]:
        return [file.address for file in self.files]


def _rules(source: Source) -> Rules:
    told: dict[str, Any] = dict(source.fields["rule"])
    names = [source.name, *told.pop("also", [])]
    return Rules(**told, files=[sources()[name] for name in names])


RULES = [_rules(source) for source in sources().values() if "rule" in source.fields]
"""The first five were run as well; what they do is in the record of the frameworks."""
