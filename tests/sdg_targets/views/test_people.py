"""The pages of the people of a country: invite, take back, send again, delegate, hand over; and who is missing."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from idm.accounts.models import User
from sdg_targets.models import Invitation, Mandate, MandateEvent
from tests.factories import make_area
from tests.factories.accounts import make_account

pytestmark = pytest.mark.django_db
FORM = {"email": "new@ministry.example", "role": "focal_point", "language": "fr"}
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def worker(settings: Any) -> None:
    """Mail is sent at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def test_a_lead_comes_to_the_own_country_and_invites(
    sign_in: SignIn, lead_focal_point: User, django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in(lead_focal_point)
    assert client.get("/my/people/")["Location"] == "/my/people/KEN/"
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post("/my/people/KEN/", FORM, follow=True)
    assert b"An invitation is on its way to new@ministry.example." in page.content
    assert page.content.count(b"new@ministry.example") >= 3  # the message, the list, what was done
    assert mail.outbox[0].to == ["new@ministry.example"]
    assert "/fr/invitations/" in mail.outbox[0].body


def test_a_lead_invites_for_no_other_country_also_by_a_forged_form(sign_in: SignIn, lead_focal_point: User) -> None:
    make_area("UGA")
    client = sign_in(lead_focal_point)
    theirs = client.post("/my/people/UGA/", FORM)
    missing = client.post("/my/people/XYZ/", FORM)
    assert (theirs.status_code, missing.status_code) == (404, 404)
    assert theirs.content.replace(b"UGA", b"XYZ") == missing.content
    assert client.get("/my/people/all/").status_code == 404
    for forged in ({"role": "administrator"}, {"role": "reviewer"}, {"area": "UGA", "role": "importer"}):
        assert client.post("/my/people/KEN/", FORM | forged).status_code == 400
    assert client.post("/my/people/KEN/", FORM | {"area": "UGA", "area_id": "2"}).status_code == 302
    assert [invitation.area for invitation in Invitation.objects.all()] == [make_area("KEN")]


def test_a_focal_point_sees_colleagues_and_invites_nobody(
    sign_in: SignIn, focal_point: User, lead_focal_point: User
) -> None:
    client = sign_in(focal_point)
    page = client.get("/my/people/KEN/").content.decode()
    assert lead_focal_point.email in page
    assert "Send the invitation" not in page
    assert client.post("/my/people/KEN/", FORM).status_code == 403
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("changed", "because"),
    [
        ({"email": ""}, "This field is required."),
        ({"email": "no address"}, "valid email"),
        ({"email": "LEAD-focal-point@example.org"}, "your own address"),
        ({"language": "xx"}, "not one of the available choices"),
    ],
)
def test_a_form_with_a_mistake_says_so_at_its_field(
    sign_in: SignIn, lead_focal_point: User, changed: dict[str, str], because: str
) -> None:
    answer = sign_in(lead_focal_point).post("/my/people/KEN/", FORM | changed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert because in page
    field = next(iter(changed))
    assert f'id="id_{field}_error"' in page
    assert f'href="#id_{field}"' in page
    assert 'aria-invalid="true"' in page


def test_an_invitation_is_taken_back_and_sent_again(sign_in: SignIn, lead_focal_point: User) -> None:
    client = sign_in(lead_focal_point)
    client.post("/my/people/KEN/", FORM)
    first = Invitation.objects.get()
    client.post(f"/my/people/invitations/{first.pk}/again/")
    second = Invitation.objects.waiting().get()
    assert second.pk != first.pk
    client.post(f"/my/people/invitations/{second.pk}/revoke/")
    assert not Invitation.objects.waiting().exists()
    assert client.post(f"/my/people/invitations/{first.pk}/revoke/").status_code == 404


def test_another_country_s_invitations_are_not_there(sign_in: SignIn, lead_focal_point: User) -> None:
    sign_in(lead_focal_point).post("/my/people/KEN/", FORM)
    invitation = Invitation.objects.get()
    Mandate.objects.filter(user=lead_focal_point).update(area=make_area("UGA"))
    client = sign_in(lead_focal_point)
    for step in ("revoke", "again"):
        assert client.post(f"/my/people/invitations/{invitation.pk}/{step}/").status_code == 404
    assert Invitation.objects.waiting().get() == invitation


def test_what_is_of_another_country_answers_as_what_there_is_not(sign_in: SignIn, lead_focal_point: User) -> None:
    lead = Mandate.objects.get(user=lead_focal_point)
    sign_in(lead_focal_point).post("/my/people/KEN/", FORM)
    stranger = make_account("focal_point", area="UGA")
    today = timezone.localdate()
    lent = Mandate.objects.create(
        user=stranger, role="lead_focal_point", area=lead.area, valid_from=today, valid_to=today, delegated_from=lead
    )
    lent.user = lead_focal_point
    lent.save()
    client = sign_in(stranger)
    there = {
        "mandates/{}/delegate": lead.pk,
        "mandates/{}/hand-over": lead.pk,
        "delegations/{}/end": lent.pk,
        "invitations/{}/revoke": Invitation.objects.get().pk,
        "invitations/{}/again": Invitation.objects.get().pk,
    }
    for path, pk in there.items():
        answers = [client.post(f"/my/people/{path.format(number)}/") for number in (pk, 999999999)]
        assert [answer.status_code for answer in answers] == [404, 404], path
        bare = [re.sub(rb"/(999999999|%d)/" % pk, b"//", answer.content) for answer in answers]
        assert bare[0] == bare[1], path
    assert Mandate.objects.filter(pk=lent.pk).exists()
    assert Invitation.objects.waiting().exists()


def test_delegation_and_handover_by_the_pages(sign_in: SignIn, lead_focal_point: User, focal_point: User) -> None:
    client = sign_in(lead_focal_point)
    mandate = Mandate.objects.get(user=lead_focal_point)
    today = timezone.localdate()
    address = f"/my/people/mandates/{mandate.pk}/delegate/"
    assert "Focal point" in client.get("/my/people/KEN/").content.decode()
    assert client.post(address, {"to": focal_point.pk, "first": today, "last": "31/31/2026"}).status_code == 400
    wrong = client.post(address, {"to": focal_point.pk, "first": today, "last": today - timedelta(1)})
    assert b"ends after it begins" in wrong.content
    client.post(address, {"to": focal_point.pk, "first": today, "last": today + timedelta(9), "note": "Leave"})
    delegation = Mandate.objects.get(delegated_from=mandate)
    page = client.get("/my/people/KEN/").content.decode()
    assert "for lead focal point" in page
    assert "End the delegation" in page
    client.post(f"/my/people/delegations/{delegation.pk}/end/")
    assert not Mandate.objects.filter(pk=delegation.pk).exists()
    over = client.post(f"/my/people/mandates/{mandate.pk}/hand-over/", {"to": focal_point.pk, "first": today})
    assert over.status_code == 302
    assert client.get("/account/").status_code == 302  # the mandate is lost, and the session with it
    assert [event.deed for event in MandateEvent.objects.order_by("pk")] == ["delegated", "ended", "handed_over"]


def test_nobody_is_chosen_who_is_no_colleague(sign_in: SignIn, lead_focal_point: User, outsider: User) -> None:
    client = sign_in(lead_focal_point)
    mandate = Mandate.objects.get(user=lead_focal_point)
    assert b"Nobody else holds a mandate" in client.get(f"/my/people/mandates/{mandate.pk}/hand-over/").content
    today = timezone.localdate()
    forged = client.post(f"/my/people/mandates/{mandate.pk}/hand-over/", {"to": outsider.pk, "first": today})
    assert forged.status_code == 400
    assert not Mandate.objects.filter(user=outsider).exists()


def test_an_administrator_sees_every_country_and_who_is_missing(
    sign_in: SignIn, administrator: User, focal_point: User
) -> None:
    for code in ("KEN", "UGA", "FRA"):
        make_area(code)
    client = sign_in(administrator)
    page = client.get("/my/people/").content.decode()
    assert "Kenya" in page
    assert "of 3 countries have nobody who reports" in page
    assert page.count("nobody yet") == 2
    missing = client.get("/my/people/?missing").content.decode()
    assert "/my/people/KEN/" not in missing
    assert "/my/people/UGA/" in missing
    client.post("/my/people/all/", FORM | {"role": "reviewer"})
    assert Invitation.objects.get().area is None
    assert b"Reviewer" in client.get("/my/people/all/").content


def test_the_questions_of_the_list_do_not_grow_with_the_countries(
    sign_in: SignIn, administrator: User, django_assert_num_queries: Any
) -> None:
    make_area("KEN")
    client = sign_in(administrator)
    client.get("/my/people/")
    with django_assert_num_queries(8):
        client.get("/my/people/")
    for code in ("UGA", "FRA"):
        make_area(code)
    Mandate.objects.create(user=make_account("focal_point"), role="lead_focal_point", area=make_area("UGA"))
    with django_assert_num_queries(8):
        client.get("/my/people/")
