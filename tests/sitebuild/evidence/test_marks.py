"""What is counted of the runs of the mistakes, by hand."""

from sitebuild.evidence import digits
from sitebuild.evidence.fingerprints import DigitsRun
from sitebuild.evidence.marks import accuracy, learned_starts, median, overflowed, post
from sitebuild.evidence.ways import RIGHT


def test_the_accuracy_by_hand():
    whole = [0] * digits.EPOCHS
    runs = [
        DigitsRun(0, 0.0, 1.0, [*whole, 360]),
        DigitsRun(1, 0.0, 1.0, [*whole, 180]),
        DigitsRun(2, 0.0, 1.0, [36, 36]),
    ]
    assert accuracy(runs) == (75.0, 50.0, 100.0, 1)
    assert accuracy(runs[2:]) == (None, None, None, 1)


def test_counts_and_medians_by_hand():
    run = post()[RIGHT][0]
    runs = [
        run._replace(learned=True, cost=1.0),
        run._replace(learned=True, cost=3.0),
        run._replace(learned=False, cost=None, stopped=9),
    ]
    assert (learned_starts(runs), overflowed(runs)) == (2, 1)
    assert median(runs, "cost") == 2.0
    assert median(runs[2:], "cost") is None
