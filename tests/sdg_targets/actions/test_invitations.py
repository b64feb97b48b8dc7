"""Invitations: by whom to what, once, for two weeks, revocable; the link is signed and stands nowhere."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from idm.accounts.models import User
from sdg_targets.actions.invitations import (
    InvitationRefused,
    accept_invitation,
    invitation_of,
    invite,
    mail_invitation,
    revoke_invitation,
    token_of,
)
from sdg_targets.domain.roles import ROLES
from sdg_targets.models import Invitation, Mandate, MandateDeed, MandateEvent
from tests.factories import make_area
from tests.factories.accounts import make_account

pytestmark = pytest.mark.django_db
NEW = "new@ministry.example"


def ask(by: User, **changed: Any) -> Invitation:
    given = {"email": NEW, "role": "focal_point", "area": make_area("KEN"), "language": "en", "by": by} | changed
    return invite(**given)


def accept(invitation: Invitation, by: User | None = None) -> User:
    found: User = accept_invitation(token=token_of(invitation), by=by, name="New", password="a long one for tests")
    return found


@pytest.mark.parametrize("role", ROLES)
def test_a_lead_invites_to_roles_of_the_own_country_and_to_nothing_else(lead_focal_point: User, role: str) -> None:
    of_a_country = ROLES[role].needs_area
    if of_a_country:
        assert ask(lead_focal_point, role=role).area == make_area("KEN")
    for area in [make_area("UGA"), None] if of_a_country else [make_area("KEN"), None]:
        with pytest.raises(PermissionDenied):
            ask(lead_focal_point, role=role, area=area)
    assert Invitation.objects.count() == int(of_a_country)


@pytest.mark.parametrize("role", ["focal_point", "reviewer", "catalogue_editor", "report_writer", None])
def test_others_invite_nobody(role: str | None) -> None:
    with pytest.raises(PermissionDenied):
        ask(make_account(role))


@pytest.mark.parametrize("role", ROLES)
def test_administrators_invite_to_every_role_with_the_area_it_needs(administrator: User, role: str) -> None:
    right, wrong = (make_area("KEN"), None) if ROLES[role].needs_area else (None, make_area("KEN"))
    with pytest.raises(InvitationRefused, match="do not go together"):
        ask(administrator, role=role, area=wrong)
    assert ask(administrator, role=role, area=right).role == role


def test_a_lead_of_two_countries_invites_for_each_while_its_mandate_holds(lead_focal_point: User) -> None:
    second = Mandate.objects.create(user=lead_focal_point, role="lead_focal_point", area=make_area("UGA"))
    assert ask(lead_focal_point, area=make_area("UGA"))
    second.valid_to = timezone.localdate() - timedelta(days=1)
    second.save()
    with pytest.raises(PermissionDenied):
        ask(lead_focal_point, area=make_area("UGA"), email="other@ministry.example")


def test_nobody_invites_himself_or_whoever_holds_the_mandate(administrator: User, focal_point: User) -> None:
    with pytest.raises(InvitationRefused, match="your own address"):
        ask(administrator, email=administrator.email.upper())
    with pytest.raises(InvitationRefused, match="already"):
        ask(administrator, email=focal_point.email)


def test_a_new_person_gets_an_account_and_the_mandate(lead_focal_point: User) -> None:
    invitation = ask(lead_focal_point, email=" New@Ministry.example ", language="fr")
    user = accept(invitation)
    assert (user.email, user.language, user.check_password("a long one for tests")) == (NEW, "fr", True)
    mandate = Mandate.objects.of(user).in_force(on=timezone.localdate()).get()
    assert (mandate.role, mandate.area) == ("focal_point", make_area("KEN"))
    deeds = list(MandateEvent.objects.order_by("pk").values_list("deed", "by__email", "person"))
    assert deeds == [
        (MandateDeed.INVITED, lead_focal_point.email, NEW),
        (MandateDeed.ACCEPTED, NEW, NEW),
    ]


def test_an_invitation_is_used_once(lead_focal_point: User) -> None:
    invitation = ask(lead_focal_point)
    user = accept(invitation)
    for by in (user, None):
        with pytest.raises(InvitationRefused, match="was used"):
            accept(invitation, by)
    assert Mandate.objects.of(user).count() == 1


@pytest.mark.parametrize("over", ["revoked", "expired", "replaced", "inviter lost the role", "inviter is gone"])
def test_an_invitation_that_is_over_opens_nothing(lead_focal_point: User, over: str) -> None:
    invitation = ask(lead_focal_point)
    if over == "revoked":
        revoke_invitation(invitation=invitation, by=lead_focal_point)
        revoke_invitation(invitation=invitation, by=lead_focal_point)  # once more changes nothing
        assert MandateEvent.objects.filter(deed=MandateDeed.INVITATION_REVOKED).count() == 1
    elif over == "expired":
        then = timezone.now() - timedelta(days=15)
        Invitation.objects.update(invited_at=then, expires_at=then + timedelta(days=14))
    elif over == "replaced":
        assert invitation_of(token_of(ask(lead_focal_point))) is not None
    elif over == "inviter lost the role":
        Mandate.objects.update(role="focal_point")
    else:
        lead_focal_point.delete()
    assert invitation_of(token_of(invitation)) is None
    with pytest.raises(InvitationRefused):
        accept(invitation)
    assert not User.objects.filter(email=NEW).exists()


@pytest.mark.parametrize("token", ["", "x", "1", "MQ", "MQ:1v9Y5V:forged", "x" * 500])
def test_a_made_up_link_opens_nothing(token: str, lead_focal_point: User) -> None:
    ask(lead_focal_point)
    assert invitation_of(token) is None


def test_an_account_that_is_there_takes_the_mandate_up_itself(lead_focal_point: User, outsider: User) -> None:
    invitation = ask(lead_focal_point, email=outsider.email)
    with pytest.raises(InvitationRefused, match="Sign in with it"):
        accept(invitation)
    with pytest.raises(InvitationRefused, match="another address"):
        accept(invitation, lead_focal_point)
    assert accept(invitation, outsider) == outsider
    assert Mandate.objects.of(outsider).get().role == "focal_point"


def test_a_mandate_that_had_ended_is_taken_up_again(lead_focal_point: User, focal_point: User) -> None:
    today = timezone.localdate()
    Mandate.objects.of(focal_point).update(valid_from=None, valid_to=today - timedelta(days=100))
    accept(ask(lead_focal_point, email=focal_point.email), focal_point)
    mandate = Mandate.objects.of(focal_point).get()
    assert (mandate.valid_from, mandate.valid_to) == (today, None)


@pytest.mark.parametrize(
    ("language", "words", "path"), [("en", "invites you", "/invitations/"), ("fr", "Kenya", "/fr/invitations/")]
)
def test_the_mail_has_a_link_and_no_data(lead_focal_point: User, language: str, words: str, path: str) -> None:
    invitation = ask(lead_focal_point, language=language)
    mail_invitation(invitation=invitation, base="https://sdg.example/")
    (sent,) = mail.outbox
    assert sent.to == [NEW]
    assert words in sent.body
    link = re.search(rf"^https://sdg\.example{path}(\S+)/$", sent.body, re.MULTILINE)
    assert link is not None
    assert invitation_of(link[1]) == invitation
    assert link[1] not in str(list(Invitation.objects.values()))


def test_only_who_might_have_invited_revokes(lead_focal_point: User, focal_point: User) -> None:
    invitation = ask(lead_focal_point)
    with pytest.raises(PermissionDenied):
        revoke_invitation(invitation=invitation, by=focal_point)
    assert invitation_of(token_of(invitation)) is not None
