"""The reviewers' pages: the queue, the values beside what is published, and each decision."""

from typing import Any

import pytest

from sdg_targets.actions.submissions import submit
from sdg_targets.models import Observation, Submission
from sdg_targets.queries.submissions import fingerprint
from tests.factories.submissions import enter, make_submission

pytestmark = pytest.mark.django_db


def handed_in(by: Any, *values: str) -> Submission:
    """A submission with a value for each year from 2014, handed in."""
    submission = make_submission(by)
    for year, value in enumerate(values or ("8.4",), start=2014):
        enter(submission, by, value, of=str(year))
    return submit(submission=submission, by=by)


def test_from_the_queue_to_the_country_s_page(focal_point: Any, reviewer: Any, sign_in: Any) -> None:
    submission = handed_in(focal_point, "8.4", "9.1")
    client = sign_in(reviewer)
    assert "Kenya" in client.get("/review/").content.decode()
    page = f"/review/{submission.pk}/"
    assert client.get(page).status_code == 200
    choices = [f"{pk}:{version}" for pk, version in submission.cells.values_list("pk", "version")]
    assert client.post(page + "marks/", {"accept": "selected", "cell": choices}).status_code == 302
    sha256 = fingerprint(submission)
    assert client.post(page + "decide/", {"deed": "approve", "seen_sha256": sha256}).status_code == 302
    answer = client.post(page + "decide/", {"deed": "publish", "publish-note": "First figures."}, follow=True)
    assert "Published. The values stand" in answer.content.decode()
    assert Observation.objects.current().count() == 2
