"""What a build begins with, while it still imports what takes long."""

from sitebuild import textfont
from sitebuild.beside import BESIDE
from sitebuild.maths.code import of_the_project


def begin() -> None:
    """Begin what needs neither the pages nor much of the site."""
    if not BESIDE.knows(of_the_project):
        BESIDE.open(1)
        BESIDE.begin(of_the_project)
        for face in textfont.FACES:
            BESIDE.begin(textfont.subset, face)
