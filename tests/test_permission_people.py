"""Who may go where in signing in, one's own account and the people of a country: the second part of the matrix."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from idm.accounts.actions import make_token
from idm.accounts.models import User
from sdg_targets.actions.invitations import invite, token_of
from sdg_targets.actions.mandates import delegate
from sdg_targets.models import Invitation, Mandate
from tests.factories import make_area
from tests.factories.accounts import make_account
from tests.factories.shipped import kept_for_a_module

pytestmark = pytest.mark.django_db
ACCOUNTS: Final = (
    "anonymous", "focal_point", "lead_focal_point", "reviewer", "importer", "catalogue_editor", "partner_editor",
    "report_writer", "administrator", "outsider",
)  # fmt: skip

#: Ways in: what a stranger gets, and what somebody who is signed in gets.
ENTRANCE: Final = {
    "account/login/": ("/account/login/", 200, 302),
    "account/logout/": ("/account/logout/", 302, 200),
    "account/inactive/": ("/account/inactive/", 200, 200),
    "account/password/reset/": ("/account/password/reset/", 200, 200),
    "account/password/reset/sent/": ("/account/password/reset/sent/", 200, 200),
    "account/password/reset/done/": ("/account/password/reset/done/", 200, 200),
    "account/^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$": (
        "/account/password/reset/1-no-such-key/",
        200,
        200,
    ),
    "account/second-factor/code/": ("/account/second-factor/code/", 302, 302),
    "account/passkeys/login/": ("/account/passkeys/login/", 302, 302),
    "account/organisation/cancelled/": ("/account/organisation/cancelled/", 200, 200),
    "account/organisation/error/": ("/account/organisation/error/", 401, 401),
    "account/with/<str:provider_id>/login/": ("/account/with/organisation/login/", 404, 404),
    "account/with/<str:provider_id>/login/callback/": ("/account/with/organisation/login/callback/", 404, 404),
    "api/v1/account/": ("/api/v1/account/", 401, 401),  # a session is no token
    "invitations/<str:token>/": ("/invitations/no-such-token/", 404, 404),
}
#: One's own account: a stranger is asked to sign in. Whoever is signed in gets in (200), or is asked for
#: the password first (302);
#: without an app there is none to remove (404).
OWN: Final = {
    "account/": ("/account/", 200),
    "account/again/": ("/account/again/", 200),
    "account/password/change/": ("/account/password/change/", 200),
    "account/second-factor/": ("/account/second-factor/", 200),
    "account/second-factor/code/again/": ("/account/second-factor/code/again/", 302),
    "account/second-factor/app/": ("/account/second-factor/app/", 302),
    "account/second-factor/app/remove/": ("/account/second-factor/app/remove/", 404),
    "account/recovery-codes/new/": ("/account/recovery-codes/new/", 302),
    "account/passkeys/add/": ("/account/passkeys/add/", 302),
    "account/passkeys/again/": ("/account/passkeys/again/", 302),
    "account/tokens/new/": ("/account/tokens/new/", 302),
}
#: The same, but this account has none of it: nothing is there.
NONE_YET: Final = {
    "account/recovery-codes/": "/account/recovery-codes/",
    "account/recovery-codes/file/": "/account/recovery-codes/file/",
}
#: Addresses that only lead on to another.
LEADING_ON: Final = {
    "account/password/set/": "/account/password/set/",
    "account/second-factor/own/": "/account/second-factor/own/",
    "account/passkeys/": "/account/passkeys/",
}
#: Things of another person: not there, whether they are or not; forms of these two are asked after a password again.
OF_ANOTHER: Final = {
    "account/tokens/<int:pk>/revoke/": "token",
    "account/sessions/<int:pk>/end/": "session",
    "account/passkeys/<int:pk>/rename/": "passkey",
    "account/passkeys/<int:pk>/remove/": "passkey",
}
#: Deeds of one's own that need no number.
DEEDS: Final = {"account/sessions/end/": "/account/sessions/end/"}

LEADS: Final = {"lead_focal_point", "administrator"}
ALL: Final = {*LEADS, "focal_point"}
#: The people of Kenya: for whom a page opens, and for whom a form of it does something; for others it is not there.
PEOPLE: Final = {
    "my/people/": ("/my/people/", ALL, set()),
    "my/people/<str:code>/": ("/my/people/KEN/", ALL, LEADS),
    "my/people/mandates/<int:pk>/delegate/": ("/my/people/mandates/{mandate}/delegate/", LEADS, set()),
    "my/people/mandates/<int:pk>/hand-over/": ("/my/people/mandates/{mandate}/hand-over/", LEADS, set()),
    "my/people/delegations/<int:pk>/end/": ("/my/people/delegations/{delegation}/end/", set(), LEADS),
    "my/people/invitations/<int:pk>/revoke/": ("/my/people/invitations/{invitation}/revoke/", set(), LEADS),
    "my/people/invitations/<int:pk>/again/": ("/my/people/invitations/{invitation}/again/", set(), LEADS),
}  # fmt: skip

ADDRESSES: Final = frozenset().union(ENTRANCE, OWN, NONE_YET, LEADING_ON, OF_ANOTHER, DEEDS, PEOPLE)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """Every account, and one thing of each kind in Kenya; made once, then rolled back."""
    made: dict[str, Any] = {}
    with kept_for_a_module(django_db_blocker, lambda: made.update(make_world())):
        yield made


def make_world() -> dict[str, Any]:
    accounts = {name: make_account(None if name == "outsider" else name) for name in ACCOUNTS[1:]}
    User.objects.update(password=make_password("a long one for tests"))
    lead = Mandate.objects.get(user=accounts["lead_focal_point"])
    today = timezone.localdate()
    delegation = delegate(
        mandate=lead, to=accounts["focal_point"], first=today + timedelta(9), last=today + timedelta(10), by=lead.user
    )
    invitation = invite(
        email="new@example.com",
        role="focal_point",
        area=make_area("KEN"),
        language="en",
        by=accounts["lead_focal_point"],
    )
    stranger = User.objects.create_user("stranger@example.org")
    client = Client()
    client.force_login(stranger)
    token, _secret = make_token(name="theirs", scopes=["read"], lasting=timedelta(1), by=stranger)
    passkey = Authenticator.objects.create(user=stranger, type=Authenticator.Type.WEBAUTHN, data={"name": "theirs"})
    return {
        "accounts": accounts,
        "mandate": lead.pk,
        "delegation": delegation.pk,
        "invitation": invitation.pk,
        "token": token.pk,
        "session": stranger.sign_ins.get().pk,
        "passkey": passkey.pk,
    }


@pytest.fixture
def clients(world: dict[str, Any], db: None, settings: Any) -> dict[str, Client]:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    made = {name: Client() for name in ACCOUNTS}
    for name, account in world["accounts"].items():
        account.refresh_from_db()
        made[name].force_login(account)
    return made


def asked_to_sign_in(response: Any) -> bool:
    return response.status_code == 302 and "/account/login/" in response["Location"]


def test_ways_in(clients: dict[str, Client]) -> None:
    for address, stranger, signed_in in ENTRANCE.values():
        for account, client in clients.items():
            expected = stranger if account == "anonymous" else signed_in
            assert client.get(address).status_code == expected, (address, account)


def test_one_s_own_account(clients: dict[str, Client]) -> None:
    for address, signed_in in OWN.values():
        assert asked_to_sign_in(clients["anonymous"].get(address)), address
        for account in ACCOUNTS[1:]:
            response = clients[account].get(address)
            assert response.status_code == signed_in, (address, account)
            assert not asked_to_sign_in(response), (address, account)
    for address in NONE_YET.values():
        assert asked_to_sign_in(clients["anonymous"].get(address)), address
        assert {clients[account].get(address).status_code for account in ACCOUNTS[1:]} == {404}, address
    for address in LEADING_ON.values():
        assert {client.get(address).status_code for client in clients.values()} == {302}, address
    for address in DEEDS.values():
        assert asked_to_sign_in(clients["anonymous"].post(address)), address
        assert clients["outsider"].get(address).status_code == 405, address
        assert clients["outsider"].post(address).status_code == 302, address


@pytest.mark.parametrize("route", OF_ANOTHER)
def test_things_of_another_answer_as_those_that_there_are_not(
    route: str, clients: dict[str, Client], world: dict[str, Any]
) -> None:
    there = "/" + route.replace("<int:pk>", str(world[OF_ANOTHER[route]]))
    missing = "/" + route.replace("<int:pk>", "999999999")
    assert asked_to_sign_in(clients["anonymous"].post(there)) or clients["anonymous"].post(there).status_code == 302
    for account in ACCOUNTS[1:]:
        confirmed(clients[account])
        answers = [clients[account].post(address, {"name": "mine"}) for address in (there, missing)]
        assert [answer.status_code for answer in answers] == [404, 404], account
        assert answers[0].content == answers[1].content.replace(b"999999999", there.split("/")[-3].encode()), account
    assert Authenticator.objects.get(pk=world["passkey"]).data == {"name": "theirs"}


def confirmed(client: Client) -> None:
    """As if the person had signed in a moment ago."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()


@pytest.mark.parametrize("route", PEOPLE)
def test_people_of_a_country(route: str, clients: dict[str, Client], world: dict[str, Any]) -> None:
    address, opens, does = PEOPLE[route]
    address = address.format(**world)
    assert asked_to_sign_in(clients["anonymous"].get(address)) or asked_to_sign_in(clients["anonymous"].post(address))
    for account in ACCOUNTS[1:]:
        looked = clients[account].get(address)
        if opens:
            away = 403 if route == "my/people/" else 404
            assert looked.status_code in ((200, 302) if account in opens else (away,)), account
        else:
            assert looked.status_code == 405, account
        if not does:
            continue
        before = Invitation.objects.count(), Mandate.objects.count()
        sent = clients[account].post(address, {})
        refused = 403 if account in opens else 404
        if account in does:
            assert sent.status_code in (302, 400, 404), account
        else:
            assert sent.status_code == refused, account
            assert (Invitation.objects.count(), Mandate.objects.count()) == before


def test_a_link_of_an_invitation_opens_for_whoever_has_it(clients: dict[str, Client], world: dict[str, Any]) -> None:
    address = f"/invitations/{token_of(Invitation.objects.get(pk=world['invitation']))}/"
    assert clients["anonymous"].get(address).status_code == 200
    assert clients["outsider"].get(address).status_code == 403  # signed in with another address
