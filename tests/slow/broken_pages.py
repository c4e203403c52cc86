"""A sound page, and what breaks it."""

SOUND = """# A page

A [section](#a-section), a slope of 0.25<!--= slope -->,
and $\\frac{1}{2}$.<!--is: 2 * slope-->

## A section

```python exec="true" source="above" result="text" session="index"
from backprop_explained import sigmoid_derivative

slope = sigmoid_derivative(0.0)
print(slope)
```

```pycon
>>> float(slope)
0.25

```

"""
FIRST = SOUND.count("\n") + 1  # the line on which a broken piece begins

UNAPPROVED = "an output that nobody approved"
BROKEN = {  # what is broken: the piece, the line of it that is named, the message
    "a raising block": (
        '```python exec="true"\nx = 1\nraise RuntimeError("boom")\n```',
        3,
        "RuntimeError: boom",
    ),
    "an error in a figure": (
        '```python exec="true"\nfrom sitebuild.figures.svg import as_svg\n\n'
        'as_svg(None, "a", "b", "c")\n```',
        4,
        ", in sitebuild/figures/svg.py:",
    ),
    "an import that a reader cannot make": (
        '```python exec="true" source="above"\nimport sitebuild\n```',
        2,
        "cannot import sitebuild",
    ),
    "a wrong value of live": (
        '```python exec="true" source="above" live="yes"\nx = 1\n```',
        1,
        "leave out live",
    ),
    "a live cell that stands on a hidden block": (
        '```python exec="true" session="index"\nx = 1\n```\n\n'
        '```python exec="true" source="above" result="text" session="index"\n'
        "print(x)\n```",
        6,
        "a live cell runs after",
    ),
    "a name that a reader does not see": (
        '```python exec="true" session="index"\nx = 1\n```\n\n'
        '```python exec="true" source="above" live="no: it asks" session="index"\n'
        "y = x\n```",
        6,
        "a reader sees no block that defines 'x'",
    ),
    "a doctest that stands on a hidden block": (
        '```python exec="true" session="index"\nx = 1\n```\n\n'
        "```pycon\n>>> x\n1\n\n```",
        6,
        "NameError: name 'x' is not defined: show what is missing",
    ),
    "a syntax error": ('```python exec="true"\nx = = 1\n```', 2, "SyntaxError"),
    "sys.exit": (
        '```python exec="true"\nimport sys\nsys.exit(0)\n```',
        3,
        "SystemExit: 0",
    ),
    "a NumPy warning": (
        '```python exec="true"\nimport numpy as np\nprint(np.log(np.zeros(1)))\n```',
        3,
        "RuntimeWarning: divide by zero",
    ),
    "a user warning": (
        '```python exec="true"\nimport warnings\nwarnings.warn("careful")\n```',
        3,
        "UserWarning: careful",
    ),
    "a wrong option": (
        '```python exec="true" sauce="above"\nx = 1\n```',
        1,
        "unknown fence option 'sauce'",
    ),
    "a wrong value of an option": (
        '```python exec="true" source="bogus"\nx = 1\n```',
        1,
        "unknown value source='bogus'",
    ),
    "exec without quotes": (
        "```python exec=true\nx = 1\n```",
        1,
        "cannot read the fence options",
    ),
    "exec misspelt": (
        '```python exce="true"\nx = 1\n```',
        1,
        "unknown fence option 'exce'",
    ),
    "exec forgotten": ("```python\nx = 1\n```", 1, "a python block must run"),
    "an unknown language": (
        '```pyhton exec="true"\nx = 1\n```',
        1,
        "unknown fence language 'pyhton'",
    ),
    "an unclosed fence": (
        '```python exec="true"\nx = 1\n',
        1,
        "this fence is never closed",
    ),
    "a wrong stated output": (
        "```pycon\n>>> float(slope)\n0.24\n\n```",
        2,
        "printed '0.25', but the page states '0.24'",
    ),
    "a session of another page": (
        '```python exec="true" session="other"\nx = 1\n```',
        1,
        "session='other' belongs to another page",
    ),
    "a name that only another session has": (
        '```python exec="true"\nprint(slope)\n```',
        2,
        "NameError",
    ),
    "a print that the site does not see": (
        '```python exec="true"\nimport sys\nsys.stdout.write("lost")\n```',
        1,
        "'lost' was printed past the block",
    ),
    "a dead internal link": ("See [that](missing.md).", 1, "missing.md"),
    "a dead anchor": ("See [that](#missing).", 1, "missing"),
    "a dead link in a block's output": (
        '```python exec="true"\nprint("See [that](missing.md).")\n```',
        2,
        "missing.md",
    ),
    "a dead anchor in a block's output": (
        '```python exec="true"\nprint("See [that](#missing).")\n```',
        2,
        "missing",
    ),
    "an unknown cross-reference": (
        "See [that][backprop_explained.missing].",
        1,
        "backprop_explained.missing",
    ),
    "an unknown TeX macro": (r"And $\sgima(z)$.", 1, "sgima"),
    "a malformed TeX fraction": (r"And $\frac{1}$.", 1, "frac"),
    "bad TeX in a block's output": (
        '```python exec="true"\nprint(r"And $\\sgima(z)$.")\n```',
        1,
        "sgima",
    ),
    "TeX in a heading": ("## About $z$", 1, "heading"),
    "an unchecked decimal": ("It is 0.24 here.", 1, "nothing checks the number 0.24"),
    "a check of a number that ends the build": (
        "It is 0.24<!--= exit(slope) --> here.",
        1,
        "exit(slope) raised SystemExit",
    ),
    "os._exit": ('```python exec="true"\nimport os\nos._exit(0)\n```', 3, "SystemExit"),
    "a fence in a block's output": (
        '```python exec="true"\nprint("~~~python exec=\\"true\\"\\n1 / 0\\n~~~")\n```',
        1,
        "no one has checked",
    ),
    "a block that is shown as text": (
        '```python exec="true"\nx = 1\n`````',
        1,
        "shown as text",
    ),
    "a doctest that hides its output": (
        "```pycon\n>>> 1 + 1  # doctest: +SKIP\n3\n\n```",
        1,
        "a doctest directive hides",
    ),
    UNAPPROVED: (
        '```python exec="true" source="above" result="text"\nprint(1)\n```',
        1,
        "nobody has approved what this block prints",
    ),
    "a false formula": (
        "Or $\\sigma'(z) = a(1 + a)$.",
        1,
        "false: \\sigma'(z) = a(1 + a)",
    ),
    "a wrong number in prose": (
        "It is 0.24<!--= slope --> here.",
        1,
        "the prose says 0.24, but slope is",
    ),
}
