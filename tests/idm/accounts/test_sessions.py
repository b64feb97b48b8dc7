"""Sessions: ended by a new password, by their person, and by the loss of a mandate they were opened with."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from idm.accounts.models import SignIn, User
from sdg_targets.models import Mandate
from tests.factories import make_area

from .conftest import PASSWORD, client_of, send_password, signed_in

pytestmark = pytest.mark.django_db


def test_changing_the_password_ends_all_other_sessions(person: User) -> None:
    here, elsewhere = Client(), Client()
    send_password(here, person.email)
    send_password(elsewhere, person.email)
    new = {"oldpassword": PASSWORD, "password1": "quite another one", "password2": "quite another one"}
    assert here.post("/account/password/change/", new).status_code == 302
    assert signed_in(here)
    assert not signed_in(elsewhere)
    assert here.get("/account/").content.count(b"this session") == 1
    assert "password" in mail.outbox[-1].subject.lower()
    assert mail.outbox[-1].to == [person.email]


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once_and_ends_all_sessions(person: User) -> None:
    elsewhere = client_of(person)
    client = Client()
    known = client.post("/account/password/reset/", {"email": person.email})
    unknown = client.post("/account/password/reset/", {"email": "nobody@ministry.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    (sent,) = mail.outbox
    link = re.search(r"http://testserver(/account\S+)", sent.body)
    assert link is not None
    form = client.get(link[1], follow=True)
    new = {"password1": "quite another one", "password2": "quite another one"}
    assert client.post(form.redirect_chain[-1][0], new).status_code == 302
    assert not signed_in(elsewhere)
    assert b"This link was used already" in Client().get(link[1]).content
    assert send_password(Client(), person.email, "quite another one").status_code == 302
    assert not EmailAddress.objects.exists()  # there is one truth about an address


def test_mails_are_in_the_language_of_the_person(person: User) -> None:
    User.objects.update(language="fr")
    Client().post("/account/password/reset/", {"email": person.email})
    assert "http://testserver/fr/account/password/reset/" in mail.outbox[0].body


def test_a_closed_account_gets_no_link(person: User) -> None:
    User.objects.update(is_active=False)
    Client().post("/account/password/reset/", {"email": person.email})
    assert mail.outbox == []


def test_a_session_is_ended_by_its_person_and_by_nobody_else(person: User, outsider: User) -> None:
    here, elsewhere = client_of(person), client_of(person)
    other = SignIn.objects.get(session_key=elsewhere.session.session_key)
    assert client_of(outsider).post(f"/account/sessions/{other.pk}/end/").status_code == 404
    assert signed_in(elsewhere)
    here.post(f"/account/sessions/{other.pk}/end/")
    assert not signed_in(elsewhere)
    assert signed_in(here)


def test_signing_out_everywhere_keeps_the_session_that_asks(person: User) -> None:
    here, elsewhere = client_of(person), client_of(person)
    SignIn.objects.filter(session_key=elsewhere.session.session_key).delete()  # one that was never written down
    assert here.post("/account/sessions/end/").status_code == 302
    assert signed_in(here)
    assert not signed_in(elsewhere)


@pytest.mark.parametrize("lost", ["deleted", "over", "another role"])
def test_a_session_ends_with_a_mandate_it_was_opened_with(person: User, lost: str) -> None:
    mandate = Mandate.objects.create(user=person, role="focal_point", area=make_area("KEN"))
    Mandate.objects.create(user=person, role="report_writer")
    client = client_of(person)
    assert signed_in(client)
    if lost == "deleted":
        mandate.delete()
    elif lost == "over":
        Mandate.objects.filter(pk=mandate.pk).update(valid_to=timezone.localdate() - timedelta(days=1))
    else:
        Mandate.objects.filter(pk=mandate.pk).update(role="lead_focal_point")
    asked = client.get("/account/")
    assert asked["Location"] == "/account/login/?next=/account/"
    assert b"A mandate of yours has ended" in client.get(asked["Location"]).content
    assert not client.session.get("_auth_user_id")


def test_a_mandate_that_is_gained_ends_no_session_and_is_missed_when_it_goes(person: User) -> None:
    client = client_of(person)
    gained = Mandate.objects.create(user=person, role="report_writer")
    assert signed_in(client)
    gained.delete()
    assert not signed_in(client)
