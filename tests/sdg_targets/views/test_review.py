"""The reviewers' pages: the queue, the values beside what is published, and each decision; and what is refused, and why."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sdg_targets.actions.comments import comment
from sdg_targets.actions.deciding import return_submission
from sdg_targets.models import Comment, EarlyLook, Event, Mandate, Observation, Submission
from sdg_targets.queries.submissions import fingerprint
from tests.factories import make_area
from tests.factories.observations import observe
from tests.factories.submissions import accept_all, approved, enter, handed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(reviewer: Any, sign_in: Any) -> Client:
    """The client of a reviewer."""
    return sign_in(reviewer)  # type: ignore[no-any-return]


def post(client: Client, submission: Submission, what: str, data: dict[str, Any]) -> Any:
    return client.post(f"/review/{submission.pk}/{what}/", data)


def said(response: Any) -> str:
    return str(response.content.decode())


def test_from_the_queue_to_the_country_s_page(focal_point: Any, desk: Client) -> None:
    submission = handed_in(focal_point, "8.4", "9.1")
    assert "Kenya" in said(desk.get("/review/"))
    choices = [f"{pk}:{version}" for pk, version in submission.cells.values_list("pk", "version")]
    assert post(desk, submission, "marks", {"accept": "selected", "cell": choices}).status_code == 302
    sha256 = fingerprint(submission)
    assert post(desk, submission, "decide", {"deed": "approve", "seen_sha256": sha256}).status_code == 302
    answer = post(desk, submission, "decide", {"deed": "publish", "publish-note": "First figures."})
    assert "Published. The values stand" in said(desk.get(answer["Location"]))
    assert Observation.objects.current().count() == 2
    assert "First figures." in said(Client().get("/countries/KEN/history/"))


def test_the_queue_narrows_to_a_country_a_round_and_a_state(focal_point: Any, desk: Client) -> None:
    handed_in(focal_point)
    for query, found in (
        ("", True), ("?area=KEN", True), ("?area=UGA", True), ("?round=2026&state=submitted", True),
        ("?state=approved", False), ("?state=nonsense", True),
    ):  # fmt: skip
        page = said(desk.get(f"/review/{query}"))
        assert ("1 submission<" in page) == found, query


def test_a_deed_that_is_refused_says_why_and_keeps_what_was_typed(focal_point: Any, desk: Client) -> None:
    submission = handed_in(focal_point)
    cell = submission.cells.get()
    seen = f"{cell.pk}:{cell.version}"
    for what, data, status, why in (
        ("marks", {}, 400, "Choose what to do."),
        ("marks", {"accept": "selected"}, 400, "Choose at least one value"),
        ("marks", {"accept": "selected", "cell": "x:y"}, 400, "Choose at least one value"),
        ("marks", {"accept": f"{cell.pk}:7"}, 409, "A value has changed"),
        ("marks", {"query": seen, f"comment-{cell.pk}": "  "}, 400, "Write what you want to say."),
        ("marks", {"settle": "999999"}, 400, "another submission"),
        ("marks", {"clean": "all", "seen_sha256": "0" * 64}, 409, "A value has changed"),
        ("decide", {"deed": "approve", "seen_sha256": "0" * 64}, 409, "A value has changed"),
        ("decide", {"deed": "approve", "seen_sha256": fingerprint(submission)}, 400, "1 of the values"),
        ("decide", {"deed": "return", "return-note": "", "seen": submission.version}, 400, "Say why"),
        ("decide", {"deed": "return", "return-note": "Why?", "seen": "1"}, 409, "has changed since you looked"),
        ("decide", {"deed": "publish"}, 400, "is not possible"),
        ("decide", {"deed": "schedule", "time-at": "tomorrow"}, 400, "Date and time"),
        ("decide", {"deed": "burn"}, 400, "Choose what to do."),
    ):  # fmt: skip
        answer = post(desk, submission, what, data)
        assert (answer.status_code, why in said(answer)) == (status, True), (data, said(answer)[:200])
    answer = post(desk, submission, "marks", {"accept": f"{cell.pk}:7", f"comment-{cell.pk}": "A question half typed"})
    assert "A question half typed" in said(answer)
    assert Submission.objects.get().state == "submitted"
    assert not Comment.objects.exists()


def test_a_decision_sent_twice_is_one(focal_point: Any, desk: Client, reviewer: Any) -> None:
    submission = handed_in(focal_point)
    accept_all(submission, reviewer)
    key = "8a8f0d3c-1111-4222-8333-444455556666"
    given = {"deed": "approve", "seen_sha256": fingerprint(submission), "key": key}
    assert [post(desk, submission, "decide", given).status_code for _time in (1, 2)] == [302, 302]
    assert Event.objects.filter(step="approve").count() == 1


def test_who_entered_a_value_is_told_before_trying_and_cannot_decide(reviewer: Any, sign_in: Any) -> None:
    reviewer.is_superuser = True
    reviewer.save()
    client = sign_in(reviewer)
    submission = handed_in(reviewer)
    page = said(client.get(f"/review/{submission.pk}/"))
    assert "You entered values of this submission" in page
    assert 'name="accept"' not in page
    assert 'value="approve"' not in page
    cell = submission.cells.get()
    answer = post(client, submission, "marks", {"accept": f"{cell.pk}:{cell.version}"})
    assert (answer.status_code, "somebody else has to decide" in said(answer)) == (400, True)


def test_a_set_time_is_changed_and_taken_away(focal_point: Any, reviewer: Any, desk: Client) -> None:
    submission = approved(focal_point, reviewer)
    for days in (2, 3):
        at = (timezone.now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")
        given = {"deed": "schedule", "time-at": at, "time-note": "Known then."}
        assert post(desk, submission, "decide", given).status_code == 302
    calendar = said(Client().get("/calendar/"))
    assert "Kenya" in calendar
    assert "Known then." not in calendar
    assert b"SUMMARY:Kenya: Round 2026" in Client().get("/calendar.ics").content
    past = {"deed": "schedule", "time-at": "2020-01-01T10:00"}
    assert "The time lies in the past" in said(post(desk, submission, "decide", past))
    assert post(desk, submission, "decide", {"deed": "unschedule"}).status_code == 302
    assert post(desk, submission, "decide", {"deed": "unschedule"}).status_code == 302
    assert "Kenya" not in said(Client().get("/calendar/"))
    steps = list(Event.objects.filter(step__endswith="schedule").values_list("step", flat=True))
    assert steps == ["schedule", "schedule", "unschedule"]


def test_an_acceptance_is_taken_back_with_a_reason(focal_point: Any, reviewer: Any, desk: Client) -> None:
    submission = approved(focal_point, reviewer)
    refused = post(desk, submission, "decide", {"deed": "unapprove", "back-note": "", "seen": submission.version})
    assert (refused.status_code, "Say why" in said(refused)) == (400, True)
    given = {"deed": "unapprove", "back-note": "A doubt about 2014.", "seen": submission.version}
    assert post(desk, submission, "decide", given).status_code == 302
    assert "A doubt about 2014." in said(desk.get(f"/review/{submission.pk}/"))


def test_of_a_returned_submission_the_desk_sees_what_was_handed_in(
    focal_point: Any, reviewer: Any, desk: Client
) -> None:
    submission = handed_in(focal_point, "8.4", "9.1")
    submission = return_submission(submission=submission, by=reviewer, note="Look again.")
    enter(submission, focal_point, "77.7", of="2014")
    enter(submission, focal_point, None, of="2015")
    enter(submission, focal_point, "88.8", of="2016")
    page = said(desk.get(f"/review/{submission.pk}/?show=all"))
    for value, shown in (("8.4", True), ("9.1", True), ("77.7", False), ("88.8", False)):
        assert (f">{value}<" in page) == shown, value


def test_what_each_side_keeps_to_itself_is_not_shown_to_the_other(
    focal_point: Any, reviewer: Any, desk: Client
) -> None:
    submission = handed_in(focal_point)
    comment(submission=submission, by=focal_point, text="Between us in Nairobi", internal=True)
    given = {"say": "submission", "comment": "Between us at the desk", "internal": "yes"}
    assert post(desk, submission, "marks", given).status_code == 302
    page = said(desk.get(f"/review/{submission.pk}/"))
    assert "Between us at the desk" in page
    assert "Nairobi" not in page
    hidden = Comment.objects.get(text__contains="Nairobi")
    assert post(desk, submission, "marks", {"settle": str(hidden.pk)}).status_code == 400


def test_a_value_stands_beside_the_published_and_the_custodian_s(focal_point: Any, reviewer: Any, desk: Client) -> None:
    submission = handed_in(focal_point, "8.4")
    observe("KEN", "2014", "6.25")
    page = said(desk.get(f"/review/{submission.pk}/"))
    assert "custodian:" in page
    assert "6.25" in page


def test_early_access_is_given_looked_at_and_taken_away(
    focal_point: Any, reviewer: Any, desk: Client, outsider: Any, sign_in: Any
) -> None:
    submission = approved(focal_point, reviewer)
    unknown = post(desk, submission, "early-access", {"email": "nobody@example.org"})
    assert (unknown.status_code, "There is no account" in said(unknown)) == (400, True)
    assert post(desk, submission, "early-access", {"email": outsider.email.upper()}).status_code == 302
    reader = sign_in(outsider)
    assert "Kenya" in said(reader.get("/early/"))
    page = reader.get(f"/early/{submission.pk}/")
    assert (page.status_code, "8.4" in said(page), "private" in page["Cache-Control"]) == (200, True, True)
    assert "looked once" in said(desk.get(f"/review/{submission.pk}/"))
    access = submission.early_access.get()
    assert post(desk, submission, "early-access", {"end": str(access.pk)}).status_code == 302
    assert post(desk, submission, "early-access", {"end": "x"}).status_code == 400
    assert reader.get(f"/early/{submission.pk}/").status_code == 404
    assert EarlyLook.objects.count() == 1


def test_a_page_asks_as_many_questions_for_many_values_as_for_few(
    focal_point: Any, reviewer: Any, desk: Client, django_assert_max_num_queries: Any
) -> None:
    submission = handed_in(focal_point, *(str(number) for number in range(1, 9)))
    with django_assert_max_num_queries(45) as few:
        desk.get(f"/review/{submission.pk}/")
    submission = return_submission(submission=submission, by=reviewer, note="More.")
    for year in range(2000, 2014):
        enter(submission, focal_point, "5", of=str(year))
    Submission.objects.update(state="submitted")
    submission.cells.update(submitted_version=1)
    with django_assert_max_num_queries(len(few)):
        assert desk.get(f"/review/{submission.pk}/?show=all").status_code == 200


def test_reviewers_of_a_region_find_its_countries_and_no_others(reviewer: Any, focal_point: Any, sign_in: Any) -> None:
    submission = handed_in(focal_point)
    Mandate.objects.filter(user=reviewer).update(area=make_area("142"))
    client = sign_in(reviewer)
    assert client.get(f"/review/{submission.pk}/").status_code == 404
    assert "Kenya" not in said(client.get("/review/"))
