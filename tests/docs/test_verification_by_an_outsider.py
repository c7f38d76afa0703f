"""The script in docs/explanation/verification.md makes the draws of an exported trail again."""

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from onegrid.cases.actions.draw_verification import turn_months
from onegrid.cases.actions.handle_case import report_back
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case, make_district, make_people
from onegrid.oversight.public import exported, seal_entries

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "verification.md"
NOON = MORNING + timedelta(hours=3)


@pytest.mark.django_db
def test_the_script_of_the_page_makes_every_draw_again(tmp_path):
    district = make_district()
    people = make_people(district)
    cases = [make_case(district, status=Status.IN_PROGRESS, category="lamp") for _ in range(3)]
    for case in cases:
        report_back(case_id=case.pk, version=1, result="换了灯泡", by=people.handler, at=NOON)
    turn_months(at=MORNING + timedelta(days=10))
    seal_entries(at=MORNING + timedelta(days=10))
    trail, script = tmp_path / "trail.jsonl", tmp_path / "check.py"
    trail.write_text("\n".join(exported()), encoding="utf8")
    script.write_text(re.search(r"```python\n(.+?)```", PAGE.read_text(encoding="utf8"), re.DOTALL)[1], encoding="utf8")

    said = subprocess.run([sys.executable, script, trail], capture_output=True, text=True, check=True)

    assert said.stdout == "3 draws made again, 0 do not come out\n"
