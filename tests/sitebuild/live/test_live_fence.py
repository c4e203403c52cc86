"""What is shown and runs is live, and has to run with what it stands on."""

import json
import re

import pytest
from sites import printed_by, run, small_site

from sitebuild.checks import alone, running
from sitebuild.checks.checker import check_page
from sitebuild.live import cells as live
from sitebuild.live import runtime

HEADER = 'exec="true" source="above" result="text" session="index"'
CELL = "from backprop_explained import sigmoid\n\nprint(sigmoid(0.0))"
BUILD = ("mkdocs", "build", "--strict")
FIRST = '```python exec="true" session="index"\nz = 2.0\n```\n\n'


def page(source=CELL, header=HEADER):
    return f"```python {header}\n{source}\n```\n"


def problems(text):
    return [str(problem) for problem in check_page(text, "index.md").problems]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (HEADER + ' live="true"', "leave out live"),
        (HEADER + ' live="no"', "leave out live"),
        (HEADER + ' live="no: "', "leave out live"),
        (HEADER + " live", "cannot read the fence options"),
        (HEADER.replace(' source="above"', "") + ' live="no: so"', "what is hidden"),
    ],
)
def test_an_exception_without_a_reason_is_found(header, message):
    found = problems(page(header=header))
    assert any("index.md:1: " in said and message in said for said in found), found


@pytest.mark.parametrize("language", ["py", "pycon", "bash"])
def test_only_python_that_runs_can_be_an_exception(language):
    source = ">>> 1\n1\n" if language == "pycon" else "a = 1"
    (found,) = problems(f'```{language} live="no: so"\n{source}\n```\n')
    assert "unknown fence option 'live'" in found


MATRIX = "import numpy as np\n\nw = np.zeros(2)\nprint(w.size)"


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ((MATRIX, "v = w + 1\nprint(v)"), None),
        ((MATRIX, "w[0] = 1\nprint(1)", "print(w)"), None),
        ((MATRIX, "print(5)", "def f():\n    return w\n\n\nprint(f())"), None),
        (("x = [1]\nprint(x)", "y = x\ny.append(2)\nprint(y)", "print(x)"), "'[1]'"),
        (("z = 1\nprint(2)", "print('z' in globals())"), "prints 'False'"),
    ],
)
def test_a_cell_has_to_print_the_same_after_what_it_stands_on(blocks, said):
    """A list that is changed under another name is what no reading of names sees."""
    found = problems("\n".join(map(page, blocks)))
    assert bool(found) == bool(said)
    assert not said or ("a live cell runs after" in found[0] and said in found[0])


FIVE, X, MORE, LAST = ["print(5)", "x = 1\nprint(x)", "y = x + 1\nprint(y)", "print(y)"]


@pytest.mark.parametrize(
    ("hidden", "shown", "again"),
    [
        ("", [X, MORE, LAST], []),  # so they have run on the page
        (FIRST, [X, MORE, LAST], [X, MORE, LAST]),
        ("", [FIVE, X, MORE, LAST], [X, MORE, LAST]),
        (FIRST, [X, MORE, "print(x)"], [X, MORE, X, "print(x)"]),
    ],
)
def test_a_cell_runs_again_where_more_than_it_stands_on_had_run(
    monkeypatch, hidden, shown, again
):
    """The names that blocks made go to one cell alone, which may change them."""
    ran = []

    def recording(fence, names, name):
        ran.append(fence.source.strip())
        return running.run(fence, names, name)

    monkeypatch.setattr(alone, "run", recording)
    assert problems(hidden + "\n".join(map(page, shown))) == []
    assert ran == again


def test_a_cell_that_stands_on_a_hidden_block_is_found():
    found = problems(FIRST + page("print(z)"))
    said = next(line for line in found if "a live cell" in line)
    assert "index.md:6: " in said
    assert "NameError: name 'z'" in said
    excused = page("print(z)", HEADER + ' live="no: z takes an hour"')
    assert "a live cell" not in "".join(problems(FIRST + excused))


def test_cell_that_raises_is_named_once():
    (found,) = problems(page("1 / 0"))
    assert "index.md:2: the block raised ZeroDivisionError" in found


SESSION = "```pycon\n>>> x = 1\n>>> x < 2\nTrue\n>>> -x\n-1\n\n```\n"
ERROR = (
    "```pycon\n>>> 1 / 0\nTraceback (most recent call last):\n"
    "ZeroDivisionError: division by zero\n\n```\n"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A page with a cell, and one with sessions."""
    pages = {
        "index.md": "# A page\n\n" + page(),
        "sessions.md": f"# Another\n\n{ERROR}\n{SESSION}",
    }
    site = small_site(tmp_path_factory.mktemp("cells"), pages)
    built = run(site, *BUILD)
    assert built.returncode == 0, built.stdout
    return site


def test_built_cell_is_a_plain_block_with_an_offer(site):
    html = (site / "site" / "index.html").read_text()
    cell = re.search(r"<bp-cell(.*?)>(.*?)</bp-cell>", html, re.DOTALL)
    words = re.sub(r"<[^>]+>", "", cell[2]).split("\n")
    assert [line for line in words if line] == [
        *CELL.split("\n\n"),
        "Edit and runLoads Python once, 9\xa0MB from cdn.jsdelivr.net.0.5",
    ]
    assert f'data-runtime="{runtime.DISTRIBUTION}"' in cell[1]
    archive = site / "site" / live.ARCHIVE
    assert f"{live.ARCHIVE}?{live.digest(archive.read_bytes())}" in cell[1]
    index = json.loads((site / "site" / "search" / "search_index.json").read_text())
    texts = " ".join(entry["text"] for entry in index["docs"])
    assert "print" in texts
    assert "Edit and run" not in texts


def test_a_session_is_a_cell_that_knows_what_it_prints(site):
    html = (site / "site" / "sessions" / "index.html").read_text()
    error, session = re.findall(r'<div class="language-pycon.*?</pre>', html, re.DOTALL)
    (cell,) = re.findall(r"<bp-cell data-session.*?</bp-cell>", html, re.DOTALL)
    assert session in cell
    assert "<pre><code>True\n-1\n</code></pre>" in cell
    assert cell.count(" hidden>") == 1
    assert error not in cell


def test_a_session_has_to_run_after_what_it_stands_on():
    assert problems(FIRST + SESSION) == []
    needy = "```pycon\n>>> z\n2.0\n\n```\n"
    assert "a live cell" in "".join(problems(FIRST + needy))
    assert problems(page("z = 2.0\nprint(z)") + needy) == []


def test_archive_is_the_package_and_the_same_each_time(tmp_path):
    data = live.archive(runtime.ROOT)
    assert data == live.archive(runtime.ROOT)
    path = tmp_path / "package.zip"
    path.write_bytes(data)
    code = (
        f"import sys; sys.path.insert(0, {str(path)!r})\n"
        "import backprop_explained as package\n"
        "print(package.__file__, package.sigmoid(0.0))"
    )
    file, half = printed_by(code, cwd=tmp_path).split()
    assert (file, half) == (f"{path}/backprop_explained/__init__.py", "0.5")


@pytest.mark.parametrize(
    "address", ["https://host.example/pyodide/", "http://127.0.0.1:8000/a/", "my/own/"]
)
def test_an_address_or_a_folder_is_a_runtime(address, monkeypatch):
    monkeypatch.setattr(runtime, "problem", lambda folder: None)
    assert live.address_problem(address) is None


@pytest.mark.parametrize(
    "address",
    [None, "", "runtime", "/runtime/", "https://host.example", "a b/", "//a/"],
)
def test_other_addresses_are_refused(address):
    assert "with a slash at its end" in live.address_problem(address)


def test_a_folder_that_is_not_assembled_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(runtime, "FOLDER", tmp_path / "runtime")
    assert "make runtime" in live.address_problem("runtime/")


@pytest.mark.parametrize(
    ("address", "origin", "offer"),
    [
        ("https://host.example/a/", "https://host.example", "9 MB from host.example."),
        ("runtime/", "", "16 MB from this site."),
    ],
)
def test_the_offer_names_the_host_and_the_size(address, origin, offer):
    assert live.origin(address) == origin
    assert live.offer(address).endswith(offer)
