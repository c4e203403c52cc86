"""What figures share that show an argument step by step.

A part of the drawing with `data_step` is there from that step on, and one with
`data_until` as well is there up to that step.
"""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from sitebuild.figures.live_svg import control, tag


class Step(NamedTuple):
    """One step: what is done, in words, and its arithmetic for one of the numbers."""

    does: str
    example: str


def controls(last: int) -> str:
    """Buttons and a slider for the steps 0 to `last`; at first it is at the last."""
    buttons = [
        tag("button", text, type="button", class_="bp-button", data_part=part)
        for text, part in [("Start", "first"), ("Back", "back"), ("Next", "next")]
    ]
    limits = {"min": "0", "max": f"{last}", "step": "1", "value": f"{last}"}
    about = {"type": "range", "aria_label": "step", "data_part": "slider"}
    slider = control("input", **about, **limits)
    return tag("div", *buttons, slider, class_="bp-controls bp-buttons")


def sentences(steps: Sequence[Step]) -> str:
    """What each step does; the one in sight is read out as it changes."""
    written, last = [], len(steps) - 1
    for k, (does, example) in enumerate(steps):
        said = f"{k} of {last}. {does}", example
        inside = "".join(tag("span", escape(text, quote=False)) for text in said)
        hidden = k != last
        written.append(tag("p", inside, data_sentence=f"{k}", data_hidden=hidden))
    return tag("div", *written, class_="bp-steps", role="status", data_part="said")
