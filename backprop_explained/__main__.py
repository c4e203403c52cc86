"""`python -m backprop_explained FILE`: the verdict on numbers of any language."""

import sys
from pathlib import Path

from backprop_explained.check.numbers import INPUTS, check_json, check_numbers

USAGE = f"""usage: python -m backprop_explained FILE

FILE holds nine results of your derivative, at
  {", ".join(f"{x:g}" for x in INPUTS)}
or a whole gradient as JSON: weights, inputs, targets, gradients."""


def main(arguments: list[str]) -> int:
    """Print the verdict: 0 if right, 1 if wrong, 2 if it cannot be read."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(USAGE)
        return 2
    try:
        text = Path(arguments[0]).read_text("utf-8")
        if not text.lstrip().startswith("{"):
            verdict = check_numbers(text)
            print(verdict)
            return int(verdict.argument.value == "neither")
        layout, diagnosis = check_json(text)
    except (OSError, ValueError) as error:
        print(f"{arguments[0]}: {error}", file=sys.stderr)
        return 2
    print(layout)
    print(diagnosis)
    return int(not diagnosis)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
