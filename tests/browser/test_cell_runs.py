"""What a live cell makes of code: output, errors, and an end to what does not end."""

import re

import pytest
from browser import expect
from cells import CODE, PRINTED

from sitebuild.live import runtime


def test_edit_run_error_and_reset(shared):
    assert shared.run(CODE) == PRINTED
    z = CODE.replace("x * (1 - x)", "np.exp(-x) / (1 + np.exp(-x)) ** 2")
    said = shared.run("import numpy as np\n" + z)
    assert said == "takes the pre-activation: pass `z`, not `a`\n"

    said = shared.run(CODE.replace("(1 - x)", "(1 - y)"), "It ended with an error.")
    assert said == "Line 5: return x * (1 - y)\nNameError: name 'y' is not defined"
    expect(shared.mark).to_have_text("    return x * (1 - y)")
    shared.page.keyboard.press("Control+Home")
    shared.page.keyboard.type("\n\n")
    expect(shared.mark).to_have_text("    return x * (1 - y)")

    shared.button("Reset").click()
    assert shared.text == CODE.rstrip("\n")
    expect(shared.editor).to_be_focused()
    expect(shared.mark).to_have_count(0)
    assert shared.output.text_content() == PRINTED


def test_keys_of_the_editor(shared):
    press, type_ = shared.page.keyboard.press, shared.page.keyboard.type
    shared.editor.fill("x")
    for key, code in (
        ("Home", "x"),
        ("Tab", "    x"),
        ("Shift+Tab", "x"),
        ("Control+/", "# x"),
        ("Control+/", "x"),
    ):
        press(key)
        assert shared.text == code
    shared.editor.fill("print(6 * 7)")
    press("Shift+Enter")
    shared.ends("It took")
    assert shared.output.text_content() == "42\n"
    type_("1")
    assert shared.text == "print(6 * 7)1"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("a = 1\nb = = 2", "Line 2: b = = 2\nSyntaxError: invalid syntax"),
        (
            "def f(n):\n    return 1 / n\n\n\nprint('so far')\nf(0)",
            "so far\n\nLine 2: return 1 / n\nZeroDivisionError: division by zero",
        ),
        (
            "import torch",
            "Line 1: import torch\nModuleNotFoundError: torch is not here, only NumPy",
        ),
        (
            "import backprop_explained as b\n\nb.derivative_argument(3)",
            "Line 3: b.derivative_argument(3)\nTypeError: ",
        ),
        ("input('n? ')", "n? \nLine 1: input('n? ')\nEOFError: input() has nobody"),
        (
            "class E(Exception):\n    def __str__(self):\n        1 / 0\n\n\nraise E",
            "Line 6: raise E\nE: it cannot be shown",
        ),
        ("import sys\nsys.stdout = 3\nprint(1)", "Line 3: print(1)\nAttributeError: "),
        ("raise SystemExit", "Line 1: raise SystemExit\nSystemExit"),
        ("f = lambda: f()\nf()", "Line 1: f = lambda: f()\nRecursionError: "),
        (
            "try:\n    {}[1]\nexcept KeyError:\n    raise ValueError('mine')",
            "Line 4: raise ValueError('mine')\nValueError: mine",
        ),
    ],
)
def test_error_is_short_and_at_the_line_of_the_reader(shared, code, said):
    found = shared.run(code, "It ended with an error.")
    assert found.startswith(said)
    assert len(found.splitlines()) <= 4


IMAGE = "<img src=x onerror=alert(1)>&amp;"
DATACLASS = """from dataclasses import dataclass
@dataclass
class A:
    n: 'int'
print(A(1))"""


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (f"print('{IMAGE}')", f"{IMAGE}\n"),
        ("print('a', 'b', sep='-', end='!')", "a-b!"),
        ("print('σ′(z) ✓ 🙂')", "σ′(z) ✓ 🙂\n"),
        ("if __name__ == '__main__':\n    print('run')", "run\n"),
        ("import warnings\nwarnings.warn('careful')", "line 2: UserWarning: careful\n"),
        (DATACLASS, "A(n=1)\n"),
        ("a = 1", ""),
    ],
)
def test_output_is_shown_as_it_was_printed(shared, code, said):
    assert shared.run(code) == said
    assert not shared.output.locator("img").count()


def test_variables_stay_until_a_restart_and_settings_do_not(shared):
    setting = "np.set_printoptions(precision=1)\nnp.seterr(all='raise')\nmine = 1"
    shared.run(f"import numpy as np\n{setting}")
    asking = "print('mine' in globals(), np.array([0.123]), np.geterr()['under'])"
    asking = f"import numpy as np\n{asking}"
    assert shared.run(asking) == "True [0.123] ignore\n"
    shared.button("Restart").click()
    shared.ends("The variables of this page are gone.")
    assert shared.run(asking) == "False [0.123] ignore\n"


def test_what_a_run_replaces_or_closes_is_back_for_the_next(shared):
    spoil = "import builtins, sys\nbuiltins.print = None\nsys.stdout.close()"
    assert shared.run(spoil) == ""
    assert shared.run("print(6 * 7)") == "42\n"


def test_what_differs_in_a_browser_is_what_the_pages_say(shared):
    code = "import numpy as np\nprint(np.arange(1).dtype, np.exp(np.array([1000.0])))"
    assert shared.run(code) == "int32 [inf]\n"  # and no warning of the overflow


DRAWING = """import matplotlib.pyplot as plt

plt.rcParams["lines.linewidth"] = 7
plt.plot([0, 1], [0, 1])
plt.title("A line")
plt.show()
plt.plot([1, 0])
print("both")"""


def test_matplotlib_is_loaded_where_it_is_imported(shared):
    pictures = shared.element.get_by_role("img")
    if not runtime.draws(runtime.FOLDER):
        pytest.skip("make runtime brings matplotlib")
    assert shared.run(DRAWING) == "both\n"
    expect(pictures).to_have_count(2)
    assert pictures.first.get_attribute("alt") == "Figure: A line"
    assert pictures.first.evaluate("image => image.decode().then(() => image.width)")
    asked = "import matplotlib\nprint(matplotlib.rcParams['lines.linewidth'])"
    assert shared.run(asked) == "1.5\n"
    expect(pictures).to_have_count(0)


def test_endless_loop_is_stopped_and_the_page_stays_responsive(shared):
    shared.editor.fill("print('begun')\nwhile True:\n    pass")
    shared.button("Run").click()
    expect(shared.status).to_have_text("Running ...")
    drawn = "new Promise((done) => requestAnimationFrame(() => done(true)))"
    assert shared.page.evaluate(drawn)
    assert shared.status.text_content() == "Running ..."
    shared.editor.fill("print(6 * 7)")
    shared.button("Stop").click()
    expect(shared.status).to_have_text("Stopped.")
    expect(shared.button("Stop")).to_have_attribute("aria-disabled", "true")
    shared.button("Run").click()
    shared.ends("It took")
    assert shared.output.text_content() == "42\n"


def test_endless_output_is_cut_and_can_be_stopped(shared):
    shared.editor.fill("while True:\n    print('again')")
    shared.button("Run").click()
    expect(shared.output).to_have_text(re.compile("cut after 20000 characters"))
    shared.button("Stop").click()
    expect(shared.status).to_have_text("Stopped.")
    assert len(shared.output.text_content()) < 20_100


@pytest.mark.long
def test_python_that_broke_down_begins_again(shared):
    shared.run("import os\n\nos._exit(3)", "Python broke down.")
    assert shared.run("print(6 * 7)") == "42\n"


GRADE = """async ([code, after]) => {
  const { python } = await import("./javascripts/live/python.mjs");
  return new Promise((finish) => {
    let printed = "";
    const print = (text) => (printed += text);
    const showProgress = () => {};
    const { dataset } = document.querySelector("bp-cell");
    const end = (result) => finish({ ...result, printed });
    python.run({ dataset, print, showProgress, finish: end }, code, { after });
  });
}"""


def test_code_after_the_readers_sees_its_names_and_is_not_heard(shared):
    after = "import json\nprint('noise')\nprint(json.dumps({'x': x}))"
    result = shared.page.evaluate(GRADE, ["x = 6 * 7\nprint('mine')", after])
    assert (result["graded"], result["printed"]) == ({"x": 42}, "mine\n")
    assert not result.get("error")


def test_code_after_does_not_run_where_the_readers_failed(shared):
    result = shared.page.evaluate(GRADE, ["1 / 0", "print('true')"])
    assert result["error"].startswith("Line 1: 1 / 0\nZeroDivisionError")
    assert not result.get("graded")
