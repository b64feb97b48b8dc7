"""``manage.py load_shipped``: everything at a first start, nothing at the next."""

import io

import pytest
from django.core.management import call_command

from sdg_targets.actions.shipped import DATASETS
from sdg_targets.formats.shipped_csv import read_rows
from sdg_targets.models import Area, Dataset, Goal, Observation

pytestmark = pytest.mark.django_db


def run(*args: str) -> list[str]:
    out = io.StringIO()
    call_command("load_shipped", *args, stdout=out)
    return out.getvalue().splitlines()


def test_a_first_start_says_what_it_loads_and_the_next_is_silent() -> None:
    told = run("--without-figures")
    assert [line.split(":")[0].strip() for line in told][:2] == ["sdg_targets.area", "sdg_targets.groupmembership"]
    assert "  sdg_targets.goal: 17 new, 0 updated, 0 unchanged, 0 removed" in told
    assert (Goal.objects.count(), Area.objects.member_states().count()) == (17, 193)
    assert Dataset.objects.count() == len(read_rows(DATASETS))
    assert not Observation.objects.exists()
    assert run("--without-figures") == []
