"""Who may go where: every address of the product for every account, as a table. A new address must be entered here."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from idm.accounts.models import User
from partners.models import IndicatorRole, Organisation
from sdg_targets.actions.confidentiality import withdraw_confidential
from sdg_targets.actions.imports import Options, import_file
from sdg_targets.models import (
    Area,
    Category,
    CodeMapping,
    Dataset,
    Dimension,
    Goal,
    Import,
    Indicator,
    Instrument,
    InstrumentVersion,
    Mandate,
    Metadata,
    Observation,
    Question,
    Refusal,
    Release,
    ReportingCountry,
    Revision,
    Round,
    SealedRecord,
    Section,
    Series,
    SeriesLimits,
    Submission,
    Target,
    Tombstone,
    Unit,
    Upload,
)
from tests.desk_routes import DESK_ROUTES
from tests.factories import make_catalogue, make_indicator
from tests.factories.accounts import make_account
from tests.factories.questionnaires import answer, asked_submission, make_version, scored
from tests.factories.shipped import kept_for_a_module
from tests.factories.submissions import enter, make_submission
from tests.factories.uploads import checked, own_csv
from tests.my_routes import CHOICE, MINE
from tests.test_permission_people import ADDRESSES
from tests.working_routes import ROUTES, TEAM_PAGES

pytestmark = pytest.mark.django_db

ACCOUNTS: Final = (
    "anonymous", "focal_point", "lead_focal_point", "reviewer", "importer", "catalogue_editor", "partner_editor",
    "report_writer", "administrator", "outsider",
)  # fmt: skip

# Addresses that everybody reads and nobody writes: the route, and an address of it.
OPEN: Final = {
    "healthz": "/healthz",
    "api/": "/api/",
    "api/v1/": "/api/v1/",
    "api/v1/schema/": "/api/v1/schema/",
    "api/v1/docs/": "/api/v1/docs/",
    "api/v1/goals/": "/api/v1/goals/",
    "api/v1/goals/<str:code>/": "/api/v1/goals/10/",
    "api/v1/targets/": "/api/v1/targets/",
    "api/v1/targets/<str:code>/": "/api/v1/targets/10.c/",
    "api/v1/indicators/": "/api/v1/indicators/",
    "api/v1/indicators/<str:code>/": "/api/v1/indicators/10.c.1/",
    "api/v1/metadata/": "/api/v1/metadata/",
    "api/v1/series/": "/api/v1/series/",
    "api/v1/series/<str:code>/": "/api/v1/series/SI_RMT_COST/",
    "api/v1/areas/": "/api/v1/areas/",
    "api/v1/areas/<str:code>/": "/api/v1/areas/KEN/",
    "api/v1/areas/<str:code>/profile/": "/api/v1/areas/KEN/profile/",
    "api/v1/sources/": "/api/v1/sources/",
    "api/v1/sources/<str:code>/": "/api/v1/sources/UNSD-SDG/",
    "api/v1/releases/": "/api/v1/releases/",
    "api/v1/changes/": "/api/v1/changes/",
    "api/v1/country-comments/": "/api/v1/country-comments/",
    "api/v1/coverage/": "/api/v1/coverage/",
    "api/v1/rules/": "/api/v1/rules/",
    "api/v1/observations/": "/api/v1/observations/",
    "api/v1/partners/": "/api/v1/partners/",
    "api/v1/partners/<slug:slug>/": "/api/v1/partners/world-bank/",
    "": "/",
    "data/": "/data/",
    "rules/": "/rules/",
    "sources/": "/sources/",
    "sources/<str:code>/": "/sources/UNSD-SDG/",
    "partners/": "/partners/",
    "partners/<slug:slug>/": "/partners/world-bank/",
    "goals/": "/goals/",
    "goals/<int:number>/": "/goals/10/",
    "targets/<str:code>/": "/targets/10.c/",
    "indicators/": "/indicators/",
    "indicators/<str:code>/": "/indicators/10.c.1/",
    "indicators/<str:code>/map-years.json": "/indicators/10.c.1/map-years.json",
    "countries/": "/countries/",
    "countries/<str:code>/": "/countries/KEN/",
    "countries/<str:code>/history/": "/countries/KEN/history/",
    "areas/<str:code>/": "/areas/001/",
    "calendar/": "/calendar/",
    "calendar.ics": "/calendar.ics",
    "comments/": "/comments/",
    "coverage/": "/coverage/",
    "releases/": "/releases/",
    "releases/<str:name>/": "/releases/2020-10/",
    "search/": "/search/",
    "about/": "/about/",
}
# Drawn by a program of its own, which tests/reports/views tries; and what is no address.
OPEN_ELSEWHERE: Final = {
    "^indicators/(?P<code>[^/]+)/(?P<name>map|lines|spread)\\.(?P<kind>svg|png)$",
    "api/ (nothing)",
}

# The administration pages. For each account what it may do with the rows of a page: s sees them, a adds, c changes,
# d deletes; a dot: it is refused. Accounts that may do nothing at all are asked to sign in with another.
ADMINISTRATION: Final = """
page                                 anonymous focal_point lead_focal_point reviewer importer catalogue_editor partner_editor report_writer administrator outsider
accounts/user                        .         .           .                .        .        .                .              .             sac           .
partners/organisation                .         .           .                .        .        .                sacd           .             sacd          .
sdg_targets/area                     .         .           .                s        s        sac              .              .             sac           .
sdg_targets/goal                     .         .           .                s        s        sc               s              .             sc            .
sdg_targets/target                   .         .           .                s        s        sac              s              .             sac           .
sdg_targets/indicator                .         .           .                s        s        sac              s              .             sac           .
sdg_targets/series                   .         .           .                s        s        sacd             s              .             sacd          .
sdg_targets/serieslimits             .         .           .                s        s        sacd             s              .             sacd          .
sdg_targets/unit                     .         .           .                s        s        sacd             s              .             sacd          .
sdg_targets/dimension                .         .           .                s        s        sacd             s              .             sacd          .
sdg_targets/category                 .         .           .                s        s        sacd             s              .             sacd          .
sdg_targets/codemapping              .         .           .                s        sa       sacd             s              .             sacd          .
sdg_targets/metadata                 .         .           .                s        s        sacd             s              .             sacd          .
sdg_targets/instrument               .         .           .                s        s        sacd             s              .             sacd          .
sdg_targets/instrumentversion        .         .           .                s        s        sacd             s              .             sacd          .
sdg_targets/section                  .         .           .                s        s        scd              s              .             scd           .
sdg_targets/question                 .         .           .                s        s        scd              s              .             scd           .
sdg_targets/mandate                  .         .           .                .        .        .                .              .             sacd          .
sdg_targets/dataset                  .         .           .                s        s        sac              .              .             sac           .
sdg_targets/release                  .         .           .                s        sac      s                .              .             sac           .
sdg_targets/observation              .         .           .                s        s        s                .              .             s             .
sdg_targets/import                   .         .           .                s        s        s                .              .             s             .
sdg_targets/upload                   .         .           .                .        sa       .                .              .             sa            .
sdg_targets/refusal                  .         .           .                s        s        s                .              .             s             .
sdg_targets/revision                 .         .           .                s        s        s                .              .             s             .
sdg_targets/tombstone                .         .           .                s        .        .                .              .             s             .
sdg_targets/sealedrecord             .         .           .                s        .        .                .              .             s             .
sdg_targets/round                    .         .           .                .        .        .                .              .             sacd          .
sdg_targets/reportingcountry         .         .           .                .        .        .                .              .             sacd          .
sdg_targets/submission               .         .           .                .        .        .                .              .             s             .
django_tasks_database/dbtaskresult   .         .           .                .        .        .                .              .             .             .
"""  # noqa: E501 - a table is as wide as it is
LINES: Final = [line.split() for line in ADMINISTRATION.strip().splitlines()]
RIGHTS: Final = {page: dict(zip(ACCOUNTS, rights, strict=True)) for page, *rights in LINES[1:]}
#: Those who come in at all: they hold a right on some page.
INSIDE: Final = frozenset(account for rights in RIGHTS.values() for account, right in rights.items() if right != ".")
#: Pages of the administration that are not of a model: for those inside, and for the others.
AROUND: Final = {
    "admin/": ("/admin/", 200, 302),
    "admin/password_change/": ("/admin/password_change/", 302, 302),
    "admin/password_change/done/": ("/admin/password_change/done/", 200, 302),
    "admin/jsi18n/": ("/admin/jsi18n/", 200, 302),
    "admin/r/<path:content_type_id>/<path:object_id>/": ("/admin/r/1/1/", 404, 302),
    "admin/autocomplete/": ("/admin/autocomplete/", 403, 302),
    "admin/(?P<url>.*)$": ("/admin/nothing/", 404, 302),
    "admin/^(?P<app_label>accounts|partners|sdg_targets|django_tasks_database)/$": (None, 200, 302),
}
#: Signing in and out; test_signing_in_and_out tries them.
SIGNING: Final = {"admin/login/", "admin/logout/"}
OF_A_MODEL: Final = ("", "add/", *(f"<path:object_id>/{part}" for part in ("history/", "delete/", "change/", "")))
PASSWORD: Final = "admin/accounts/user/<id>/password/"
#: Addresses of submissions, which test_submission_matrix.py tries by account and state; their list is nobody's alone.
WORKING: Final = {*(route.route for route in (*ROUTES, *TEAM_PAGES, *MINE)), "api/v1/submissions/", CHOICE}
#: Addresses of the reviewers' desk, which test_desk_matrix.py tries by account and state.
AT_DESK: Final = {route.route for route in DESK_ROUTES}
#: Steps of an upload, by those who may give one; and what an import refused, for those who see imports.
STEPS: Final = ("check", "apply", "discard")
REFUSALS: Final = "admin/sdg_targets/import/<int:pk>/refusals.csv"
#: Pages of grave deeds: the page of the model whose row it is done to, and who may do it.
DEEDS: Final = {
    ("sdg_targets/import", "undo/"): {"importer", "administrator"},
    ("sdg_targets/observation", "withdraw/"): {"reviewer", "administrator"},
    ("sdg_targets/tombstone", "lift/"): {"reviewer", "administrator"},
}
#: Pages of a country's questionnaires while they are being filled in: for its team alone, and to everybody else as if they
#: did not exist. The last only does something, and is asked for by POST.
OF_A_TEAM: Final = {
    "my/<iso3:area>/<slug:round_code>/questionnaires/": "/my/KEN/questions/questionnaires/",
    "my/<iso3:area>/<slug:round_code>/questionnaires/<str:instrument>/<str:period>/": (
        "/my/KEN/questions/questionnaires/policies/2024/"
    ),
    "my/<iso3:area>/<slug:round_code>/questionnaires/<str:instrument>/<str:period>/as-before/": (
        "/my/KEN/questions/questionnaires/policies/2024/as-before/"
    ),
}
TEAM: Final = frozenset({"focal_point", "lead_focal_point", "validator"})


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, User]]:
    """A small world with a row of everything, and every account; made once for all these tests, then rolled back."""
    accounts: dict[str, User] = {}
    with kept_for_a_module(django_db_blocker, lambda: accounts.update(make_world(tmp_path_factory.mktemp("world")))):
        yield accounts


def make_world(folder: Path) -> dict[str, User]:
    make_catalogue()
    path = folder / "figures.csv"
    path.write_text("series,area,period,breakdown,value\nSI_RMT_COST,KEN,2015,_T,5\nSI_RMT_COST,ZZZ,2015,_T,5\n")
    import_file(path, dataset=Dataset.objects.get(), by=None, options=Options(vintage="2020-10"))
    Release.objects.create(name="2020-10", revision=Revision.objects.get())
    checked(own_csv("KEN,2016,_T,5"))
    other = folder / "other.csv"
    other.write_text("series,area,period,breakdown,value\nSI_RMT_COST,UGA,2015,_T,7\n")
    import_file(other, dataset=Dataset.objects.get(), by=None, options=Options(vintage="2021"))
    told = Observation.objects.with_names().get(area__code="UGA")
    withdraw_confidential(observation=told, by=None, reason="disclosed")
    CodeMapping.objects.create(provider="test", concept="unit", given="x", code="PT")
    SeriesLimits.objects.create(series=Series.objects.get(), reason_en="A test")
    bank = Organisation.objects.create(slug="world-bank", name_en="World Bank", kind="un_agency")
    IndicatorRole.objects.create(organisation=bank, indicator=make_indicator(), role="custodian", source="test list")
    Metadata.objects.create(
        dataset=Dataset.objects.get(), indicator=make_indicator(), field="unit", language="en", text="Per cent."
    )
    make_version(scored(code="2020"), is_open=False)
    DBTaskResult.objects.create(task_path="nothing", args_kwargs={"args": [], "kwargs": {}}, backend_name="default")
    accounts = {name: make_account(None if name == "outsider" else name) for name in ACCOUNTS[1:]}
    answer(asked_submission(accounts["focal_point"]), accounts["focal_point"], a1="ALL")
    submission = make_submission(accounts["focal_point"])
    enter(submission, accounts["focal_point"])
    ReportingCountry.objects.create(area=submission.area)
    return accounts


@pytest.fixture
def clients(world: dict[str, User], db: None) -> dict[str, Client]:
    """The client of every account."""
    made = {name: Client() for name in ACCOUNTS}
    for name, account in world.items():
        made[name].force_login(account)
    return made


MODELS: Final[dict[str, type[Model]]] = {
    "django_tasks_database/dbtaskresult": DBTaskResult,
    "accounts/user": User,
    "partners/organisation": Organisation,
    **{
        f"sdg_targets/{model._meta.model_name}": model
        for model in (
            Area, Category, CodeMapping, Dataset, Dimension, Goal, Import, Indicator, Instrument, InstrumentVersion, Mandate,
            Metadata, Observation, Question, Refusal, Release, ReportingCountry, Revision, Round, SealedRecord, Section,
            Series, SeriesLimits, Submission, Target, Tombstone, Unit, Upload,
        )
    },
}  # fmt: skip


def first_row(page: str) -> Any:
    """The key of a row that is nobody's own here: the outsider's account, a focal point's mandate."""
    rows = MODELS[page]._default_manager.order_by("pk")
    if page == "accounts/user":
        rows = rows.filter(email__startswith="outsider")
    row = rows.first()
    assert row is not None, page
    return row.pk


def routes(patterns: Any = None, before: str = "") -> Iterator[str]:
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLPattern):
            nothing = " (nothing)" if entry.name == "api-nothing" else ""
            yield f"{before}{entry.pattern}{nothing}"
        else:
            yield from routes(entry.url_patterns, f"{before}{entry.pattern}")


def test_every_address_is_in_a_table() -> None:
    of_models = {f"admin/{page}/{part}" for page in RIGHTS for part in OF_A_MODEL}
    steps = {f"admin/sdg_targets/upload/<int:pk>/{step}/" for step in STEPS}
    deeds = {f"admin/{page}/<path:object_id>/{deed}" for page, deed in DEEDS}
    admin = {*AROUND, *of_models, *steps, PASSWORD, REFUSALS, *deeds}
    tabled = {*OPEN, *OPEN_ELSEWHERE, *SIGNING, *admin, *OF_A_TEAM, *WORKING, *ADDRESSES, *AT_DESK}
    assert set(routes()) == tabled


@pytest.mark.parametrize("address", OF_A_TEAM.values())
@pytest.mark.parametrize("name", ACCOUNTS)
def test_a_country_s_form_is_its_team_s_alone(clients: dict[str, Client], name: str, address: str) -> None:
    does = address.endswith("as-before/")
    response = clients[name].post(address) if does else clients[name].get(address)
    if name == "anonymous":
        assert response.status_code == 302 and "login" in response.headers["Location"]
    elif name not in TEAM:
        assert response.status_code == 404
    elif does:
        assert response.status_code == (403 if name == "validator" else 302)
    else:
        assert response.status_code == 200
    elsewhere = clients[name].get(address.replace("KEN", "UGA")).status_code
    assert elsewhere == (405 if does else 302 if name == "anonymous" else 404)


def test_the_table_names_every_account() -> None:
    assert tuple(LINES[0][1:]) == ACCOUNTS


def test_what_is_open_is_read_by_everybody_and_written_by_nobody(clients: dict[str, Client]) -> None:
    for address in OPEN.values():
        for account, client in clients.items():
            assert client.get(address).status_code == 200, (address, account)
        for account in ("anonymous", "administrator", "outsider"):
            assert clients[account].post(address).status_code == 405, (address, account)


def outcome(response: Any) -> str:
    """``in``, ``refused`` (403) or ``sign in`` (sent to the sign-in page)."""
    if response.status_code == 302 and "/login/" in response["Location"]:
        return "sign in"
    return {200: "in", 302: "in", 403: "refused"}[response.status_code]


@pytest.mark.parametrize("page", RIGHTS)
def test_the_administration_opens_to_those_of_the_table(page: str, clients: dict[str, Client]) -> None:
    key = first_row(page)
    address = f"/admin/{page}"
    asked = {
        "list": ("s", address + "/"),
        "see": ("s", f"{address}/{key}/change/"),
        "see, old address": ("s", f"{address}/{key}/"),
        "history": ("s", f"{address}/{key}/history/"),
        "add": ("a", f"{address}/add/"),
        "delete": ("d", f"{address}/{key}/delete/"),
    }
    for account, rights in RIGHTS[page].items():
        refused = "refused" if account in INSIDE else "sign in"
        for deed, (right, where) in asked.items():
            expected = "in" if right in rights or (deed == "see, old address" and account in INSIDE) else refused
            assert outcome(clients[account].get(where)) == expected, (account, deed)
        changed = clients[account].post(f"{address}/{key}/change/", {})
        assert outcome(changed) == ("in" if "c" in rights else refused), (account, "change")
        for right, where in (("a", f"{address}/add/"), ("d", f"{address}/{key}/delete/")):
            if right not in rights:
                assert outcome(clients[account].post(where, {"post": "yes"})) == refused, (account, where)
        if page == "accounts/user":
            password = clients[account].get(f"/admin/accounts/user/{key}/password/")
            assert outcome(password) == ("in" if "c" in rights else refused), (account, "password")


def test_steps_of_an_upload_are_for_those_who_may_give_one(clients: dict[str, Client]) -> None:
    pk = first_row("sdg_targets/upload")
    for account, rights in RIGHTS["sdg_targets/upload"].items():
        expected = "in" if "a" in rights else "refused" if account in INSIDE else "sign in"
        for step in STEPS:
            address = f"/admin/sdg_targets/upload/{pk}/{step}/"
            assert outcome(clients[account].post(address, {"seen": "0"})) == expected, (account, step)


def test_the_list_of_refusals_is_for_those_who_see_imports(clients: dict[str, Client]) -> None:
    pk = first_row("sdg_targets/import")
    for account, rights in RIGHTS["sdg_targets/import"].items():
        expected = "in" if "s" in rights else "refused" if account in INSIDE else "sign in"
        assert outcome(clients[account].get(f"/admin/sdg_targets/import/{pk}/refusals.csv")) == expected, account


@pytest.mark.parametrize(("page", "deed"), DEEDS)
def test_grave_deeds_are_for_those_of_the_table(page: str, deed: str, clients: dict[str, Client]) -> None:
    """Who may not is refused whether looking or doing; who may and says no reason has done nothing."""
    address = f"/admin/{page}/{first_row(page)}/{deed}"
    before = Revision.objects.latest_number()
    for account, client in clients.items():
        refused = "refused" if account in INSIDE else "sign in"
        for response in (client.get(address), client.post(address, {})):
            assert outcome(response) == ("in" if account in DEEDS[page, deed] else refused), account
    assert Revision.objects.latest_number() == before


def test_pages_around_the_rows_are_for_those_inside(clients: dict[str, Client]) -> None:
    for account, client in clients.items():
        for address, inside, outside in AROUND.values():
            if address is not None:
                expected = inside if account in INSIDE else outside
                assert client.get(address).status_code == expected, (account, address)


def test_an_app_s_page_is_for_those_who_see_one_of_its_pages(clients: dict[str, Client]) -> None:
    for app in ("accounts", "partners", "sdg_targets", "django_tasks_database"):
        for account, client in clients.items():
            sees = any(rights[account] != "." for page, rights in RIGHTS.items() if page.startswith(f"{app}/"))
            expected = 200 if sees else 404 if account in INSIDE else 302
            assert client.get(f"/admin/{app}/").status_code == expected, (account, app)


def test_signing_in_and_out(clients: dict[str, Client]) -> None:
    for account, client in clients.items():
        expected = 302 if account == "anonymous" or account in INSIDE else 403
        assert client.get("/admin/login/").status_code == expected, account
        assert client.post("/admin/logout/").status_code in (200, 302), account
        assert client.get("/admin/").status_code == 302, account


def test_a_mandate_that_has_ended_or_not_begun_opens_nothing(clients: dict[str, Client]) -> None:
    day = timezone.timedelta(days=1)
    today = timezone.localdate()
    mandate = Mandate.objects.filter(role="importer")
    for valid_from, valid_to, status in (
        (None, today - day, 302),
        (today + day, None, 302),
        (today, today, 200),
        (None, None, 200),
    ):
        mandate.update(valid_from=valid_from, valid_to=valid_to)
        clients["importer"].force_login(mandate.get().user)  # a session ends with a mandate it was opened with
        assert clients["importer"].get("/admin/sdg_targets/import/").status_code == status
