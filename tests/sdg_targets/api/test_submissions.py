"""Submissions by API: the same rules, permissions and errors as on the pages; a clash carries both values."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sdg_targets.actions import submissions
from sdg_targets.models import Cell, CellVersion, Comment, Event, Observation, ReportingCountry, Submission
from tests.factories import accounts
from tests.factories.submissions import enter, make_round, make_submission

pytestmark = pytest.mark.django_db

AT = "/api/v1/submissions/"


class Api:
    """One person's client, in JSON."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str = "", status: int = 200) -> Any:
        return self._read(self.client.get(AT + path), status)

    def post(self, path: str, body: Any, status: int = 200) -> Any:
        return self._read(self.client.post(AT + path, body, content_type="application/json"), status)

    @staticmethod
    def _read(answer: Any, status: int) -> Any:
        assert answer.status_code == status, answer.content
        if status >= 400:
            assert answer["Content-Type"] == "application/problem+json"
        assert "no-store" in answer["Cache-Control"]
        return answer.json()


@pytest.fixture
def api(sign_in: Any) -> Any:
    return lambda user: Api(sign_in(user))


def change(value: Any = "8.40", **given: Any) -> dict[str, Any]:
    return {"series": "SI_RMT_COST", "period": "2015", "value": value, "source": "National survey"} | given


def test_a_figure_goes_all_the_way_by_api(api: Any, focal_point: Any, reviewer: Any) -> None:
    make_round()
    country, desk = api(focal_point), api(reviewer)
    pk = country.post("", {"area": "KEN", "round": "2026"}, 201)["id"]
    assert country.post("", {"area": "KEN", "round": "2026"}, 201)["id"] == pk
    filled = country.post(f"{pk}/cells/", {"cells": [change("8.40"), change("9", period="2016")]})
    assert [cell["value"] for cell in filled["data"]] == ["8.40", "9"]
    assert desk.get() == {"data": []}
    sent = country.post(f"{pk}/steps/", {"step": "submit", "seen": country.get(f"{pk}/")["version"]})
    assert (sent["state"], sent["filled"]) == ("submitted", 2)

    (first, second) = (cell["id"] for cell in desk.get(f"{pk}/cells/")["data"])
    desk.post(f"{pk}/comments/", {"cell": first, "text": "Is this the third quarter?"}, 201)
    desk.post(f"{pk}/steps/", {"step": "return", "note": "One question."})
    country.post(f"{pk}/cells/", {"cells": [change("8.45", seen=1)]})
    assert desk.get(f"{pk}/cells/")["data"][0]["value"] == "8.40"  # what was handed in, not what is being entered
    (question,) = country.get(f"{pk}/comments/")["data"]
    country.post(f"{pk}/comments/", {"answers": question["id"], "text": "Yes; corrected."}, 201)
    country.post(f"{pk}/steps/", {"step": "submit"})

    seen = {str(cell["id"]): cell["version"] for cell in desk.get(f"{pk}/cells/")["data"]}
    assert seen == {str(first): 2, str(second): 1}
    desk.post(f"{pk}/marks/", {"mark": "accepted", "cells": seen})
    looked_at = desk.get(f"{pk}/")
    assert (looked_at["accepted"], looked_at["queried"]) == (2, 0)
    desk.post(f"{pk}/steps/", {"step": "approve", "sha256": looked_at["sha256"]})
    assert desk.post(f"{pk}/steps/", {"step": "publish", "note": "First."})["state"] == "published"
    assert sorted(str(row.value) for row in Observation.objects.current()) == ["8.45", "9"]
    rows = Client().get("/api/v1/observations/?area=KEN&dataset=national:KEN").json()["data"]
    assert [row["value"] for row in rows] == [8.45, 9]
    assert [event["step"] for event in country.get(f"{pk}/events/")["data"]][-2:] == ["approve", "publish"]
    versions = desk.get(f"{pk}/cells/{first}/versions/")["data"]
    assert [(row["version"], row["value"]) for row in versions] == [(2, "8.45"), (1, "8.40")]


def test_a_clash_carries_both_values_and_nothing_is_written(api: Any, focal_point: Any, lead_focal_point: Any) -> None:
    submission = make_submission(focal_point)
    enter(submission, lead_focal_point, "7.1")
    body = {"cells": [change("5", period="2016"), change("8.40", seen=0)]}
    told = api(focal_point).post(f"{submission.pk}/cells/", body, 409)
    (clash,) = told["conflicts"]
    assert (clash["index"], clash["yours"]["value"], clash["stands"]["value"]) == (1, "8.40", "7.1")
    assert (clash["by"], clash["stands"]["version"]) == (str(lead_focal_point), 1)
    assert Cell.objects.count() == 1


def test_sent_again_with_the_same_keys_it_is_the_same_change(api: Any, focal_point: Any) -> None:
    submission, key = make_submission(focal_point), str(uuid.uuid4())
    country = api(focal_point)
    first = country.post(f"{submission.pk}/cells/", {"cells": [change(key=key)]})
    again = country.post(f"{submission.pk}/cells/", {"cells": [change(key=key)]})
    assert (first["changed"], again["changed"]) == (1, 0)
    assert CellVersion.objects.count() == 1
    step = {"step": "submit", "key": str(uuid.uuid4())}
    for _turn in range(2):
        assert country.post(f"{submission.pk}/steps/", step)["state"] == "submitted"
    assert Event.objects.filter(step="submit").count() == 1


@pytest.mark.parametrize(
    ("value", "kept"), [("6.20", "6.20"), (6.20, "6.2"), (12, "12"), ("-0.5", "-0.5"), ("3e-05", "0.00003"), ("", None)]
)
def test_numbers_are_read_exactly(api: Any, focal_point: Any, value: Any, kept: str | None) -> None:
    submission = make_submission(focal_point)
    body = {"cells": [change(value, status="A" if kept else "L")]}
    assert api(focal_point).post(f"{submission.pk}/cells/", body)["data"][0]["value"] == kept


def test_a_number_of_json_never_passes_through_a_float(sign_in: Any, focal_point: Any) -> None:
    submission = make_submission(focal_point)
    body = '{"cells": [{"series": "SI_RMT_COST", "period": "2015", "value": 0.10000000000000000001}]}'
    answer = sign_in(focal_point).post(f"{AT}{submission.pk}/cells/", body, content_type="application/json")
    assert answer.json()["data"][0]["value"] == "0.10000000000000000001"


@pytest.mark.parametrize(
    ("body", "member"),
    [
        ({"cells": [change("1,5")]}, "cells.0.value"),
        ({"cells": [change("NaN")]}, "cells.0.value"),
        ({"cells": [change(True)]}, "cells.0.value"),
        ({"cells": [change(["1"])]}, "cells.0.value"),
        ({"cells": [change(), change(period="20222")]}, "cells.1.period"),
        ({"cells": [change(series="NONE")]}, "cells.0.series"),
        ({"cells": [change(breakdown="SEX=Q")]}, "cells.0.breakdown"),
        ({"cells": [change(unit="FURLONG")]}, "cells.0.unit"),
        ({"cells": [change(status="Z")]}, "cells.0.status"),
        ({"cells": []}, "cells"),
        ({"cells": [change()], "more": 1}, "more"),
        ([change()], ""),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(api: Any, focal_point: Any, body: Any, member: str) -> None:
    submission = make_submission(focal_point)
    told = api(focal_point).post(f"{submission.pk}/cells/", body, 400)
    assert told["errors"][0]["member"].startswith(member)
    assert told["errors"][0]["detail"]
    assert not Cell.objects.exists()


@pytest.mark.parametrize("body", ["{", "[1", '{"cells": NaN}', "\xff", '{"a":' * 5000])
def test_a_body_that_is_no_json_is_refused(sign_in: Any, focal_point: Any, body: str) -> None:
    submission = make_submission(focal_point)
    answer = sign_in(focal_point).post(f"{AT}{submission.pk}/cells/", body.encode("latin-1"), "application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_what_one_may_not_see_answers_as_what_does_not_exist(api: Any, focal_point: Any, reviewer: Any) -> None:
    submission = make_submission(focal_point)
    cell = enter(submission, focal_point).cell
    stranger, outsider = accounts.make_account("lead_focal_point", area="UGA"), accounts.make_account(None)
    paths = ["", "cells/", f"cells/{cell.pk}/versions/", "comments/", "events/"]
    posts = {"cells/": {"cells": [change()]}, "steps/": {"step": "submit"}, "comments/": {"text": "x"}, "marks/": {}}
    for person in (stranger, outsider, reviewer):
        client = api(person)
        for path in paths:
            assert client.get(f"{submission.pk}/{path}", 404) == client.get(f"{submission.pk + 999}/{path}", 404)
        for path, body in posts.items():
            hidden = client.post(f"{submission.pk}/{path}", body, 404)
            assert hidden == client.post(f"{submission.pk + 999}/{path}", body, 404)


def test_nobody_signed_in_is_told_so(client: Client) -> None:
    for answer in (client.get(AT), client.post(AT, {}, content_type="application/json")):
        assert answer.status_code in (401, 403)
        assert answer["Content-Type"] == "application/problem+json"


def test_steps_are_refused_in_words(api: Any, focal_point: Any, reviewer: Any) -> None:
    submission = make_submission(focal_point)
    enter(submission, focal_point)
    country, at = api(focal_point), f"{submission.pk}/steps/"
    assert "changed since" in country.post(at, {"step": "submit", "seen": 99}, 409)["detail"]
    assert country.post(at, {"step": "approve", "sha256": "x"}, 403)["status"] == 403
    assert country.post(at, {"step": "fly"}, 400)["errors"][0]["member"] == "step"
    country.post(at, {"step": "submit"})
    desk = api(reviewer)
    assert "Say why" in desk.post(at, {"step": "return"}, 409)["detail"]
    assert desk.post(at, {"step": "approve"}, 400)["errors"][0]["member"] == "sha256"
    assert (
        "not accepted yet"
        in desk.post(at, {"step": "approve", "sha256": desk.get(f"{submission.pk}/")["sha256"]}, 409)["detail"]
    )
    assert desk.post(f"{submission.pk}/marks/", {"mark": "accepted", "cells": {"x": 1}}, 400)["errors"]
    assert desk.post(f"{submission.pk}/marks/", {"mark": "accepted", "cells": {"999999": 1}}, 409)


def test_a_publication_at_a_set_time_and_a_revision(api: Any, focal_point: Any, reviewer: Any) -> None:
    submission = make_submission(focal_point)
    enter(submission, focal_point)
    submissions.submit(submission=submission, by=focal_point)
    desk, at = api(reviewer), f"{submission.pk}/steps/"
    desk.post(f"{submission.pk}/marks/", {"mark": "accepted", "cells": {str(submission.cells.get().pk): 1}})
    desk.post(at, {"step": "approve", "sha256": desk.get(f"{submission.pk}/")["sha256"]})
    later = (timezone.now() + timedelta(days=1)).isoformat()
    assert desk.post(at, {"step": "publish", "publish_at": later})["state"] == "approved"
    assert desk.post(at, {"step": "publish"})["state"] == "published"
    country = api(focal_point)
    assert country.post(at, {"step": "reopen", "note": "A slip."}, 409)
    made = country.post(at, {"step": "reopen", "reason": "error", "note": "A slip."})
    assert (made["state"], made["revises"]) == ("draft", submission.pk)


def test_comments_that_are_internal_stay_on_their_side(api: Any, focal_point: Any, reviewer: Any) -> None:
    submission = make_submission(focal_point)
    enter(submission, focal_point)
    submissions.submit(submission=submission, by=focal_point)
    at = f"{submission.pk}/comments/"
    api(focal_point).post(at, {"text": "Between us", "internal": True}, 201)
    api(reviewer).post(at, {"text": "For all"}, 201)
    assert [row["text"] for row in api(reviewer).get(at)["data"]] == ["For all"]
    assert [row["text"] for row in api(focal_point).get(at)["data"]] == ["Between us", "For all"]
    assert api(reviewer).post(at, {"text": "x", "cell": 999_999}, 400)["errors"][0]["member"] == "cell"
    assert api(reviewer).post(at, {"text": " "}, 400)
    assert Comment.objects.count() == 2


def test_what_the_statistics_office_says_stays_in_the_country(
    api: Any, focal_point: Any, validator: Any, reviewer: Any
) -> None:
    submission = make_submission(focal_point)
    ReportingCountry.objects.create(area=submission.area, validates_first=True)
    enter(submission, focal_point)
    submissions.validate(submission=submission, by=validator)
    submissions.send_back(submission=submission, by=validator, note="A secret matter.")
    submissions.validate(submission=submission, by=validator)
    submissions.submit(submission=submission, by=focal_point)
    told = api(reviewer).get(f"{submission.pk}/events/")["data"]
    assert "A secret matter." not in str(told)
    assert "A secret matter." in str(api(validator).get(f"{submission.pk}/events/")["data"])


def test_the_list_is_asked_by_country_round_and_state(api: Any, focal_point: Any) -> None:
    submission = make_submission(focal_point)
    country = api(focal_point)
    for query in ("?area=KEN", "?round=2026", "?state=draft"):
        assert [row["id"] for row in country.get(query)["data"]] == [submission.pk]
    assert country.get("?state=published")["data"] == []
    assert country.get("?bogus=1", 400)["parameter"] == "bogus"


def test_the_questions_to_the_database_do_not_grow_with_the_values(
    api: Any, focal_point: Any, django_assert_max_num_queries: Any
) -> None:
    submission, country = make_submission(focal_point), None
    country = api(focal_point)
    for count in (3, 60):
        years = range(1950, 1950 + count)
        seen = {str(row["period"]): row["version"] for row in country.get(f"{submission.pk}/cells/")["data"]}
        body = {"cells": [change(str(count), period=str(y), seen=seen.get(str(y), 0)) for y in years]}
        with django_assert_max_num_queries(30):
            country.post(f"{submission.pk}/cells/", body)
        with django_assert_max_num_queries(8):
            country.get(f"{submission.pk}/cells/")
    assert Submission.objects.count() == 1


def test_what_is_found_is_told_to_both_sides_and_stops_what_is_not_explained(
    api: Any, focal_point: Any, reviewer: Any
) -> None:
    country, pk = api(focal_point), make_submission(focal_point).pk
    country.post(f"{pk}/cells/", {"cells": [change("40", period="2015"), change("60", period="2016")]})
    found = country.get(f"{pk}/findings/")
    assert (found["blocking"], found["counts"]) == (2, {"error": 0, "warning": 2, "note": 0})
    assert {(row["period"], row["rule"], row["strength"], row["blocks"]) for row in found["data"]} == {
        ("2015", "E07", "warning", True),
        ("2016", "E07", "warning", True),
    }
    assert api(reviewer).get(f"{pk}/findings/", 404)["status"] == 404
    refused = country.post(f"{pk}/steps/", {"step": "submit"}, 409)["detail"]
    assert refused.startswith("2 findings have to be put right or explained, first SI_RMT_COST 2015 _T: 40 against 60")
    why = "A second corridor is counted since 2016."
    changes = [change("40", explanation=why, seen=1), change("60", period="2016", explanation=why, seen=1)]
    country.post(f"{pk}/cells/", {"cells": changes})
    country.post(f"{pk}/steps/", {"step": "submit"})
    seen = api(reviewer).get(f"{pk}/findings/")
    assert (seen["blocking"], {row["explanation"] for row in seen["data"]}) == (0, {why})
