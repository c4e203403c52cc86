"""A record is what its script wrote: an edit by hand is refused."""

import ast
import hashlib
import re
from pathlib import Path

import pytest
from sites import ROOT

from sitebuild.evidence import record

TREE = {"versions": {"numpy": "2.4.6"}, "runs": [[0, 0.25, True], [1, -3e-9, None]]}
NAMES = sorted(path.stem for path in record.RECORDS.glob("*.json"))


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setattr(record, "RECORDS", tmp_path)
    record.write("some", TREE)
    return record.path("some")


@pytest.mark.parametrize("tree", [TREE, [], [[1, 2]], "text", {"content": "checksum"}])
def test_a_record_is_read_as_it_was_written(kept, tree):
    record.write("some", tree)
    assert record.read("some") == tree
    assert kept.read_text().startswith('{\n"checksum": "')


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0.25", "0.26"),
        ("0.25", "0.250"),
        ("true", "false"),
        ("-3e-09", "3e-09"),
        ("2.4.6", "2.4.7"),
        ("[0,0.25,true],\n", ""),
        ("[0,", "[0, "),
        ('"runs"', '"ran"'),
        ("\n}\n", "\n}"),
        ('"content"', '"contents"'),
        ('"checksum": "', '"checksum": "0'),
    ],
)
def test_an_edit_by_hand_is_refused(kept, old, new):
    text = kept.read_text()
    assert old in text
    kept.write_text(text.replace(old, new, 1))
    with pytest.raises(record.EditedRecordError, match=r"some\.json is not as its"):
        record.read("some")


@pytest.mark.parametrize("text", ["", "{}", '{"runs": [[0, 1]]}', "not JSON"])
def test_what_no_script_wrote_is_refused(kept, text):
    kept.write_text(text)
    with pytest.raises(record.EditedRecordError, match="run the script again"):
        record.read("some")


def test_a_record_is_not_put_in_the_place_of_another(kept):
    record.path("other").write_text(kept.read_text())
    with pytest.raises(record.EditedRecordError, match=r"other\.json"):
        record.read("other")


def test_the_checksum_of_what_was_edited_is_not_enough(kept):
    """It is not the one that a tool gives for the file or its content."""
    text = kept.read_text().replace("0.25", "0.26")
    content = re.search(r'"content": (.*)\n}\n\Z', text, re.S)[1]
    checksum = hashlib.sha256(content.encode()).hexdigest()
    kept.write_text(re.sub(r'(?<="checksum": ")\w+', checksum, text))
    with pytest.raises(record.EditedRecordError):
        record.read("some")


@pytest.mark.parametrize("name", NAMES)
def test_every_record_is_as_its_script_wrote_it(name):
    assert record.read(name)
    assert len(NAMES) > 10


EVIDENCE = Path(record.__file__).parent
WRITERS = [
    path
    for path in sorted(EVIDENCE.rglob("*.py"))
    if "record.write(" in path.read_text()
]


@pytest.mark.parametrize("path", WRITERS, ids=lambda path: path.stem)
def test_a_script_says_how_it_is_run(path):
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    command = module.removesuffix(".__main__")
    said = ast.get_docstring(ast.parse(path.read_text()))
    assert re.search(rf"`(python -m {re.escape(command)}\b|make \w+)", said)


def test_every_record_has_a_script():
    written = "".join(path.read_text() for path in EVIDENCE.rglob("*.py"))
    for path in record.RECORDS.glob("*.json"):
        assert f'"{path.stem}"' in written
