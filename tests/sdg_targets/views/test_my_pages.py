"""A country's own pages: what they say in each situation, and how they meet what cannot be read."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from idm.accounts.models import User
from sdg_targets.actions.comments import comment
from sdg_targets.actions.deciding import approve, return_submission
from sdg_targets.actions.publishing import publish
from sdg_targets.actions.submissions import recall, submit
from sdg_targets.models import Cell, Mandate, ReportingCountry, Round, RoundItem, Submission
from sdg_targets.queries.submissions import fingerprint
from tests.factories import make_area
from tests.factories.submissions import accept_all, enter, make_round, make_submission

pytestmark = pytest.mark.django_db
CELLS = "/my/KEN/2026/cells/"
CELL = "/my/KEN/2026/cell/?series=SI_RMT_COST&period={}&breakdown={}"


@pytest.fixture
def submission(focal_point: User) -> Submission:
    return make_submission(focal_point)


@pytest.fixture
def client(sign_in: Any, focal_point: User) -> Client:
    return sign_in(focal_point)


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def change(**given: Any) -> dict[str, Any]:
    named = {"series": "SI_RMT_COST", "period": "2015", "breakdown": "_T", "seen": 0, "fields": {"value": "1"}}
    return {"cells": [named | given]}


def test_a_country_to_which_nothing_was_asked_is_told_what_happens_next(focal_point: User, client: Client) -> None:
    assert "When one opens you get an e-mail" in text(client, "/my/KEN/")


def test_several_countries_are_a_choice(focal_point: User, client: Client) -> None:
    assert client.get("/my/").headers["Location"] == "/my/KEN/"
    Mandate.objects.create(user=focal_point, role="focal_point", area=make_area("UGA"))
    page = text(client, "/my/")
    assert "/my/KEN/" in page and "/my/UGA/" in page


def test_the_first_page_follows_the_submission_on_its_way(client: Client, focal_point: User, reviewer: User) -> None:
    made = make_round()
    assert "Not begun" in text(client, "/my/KEN/")
    assert "asks for 3 values" in text(client, "/my/KEN/2026/")
    assert client.post("/my/KEN/2026/begin/").headers["Location"] == "/my/KEN/2026/"
    submission = Submission.objects.get()
    saved = enter(submission, focal_point, "8.4")
    assert "1 of 3 values are there" in text(client, "/my/KEN/")
    submit(submission=submission, by=focal_point)
    page = text(client, "/my/KEN/")
    assert "With the reviewers" in page and "focal point" in page and "can take it back" in page
    comment(submission=submission, cell=saved.cell, text="Which quarter?", by=reviewer)
    comment(submission=submission, cell=saved.cell, text="Our own word", by=reviewer, internal=True)
    return_submission(submission=submission, by=reviewer, note="One question.")
    page = text(client, "/my/KEN/")
    assert "One question." in page and "Which quarter?" in page and "Our own word" not in page
    submit(submission=submission, by=focal_point)
    accept_all(submission, reviewer)
    approve(submission=submission, by=reviewer, seen_sha256=fingerprint(submission))
    publish(submission=submission, by=reviewer, note="First.")
    page = text(client, "/my/KEN/")
    assert "Nothing is due" in page and "Open it again" in page and "1 of 3" in page
    assert made.name_en in page


def test_time_that_passed_is_said_without_blame(client: Client, focal_point: User) -> None:
    make_round()
    today = timezone.localdate()
    Round.objects.update(due_on=today - timedelta(days=3))
    page = text(client, "/my/KEN/")
    assert "not yet received" in page and not re.search(r"\b(over)?late\b|overdue", page)
    Round.objects.update(closes_on=today - timedelta(days=1))
    assert "This round is closed" in text(client, "/my/KEN/2026/")
    client.post("/my/KEN/2026/begin/")
    assert not Submission.objects.exists()


def test_values_beyond_what_is_asked_do_not_make_it_look_complete(
    submission: Submission, client: Client, focal_point: User
) -> None:
    for year in ("2001", "2002", "2003"):
        enter(submission, focal_point, "1", of=year)
    assert "0 of 3 values are there" in text(client, "/my/KEN/")


def test_where_the_statistics_office_validates_first_each_does_their_part(
    submission: Submission, client: Client, focal_point: User, validator: User, sign_in: Any
) -> None:
    ReportingCountry.objects.create(area=submission.area, validates_first=True)
    enter(submission, focal_point, "1")
    client.post("/my/KEN/2026/steps/submit/")
    submission.refresh_from_db()
    assert submission.state == "draft"
    office = sign_in(validator)
    page = text(office, "/my/KEN/2026/")
    assert "Validate" in page and "readonly" in page
    office.post("/my/KEN/2026/steps/validate/", {"seen": submission.version})
    assert "Validated by the statistics office" in text(client, "/my/KEN/2026/")
    office.post("/my/KEN/2026/steps/send_back/", {"note": ""})
    submission.refresh_from_db()
    assert submission.state == "validated"  # a reason is asked for
    office.post("/my/KEN/2026/steps/send_back/", {"note": "2015 is not ours."})
    submission.refresh_from_db()
    assert submission.state == "draft"


def test_a_step_is_taken_once_and_only_of_what_was_looked_at(
    submission: Submission, client: Client, focal_point: User
) -> None:
    enter(submission, focal_point, "1")
    form = {"seen": submission.version, "key": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"}
    for _turn in range(2):
        client.post("/my/KEN/2026/steps/submit/", form)
    assert submission.events.filter(step="submit").count() == 1
    submission.refresh_from_db()
    recall(submission=submission, by=focal_point)
    client.post("/my/KEN/2026/steps/submit/", {"seen": submission.version})
    submission.refresh_from_db()
    assert submission.state == "draft"
    assert client.post("/my/KEN/2026/steps/publish/").status_code == 404


def test_a_published_submission_is_opened_again_with_a_reason(
    submission: Submission, client: Client, focal_point: User, reviewer: User
) -> None:
    enter(submission, focal_point, "1")
    submit(submission=submission, by=focal_point)
    accept_all(submission, reviewer)
    approve(submission=submission, by=reviewer, seen_sha256=fingerprint(submission))
    publish(submission=submission, by=reviewer)
    client.post("/my/KEN/2026/revise/", {"reason": "error", "note": " "})
    assert Submission.objects.count() == 1
    client.post("/my/KEN/2026/revise/", {"reason": "error", "note": "A slip in 2015."})
    newest = Submission.objects.order_by("-pk").first()
    assert newest is not None and newest.revises_id == submission.pk


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("[]", 400),
        ("{", 400),
        ("[" * 100_000, 400),
        ({"cells": []}, 400),
        ({"cells": "x"}, 400),
        ({"cells": [1]}, 400),
        ({"cells": [{}] * 501}, 400),
        (change(series=None), 400),
        (change(series="a\0b"), 400),
        (change(seen="1"), 400),
        (change(seen=-1), 400),
        (change(seen=True), 400),
        (change(seen=2**31), 400),
        (change(fields={}), 400),
        (change(fields={"value": 1}), 400),
        (change(key="no uuid"), 400),
        (change(key=5), 400),
        ({"cells": [*change()["cells"], *change()["cells"]]}, 409),
    ],
)
def test_a_body_that_cannot_be_read_saves_nothing(
    submission: Submission, client: Client, body: Any, status: int
) -> None:
    answer = client.post(CELLS, body, content_type="application/json")
    assert answer.status_code == status
    assert answer.json()["detail"]
    assert not Cell.objects.exists()


def test_only_json_with_the_token_of_the_page_is_taken(submission: Submission, focal_point: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(focal_point)
    assert client.post(CELLS, change(), content_type="application/json").status_code == 403
    token = client.get(CELLS).json()["token"]
    headers = {"X-CSRFToken": token}
    assert client.post(CELLS, change(), content_type="application/json", headers=headers).status_code == 200
    assert client.post(CELLS, {"cells": "x"}, headers=headers).status_code == 415
    assert client.post(CELLS, "{}", content_type="text/plain", headers=headers).status_code == 415


def test_each_cell_is_told_what_became_of_it(submission: Submission, client: Client, lead_focal_point: User) -> None:
    enter(submission, lead_focal_point, "9", of="2014")
    cells = [
        change()["cells"][0],
        change(period="2014")["cells"][0],
        change(period="2016", fields={"lower_bound": "eight"})["cells"][0],
        change(period="2013", fields={"value": "1,234"})["cells"][0],
    ]
    told = client.post(CELLS, {"cells": cells}, content_type="application/json").json()["cells"]
    assert [cell["outcome"] for cell in told] == ["saved", "clash", "refused", "saved"]
    assert (told[1]["text"], told[1]["by"], told[1]["version"]) == ("9", "lead focal point", 1)
    assert told[2]["column"] == "lower_bound" and "eight" in told[2]["why"]
    assert "1,234" in told[3]["problem"]


def test_what_the_checks_find_stands_at_its_cell(submission: Submission, client: Client, focal_point: User) -> None:
    enter(submission, focal_point, "150")  # a share above 100 per cent
    enter(submission, focal_point, "7", of="2016", source="")
    found = client.get("/my/KEN/2026/findings/").json()["findings"]
    assert {one["place"] for one in found} >= {"SI_RMT_COST|2016|_T"}
    page = text(client, "/my/KEN/2026/")
    assert "has-warning" in page or "has-error" in page
    assert found[-1]["text"][:20] in page or found[0]["text"][:20] in page


@pytest.mark.parametrize(
    ("period", "breakdown", "status"),
    [
        ("2015", "_T", 200), ("2011/2012", "_T", 200), ("2015", "SEX=F", 404), ("2015", "women", 404),
        ("last year", "_T", 404), ("", "_T", 404),
    ],
)  # fmt: skip
def test_a_cell_has_a_page_where_it_can_be_entered(
    submission: Submission, client: Client, period: str, breakdown: str, status: int
) -> None:
    assert client.get(CELL.format(period, breakdown)).status_code == status


def test_the_form_of_a_cell_shows_what_was_refused_and_keeps_what_was_typed(
    submission: Submission, client: Client
) -> None:
    page = client.post(CELL.format("2015", "_T"), {"seen": "0", "value": "5", "lower_bound": "four"}).content.decode()
    assert "Not saved" in page and 'value="four"' in page and 'value="5"' in page
    assert not Cell.objects.exists()


def test_the_form_of_a_cell_shows_both_values_of_a_clash(
    submission: Submission, client: Client, lead_focal_point: User
) -> None:
    enter(submission, lead_focal_point, "9")
    answer = client.post(CELL.format("2015", "_T"), {"seen": "0", "value": "5"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Somebody else changed this value" in page and "lead focal point" in page and 'name="seen" value="1"' in page
    client.post(CELL.format("2015", "_T"), {"seen": "1", "value": "5"})
    assert Cell.objects.get().value == 5


def test_a_field_that_the_person_did_not_touch_is_no_clash(
    submission: Submission, client: Client, focal_point: User, lead_focal_point: User
) -> None:
    enter(submission, focal_point, "1", of="2014")
    enter(submission, lead_focal_point, "2", of="2014")
    form = {"SI_RMT_COST|2014|_T|1": "1", "SI_RMT_COST|2015|_T|0": "", "SI_RMT_COST|2016|_T|0": "3"}
    assert client.post("/my/KEN/2026/", form).status_code == 302
    assert {f"{cell.value:f}" for cell in Cell.objects.all()} == {"2", "3"}


def test_a_column_that_was_added_gives_its_detail_to_what_is_entered(submission: Submission, client: Client) -> None:
    page = text(client, "/my/KEN/2026/?also=2015/2016&detail=Fiscal+year,+July+to+June")
    assert 'data-period="2015/2016"' in page and "Fiscal year, July to June" in page
    form = {"SI_RMT_COST|2015/2016|_T|0": "3", "detail|2015/2016": "Fiscal year, July to June"}
    client.post("/my/KEN/2026/", form)
    assert Cell.objects.get().time_detail == "Fiscal year, July to June"
    assert "“soon” is not a period" in text(client, "/my/KEN/2026/?also=soon")


def test_comments_of_the_reviewers_own_side_are_not_seen(
    submission: Submission, client: Client, focal_point: User, reviewer: User
) -> None:
    saved = enter(submission, focal_point, "1")
    submit(submission=submission, by=focal_point)
    comment(submission=submission, cell=saved.cell, text="Between ourselves", by=reviewer, internal=True)
    assert "Between ourselves" not in text(client, CELL.format("2015", "_T"))


def test_a_large_grid_takes_as_many_queries_as_a_small_one(
    submission: Submission, client: Client, focal_point: User
) -> None:
    def queries() -> int:
        client.get("/my/KEN/2026/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/my/KEN/2026/")
        return len(asked)

    RoundItem.objects.update(breakdowns=["_T", "SEX=F"])
    enter(submission, focal_point, "1", by_key="SEX=F")
    small = queries()
    RoundItem.objects.update(first_year=2001, breakdowns=["_T", "SEX=F", "SEX=M"])
    for year in range(2001, 2013):
        enter(submission, focal_point, "1", of=str(year), by_key="SEX=M")
    assert queries() == small
