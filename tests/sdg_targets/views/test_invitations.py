"""The page behind the link of an invitation."""

from collections.abc import Callable

import pytest
from django.test import Client

from idm.accounts.models import SignIn, User
from sdg_targets.actions.invitations import invite, revoke_invitation, token_of
from sdg_targets.models import Invitation, Mandate
from tests.factories import make_area

pytestmark = pytest.mark.django_db
PASSWORD = "a long one for tests"
FORM = {"name": "Amina", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def invitation(lead_focal_point: User) -> Invitation:
    return invite(
        email="new@ministry.example", role="focal_point", area=make_area("KEN"), language="es", by=lead_focal_point
    )


def link(invitation: Invitation) -> str:
    return f"/invitations/{token_of(invitation)}/"


def test_a_new_person_chooses_a_password_and_is_signed_in(invitation: Invitation) -> None:
    client = Client()
    page = client.get(link(invitation)).content.decode()
    assert "Focal point, Kenya" in page
    assert "new@ministry.example" in page
    answer = client.post(link(invitation), FORM, follow=True)
    assert answer.redirect_chain[-1][0] == "/account/"
    user = User.objects.get(email="new@ministry.example")
    assert (user.name, user.language, user.check_password(PASSWORD)) == ("Amina", "es", True)
    assert Mandate.objects.get(user=user).area == make_area("KEN")
    assert SignIn.objects.get(user=user)
    again = Client().post(link(invitation), FORM | {"name": "Somebody else"})
    assert again.status_code == 404
    assert b"This invitation opens nothing" in again.content


@pytest.mark.parametrize(
    ("changed", "because"),
    [
        ({"name": ""}, "This field is required."),
        ({"password": "short", "again": "short"}, "at least 12 characters"),
        ({"password": "new@ministry.example", "again": "new@ministry.example"}, "too similar to the e-mail address"),
        ({"password": "password1234", "again": "password1234"}, "too common"),
        ({"again": "another one entirely"}, "The two passwords differ."),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(
    invitation: Invitation, changed: dict[str, str], because: str
) -> None:
    answer = Client().post(link(invitation), FORM | changed)
    assert answer.status_code == 400
    assert because in answer.content.decode()
    assert not User.objects.filter(email="new@ministry.example").exists()


def test_a_link_that_is_over_says_the_same_as_one_that_never_was(
    invitation: Invitation, lead_focal_point: User
) -> None:
    over = link(invitation)
    revoke_invitation(invitation=invitation, by=lead_focal_point)
    answers = [Client().get(address) for address in (over, "/invitations/made-up/")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content.replace(over.encode(), b"") == answers[1].content.replace(b"/invitations/made-up/", b"")


def test_whoever_has_an_account_signs_in_and_takes_the_mandate_up(
    lead_focal_point: User, outsider: User, sign_in: Callable[[User], Client]
) -> None:
    made = invite(email=outsider.email, role="focal_point", area=make_area("KEN"), language="en", by=lead_focal_point)
    stranger = Client().get(link(made))
    assert stranger["Location"].startswith("/account/login/?next=/invitations/")
    other = sign_in(lead_focal_point).get(link(made))
    assert other.status_code == 403
    assert sign_in(lead_focal_point).post(link(made)).status_code == 403
    client = sign_in(outsider)
    assert b"Accept" in client.get(link(made)).content
    assert client.post(link(made))["Location"] == "/account/"
    assert Mandate.objects.get(user=outsider).role == "focal_point"
    assert b"Focal point" in client.get("/account/").content
