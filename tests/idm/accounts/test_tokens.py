"""Tokens for programs: shown once, kept as a digest, never more than their owner, over when they expire or are revoked."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from idm.accounts.actions import make_token, revoke_token
from idm.accounts.models import ApiToken, User, digest
from sdg_targets.domain.roles import Permission
from sdg_targets.models import Mandate
from sdg_targets.permissions import can, permissions_of, require
from tests.factories import make_area
from tests.factories.accounts import make_account

from .conftest import PASSWORD, send_password

pytestmark = pytest.mark.django_db


class Figures(APIView):
    """Something of a country that is read by its focal points, entered by them, and published by reviewers."""

    permission_classes: list[Any] = []

    def get(self, request: Any) -> Response:
        require(request.user, Permission.ENTER_DATA, area=make_area("KEN"))
        return Response({"read": True})

    def post(self, request: Any) -> Response:
        require(request.user, Permission(request.data["permission"]), area=make_area("KEN"))
        return Response({"written": True})


def token_of(user: User, *scopes: str, lasting: timedelta = timedelta(days=1)) -> str:
    return make_token(name="R", scopes=list(scopes), lasting=lasting, by=user)[1]


def ask(secret: str, permission: str = "") -> int:
    """The status of reading, or of doing what a permission is for."""
    factory, headers = APIRequestFactory(), {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    request = (
        factory.post("/", {"permission": permission}, format="json", **headers)
        if permission
        else factory.get("/", **headers)
    )
    return int(Figures.as_view()(request).status_code)


def test_a_token_is_shown_once_and_kept_as_a_digest(person: User) -> None:
    client = Client()
    send_password(client, person.email)
    made = client.post("/account/tokens/new/", {"name": "R on my laptop", "scopes": ["read", "submit"], "days": "30"})
    assert made.status_code == 201
    found = re.search(r"idm_[\w-]{43}", made.content.decode())
    assert found is not None
    secret = found[0]
    token = ApiToken.objects.get()
    assert token.digest == digest(secret)
    assert not any(secret in str(value) for value in vars(token).values())
    page = client.get("/account/").content.decode()
    assert secret not in page
    assert secret[:10] in page
    assert "Never used." in page
    assert timedelta(days=29) < token.expires_at - timezone.now() < timedelta(days=30)


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"scopes": []}, {"scopes": ["manage"]}, {"days": "9999"}, {"days": "0"}]
)
def test_a_form_with_a_mistake_makes_no_token(person: User, wrong: dict[str, Any]) -> None:
    client = Client()
    send_password(client, person.email)
    answer = client.post("/account/tokens/new/", {"name": "R", "scopes": ["read"], "days": "30", **wrong})
    assert answer.status_code == 400
    assert b"There is a problem" in answer.content
    assert not ApiToken.objects.exists()


def test_making_one_asks_for_the_password_again(person: User) -> None:
    client = Client()
    client.force_login(person)
    form = {"name": "R", "scopes": ["read"], "days": "30"}
    assert client.post("/account/tokens/new/", form)["Location"].startswith("/account/again/")
    assert not ApiToken.objects.exists()
    client.post("/account/again/", {"password": PASSWORD})
    assert client.get("/account/tokens/new/").status_code == 200


def test_a_token_of_scope_read_reads_and_writes_nothing(focal_point: User) -> None:
    secret = token_of(focal_point, "read")
    assert ask(secret) == 200
    for permission in Permission:
        expected = 200 if permission is Permission.READ_PUBLISHED else 403
        assert ask(secret, permission) == expected, permission


def test_a_scope_lets_do_what_it_names_and_nothing_else(focal_point: User, reviewer: User) -> None:
    submit, review = token_of(focal_point, "submit"), token_of(reviewer, "review")
    assert ask(submit, Permission.ENTER_DATA) == ask(submit, Permission.SUBMIT_DATA) == 200
    assert ask(review, Permission.REVIEW_DATA) == ask(review, Permission.PUBLISH_DATA) == 200
    assert ask(review, Permission.WITHDRAW_CONFIDENTIAL) == 403  # the reviewer may, the token may not


def test_a_token_is_never_more_than_its_owner(focal_point: User, outsider: User, administrator: User) -> None:
    everything = ("read", "submit", "review")
    assert ask(token_of(focal_point, *everything), Permission.REVIEW_DATA) == 403
    assert ask(token_of(outsider, *everything)) == 403
    assert ask(token_of(administrator, *everything), Permission.MANAGE_USERS) == 403
    assert ask(token_of(User.objects.create_superuser("boss@example.org"), "read"), Permission.ENTER_DATA) == 403


def test_a_token_holds_for_its_owner_s_countries(focal_point: User) -> None:
    secret = token_of(focal_point, "submit")
    Mandate.objects.filter(user=focal_point).update(area=make_area("UGA"))
    assert ask(secret) == 403


def test_the_permission_table_is_narrowed_for_the_request_alone(focal_point: User) -> None:
    focal_point.allowed_by_token = frozenset({Permission.READ_PUBLISHED})
    assert permissions_of(focal_point) == {Permission.READ_PUBLISHED}
    assert not can(focal_point, Permission.ENTER_DATA, area=make_area("KEN"))
    assert can(User.objects.get(pk=focal_point.pk), Permission.ENTER_DATA, area=make_area("KEN"))


@pytest.mark.parametrize("end", ["expired", "revoked", "closed account", "unknown", "cut", "empty", "mandate ended"])
def test_a_token_that_is_over_opens_nothing(focal_point: User, end: str) -> None:
    secret = token_of(focal_point, "read", "submit")
    token = ApiToken.objects.get()
    now = timezone.now()
    if end == "expired":
        ApiToken.objects.update(made_at=now - timedelta(days=2), expires_at=now - timedelta(seconds=1))
    elif end == "revoked":
        revoke_token(token=token, by=focal_point)
    elif end == "closed account":
        User.objects.update(is_active=False)
    elif end == "mandate ended":
        Mandate.objects.all().delete()
    secret = {"unknown": "idm_" + "x" * 43, "cut": secret[:-1], "empty": ""}.get(end, secret)
    assert ask(secret) == (403 if end == "mandate ended" else 401)


def test_a_refused_token_is_a_problem_at_the_api_itself() -> None:
    answer = Client().get("/api/v1/account/", headers={"authorization": "Bearer idm_nothing"})
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'
    assert answer.json() == {
        "type": "about:blank",
        "title": "Sign in first",
        "status": 401,
        "detail": "This token is not known, has expired or was revoked.",
    }


def test_a_token_says_whom_it_stands_for(focal_point: User) -> None:
    secret = token_of(focal_point, "read", "submit")
    said = Client().get("/api/v1/account/", headers={"authorization": f"Bearer {secret}"})
    assert said.status_code == 200
    assert said["Cache-Control"] == "no-store"
    found = said.json()
    assert (found["email"], found["scopes"]) == (focal_point.email, ["read", "submit"])
    assert found["mandates"] == [{"role": "focal_point", "area": "KEN", "valid_from": None, "valid_to": None}]
    assert found["may"] == ["enter_data", "read_published", "submit_data"]


def test_without_a_token_nobody_is_meant_not_even_by_a_session(focal_point: User) -> None:
    client = Client()
    client.force_login(focal_point)
    answer = client.get("/api/v1/account/")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


def test_what_everybody_reads_asks_for_no_token_and_looks_at_none(focal_point: User) -> None:
    secret = token_of(focal_point, "read")
    answer = Client().get("/api/v1/goals/", headers={"authorization": f"Bearer {secret}"})
    assert answer.content == Client().get("/api/v1/goals/").content
    assert ApiToken.objects.get().last_used is None


def test_last_use_is_written_once_a_minute(focal_point: User, django_assert_num_queries: Any) -> None:
    secret = token_of(focal_point, "read")
    ask(secret)
    first = ApiToken.objects.get().last_used
    ask(secret)
    assert first is not None
    assert ApiToken.objects.get().last_used == first
    ApiToken.objects.update(last_used=first - timedelta(seconds=61))
    ask(secret)
    assert ApiToken.objects.get().last_used > first


def test_only_its_owner_revokes_a_token(focal_point: User, outsider: User) -> None:
    secret = token_of(focal_point, "read")
    token = ApiToken.objects.get()
    client = Client()
    client.force_login(outsider)
    assert client.post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    assert ask(secret) == 200
    client.force_login(focal_point)
    client.post(f"/account/tokens/{token.pk}/revoke/")
    assert ask(secret) == 401
    assert b"R</strong>" not in client.get("/account/").content


def test_a_token_of_somebody_who_owes_a_second_factor_waits_for_it(settings: Any) -> None:
    reviewer = make_account("reviewer")
    secret = token_of(reviewer, "review")
    settings.SECOND_FACTOR_EXEMPT_HOST = ""
    assert ask(secret, Permission.REVIEW_DATA) == 401


def test_other_keywords_are_left_to_others() -> None:
    answer = Client().get("/api/v1/account/", headers={"authorization": "Basic eDp5"})
    assert answer.json()["detail"] == "Authentication credentials were not provided."
