"""Words of pages: a misspelt one is found, and the words of code are let be."""

import pytest

from sitebuild.checks.spelling import Words


def words(text):
    return [message for _, message in Words({"a": text}).problems("a")]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A sentance.", "sentance"),
        ("# Gradiants\n\nGradients.", "Gradiants"),
        ("# Gradients cast\n\nGradients cost.", "cast"),
        ("---\ntitle: The cots\n---\n\nThe costs.", "cots"),
        ("---\ntitle: Costs\ndescription: The costts.\n---\n\nThe costs.", "costts"),
        ("| a | tabel |\n|---|---|\n", "tabel"),
        ("[a lnik](a.md)", "lnik"),
        ("In float23.", "float23"),
        ("The notes of CS331n.", "CS331n"),
    ],
)
def test_a_misspelt_word_is_found(text, word):
    assert words(text)
    assert all(said.startswith(f"'{word}'") for said in words(text))


@pytest.mark.parametrize(
    "text",
    [
        "# Costs\n\nThe costs’ `sentance`, $sentance$, <i class='sentance'>costs</i>.",
        "A layer's softmax; don't, I, a, z, σ.",
        "::: backprop_explained.costz\n    options:\n      membrs: false\n",
        "```py\nsentance\n```\n",
        "---\ntitle: Costs, costs\nhide: [sentance]\n---\n",
        "<!-- sentance -->",
        "In float32, from 1e-7 to 5e2.",
        "| BP1 | a |\n| BP2 | a |\n| costs | BP2 |\n",
    ],
)
def test_other_words_pass(text):
    assert words(text) == []


def test_names_of_a_column_that_do_not_count_up_are_found():
    assert words("| a | BP1 |\n| a | BP3 |\n") == ["BP3 stands under BP1"]


def test_a_heading_of_a_few_pages_may_have_words_of_its_own():
    few = Words({"a": "# A rare heading\n"}, all_of_it=False)
    assert list(few.problems("a")) == []
    assert len(words("# A rare heading\n")) == 2
