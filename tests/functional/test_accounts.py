"""Signing in and the people of a country in a real browser: a passkey, an app, an invitation; every page without a violation."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from idm.accounts.models import SignIn, User
from sdg_targets.actions.invitations import invite, token_of
from sdg_targets.models import Mandate
from tests.factories import make_area
from tests.factories.accounts import make_account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long one for tests"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def device(page: Page) -> Iterator[Callable[[], int]]:
    """A device with passkeys, as Chromium plays it; the function says how many it keeps."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield lambda: len(session.send("WebAuthn.getCredentials", made)["credentials"])
    session.send("WebAuthn.removeVirtualAuthenticator", made)


@pytest.fixture
def reviewer_elsewhere() -> User:
    """A reviewer who is no account of a demonstration."""
    cache.clear()
    user = User.objects.create_user("rosa@desk.example", PASSWORD, name="Rosa")
    Mandate.objects.create(user=user, role="reviewer")
    return user


def sign_in(page: Page, server: LiveServer, email: str, where: str = "/account/") -> None:
    page.goto(f"{server.url}/account/login/?next={where}")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_reviewer_adds_a_passkey_and_signs_in_with_it_alone(
    page: Page, live_server: LiveServer, reviewer_elsewhere: User, device: Callable[[], int]
) -> None:
    sign_in(page, live_server, reviewer_elsewhere.email, "/admin/")
    page.wait_for_url("**/account/second-factor/")
    expect(page.get_by_text("Your tasks need one")).to_be_visible()

    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name of the device").fill("Laptop")
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/account/recovery-codes/")
    expect(page.locator(".codes li")).to_have_count(10)
    assert device() == 1
    page.goto(f"{live_server.url}/admin/")
    expect(page.get_by_role("heading", name="What you look after")).to_be_visible()

    page.goto(f"{live_server.url}/account/")
    expect(page.get_by_text("Passkey “Laptop”")).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/account/")
    assert SignIn.objects.filter(user=reviewer_elsewhere).first().how == "webauthn"  # type: ignore[union-attr]


def test_a_passkey_stands_in_for_the_second_step_and_one_that_is_cancelled_is_said_in_words(
    page: Page, live_server: LiveServer, reviewer_elsewhere: User, device: Callable[[], int]
) -> None:
    sign_in(page, live_server, reviewer_elsewhere.email)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Sign in with it alone").uncheck()
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/account/recovery-codes/")
    page.context.clear_cookies()
    sign_in(page, live_server, reviewer_elsewhere.email)
    page.wait_for_url("**/account/second-factor/code/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/account/")

    page.context.clear_cookies()
    sign_in(page, live_server, reviewer_elsewhere.email)
    page.wait_for_url("**/account/second-factor/code/")
    page.evaluate(
        "() => { navigator.credentials.get = async () => { throw new DOMException('x', 'NotAllowedError') } }"
    )
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("The passkey was not used")).to_be_visible()


def test_an_app_is_set_up_by_its_key_and_asked_for(
    page: Page, live_server: LiveServer, reviewer_elsewhere: User
) -> None:
    sign_in(page, live_server, reviewer_elsewhere.email)
    page.get_by_role("link", name="Set up the app").click()
    expect(page.get_by_alt_text("QR code")).to_be_visible()
    secret = page.locator("code.secret").inner_text()
    counter = next(iter(yield_hotp_counters_from_time()))
    page.get_by_label("Code").fill(format_hotp_value(hotp_value(secret, counter)))
    page.get_by_role("button", name="Switch it on").click()
    page.wait_for_url("**/account/recovery-codes/")
    code = page.locator(".codes li").first.inner_text()
    page.context.clear_cookies()
    sign_in(page, live_server, reviewer_elsewhere.email, "/admin/")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/admin/")


def test_an_invited_person_chooses_a_password_and_sees_the_mandate(page: Page, live_server: LiveServer) -> None:
    lead = make_account("lead_focal_point")
    made = invite(email="new@ministry.example", role="focal_point", area=make_area("KEN"), language="en", by=lead)
    page.goto(f"{live_server.url}/invitations/{token_of(made)}/")
    page.get_by_label("Your name").fill("Amina")
    page.get_by_label("A password", exact=True).fill(PASSWORD)
    page.get_by_label("The password again").fill("something else")
    page.get_by_role("button", name="Accept").click()
    page.get_by_role("link", name=re.compile("The two passwords differ")).click()
    expect(page.get_by_label("The password again")).to_be_focused()
    page.get_by_label("A password", exact=True).fill(PASSWORD)
    page.get_by_label("The password again").fill(PASSWORD)
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Focal point · Kenya")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_every_page_is_without_a_violation(page: Page, live_server: LiveServer, width: int, scheme: str) -> None:
    cache.clear()
    lead, administrator = make_account("lead_focal_point"), make_account("administrator")
    make_account("focal_point")
    User.objects.update(password=make_password(PASSWORD))
    waits = invite(email="new@ministry.example", role="focal_point", area=make_area("KEN"), language="fr", by=lead)
    mandate = Mandate.objects.get(user=lead).pk
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visited = ["/account/login/", "/account/password/reset/", "/account/password/reset/sent/", "/account/inactive/"]
    visited += [
        f"/fr/invitations/{token_of(waits)}/",
        "/es/invitations/none/",
        "/fr/account/login/",
        "/account/organisation/error/",
    ]
    found = look(page, live_server, visited)
    sign_in(page, live_server, lead.email)
    page.wait_for_url("**/account/")
    own = [
        "/account/",
        "/account/second-factor/",
        "/account/tokens/new/",
        "/account/second-factor/app/",
        "/account/passkeys/add/",
    ]
    own += ["/account/password/change/", "/account/logout/", "/account/again/", "/my/people/KEN/", "/fr/my/people/KEN/"]
    own += [f"/my/people/mandates/{mandate}/delegate/", f"/es/my/people/mandates/{mandate}/hand-over/", "/es/account/"]
    found += look(page, live_server, own)
    page.goto(f"{live_server.url}/account/tokens/new/")
    page.get_by_role("button", name="Make the token").click()
    found += violations(page, "a form with a mistake")
    page.get_by_label("Name").fill("R")
    page.get_by_role("button", name="Make the token").click()
    found += violations(page, "a token that was made")
    page.context.clear_cookies()
    sign_in(page, live_server, administrator.email)
    page.wait_for_url("**/account/")
    found += look(page, live_server, ["/my/people/", "/my/people/?missing", "/my/people/all/", "/fr/my/people/"])
    assert found == []


def look(page: Page, server: LiveServer, addresses: list[str]) -> list[str]:
    found = []
    for address in addresses:
        answer = page.goto(f"{server.url}{address}")
        assert answer is not None and answer.status < 500, address
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{address} is wider than the screen")
        found += violations(page, address)
    return found


def violations(page: Page, where: str) -> list[str]:
    report = Axe().run(page, options=RULES).response
    return [
        f"{where}: {broken['id']} at {node['target']}" for broken in report["violations"] for node in broken["nodes"]
    ]


def test_a_token_is_selected_with_one_click(page: Page, live_server: LiveServer) -> None:
    cache.clear()
    lead = make_account("lead_focal_point")
    User.objects.update(password=make_password(PASSWORD))
    sign_in(page, live_server, lead.email)
    page.get_by_role("link", name="Make a token").click()
    page.get_by_label("Name").fill("R")
    page.get_by_label("Enter and submit figures").check()
    page.get_by_role("button", name="Make the token").click()
    secret = page.locator("code.secret")
    secret.click()
    assert page.evaluate("getSelection().toString()") == secret.inner_text()
    token = lead.tokens.get()
    assert token.scopes == ["read", "submit"]
    assert token.expires_at - token.made_at == timedelta(days=90)
