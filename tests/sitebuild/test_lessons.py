"""The plans for lessons lead to pages that there are."""

import re

import pytest
from sites import ROOT

from sitebuild.lessons import ONE_HOUR, THREE_HOURS, as_table


@pytest.mark.parametrize(("plan", "hours"), [(ONE_HOUR, 1), (THREE_HOURS, 3)])
def test_a_plan_takes_its_hours_and_leads_to_pages(plan, hours):
    table = as_table(plan)
    assert f"| **{60 * hours}** |" in table
    minutes = [int(n) for n in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)]
    assert sum(minutes) == 60 * hours
    linked = re.findall(r"\]\(([^)]*)\)", table)
    assert len(linked) == len(plan)
    assert all((ROOT / "docs" / "about" / link).exists() for link in linked)
