"""Plans for lessons: minutes, what is read, and what the learners do."""

from typing import NamedTuple


class Part(NamedTuple):
    """A part of a lesson: how long, the name and the file of a page, what is done."""

    minutes: int
    name: str
    page: str
    does: str


RECIPE = Part(
    15,
    "Two derivatives",
    "learn/two-derivatives.md",
    "the recipe, for a formula of their own",
)
ONE_HOUR = [
    Part(5, "z or the output?", "index.md", "guess first: which of the four is right?"),
    Part(15, "One neuron", "learn/one-neuron.md", "the three derivatives, on paper"),
    RECIPE,
    Part(10, "By hand", "learn/by-hand.md", "follow the errors to a hidden neuron"),
    Part(15, "Worksheet", "practise/worksheet.md", "alone, then compare in pairs"),
]
THREE_HOURS = [
    *ONE_HOUR[:2],
    Part(15, "The chain rule", "learn/the-chain-rule.md", "two neurons, on the board"),
    Part(
        15,
        "The computation graph",
        "learn/the-computation-graph.md",
        "derive `a * (1 - a)`",
    ),
    RECIPE,
    Part(20, "By hand", "learn/by-hand.md", "one derivative per group"),
    Part(20, "A layer in matrices", "learn/a-layer-in-matrices.md", "shapes first"),
    Part(
        15, "The whole network", "learn/the-whole-network.md", "find the four equations"
    ),
    Part(
        20,
        "Check a gradient",
        "learn/check-a-gradient.md",
        "check a gradient of their own",
    ),
    Part(10, "Mixed up", "learn/mixed-up.md", "predict which wrong one still learns"),
    Part(15, "Find the mistake", "practise/find-the-mistake.md", "three of the twelve"),
    ONE_HOUR[4],
]


def as_table(plan: list[Part]) -> str:
    """The plan as Markdown, with its sum."""
    rows = [
        f"| {part.minutes} | [{part.name}](../{part.page}) | {part.does} |"
        for part in plan
    ]
    total = f"| **{sum(part.minutes for part in plan)}** | | |"
    return "\n".join(
        ["| minutes | page | what the learners do |", "|--:|---|---|", *rows, total]
    )
