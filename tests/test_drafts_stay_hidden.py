"""What is not published is nowhere in public: a canary in drafts, submitted, returned and embargoed values is crawled for.

Every address of the product is asked, those without a parameter and an address of each of the others, by somebody without
an account and by another country's focal point; then every address that a page leads to.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from idm.accounts.models import User
from sdg_targets.actions.comments import comment
from sdg_targets.actions.deciding import query_cells, return_submission
from sdg_targets.actions.early_access import grant_early_access
from sdg_targets.actions.publishing import set_publication
from sdg_targets.actions.submissions import recall
from sdg_targets.models import Area, Mandate, Submission
from tests.factories.accounts import make_account
from tests.factories.comments import propose
from tests.factories.observations import observe
from tests.factories.shipped import kept_for_a_module
from tests.factories.submissions import approved, enter, handed_in, make_round, make_submission

#: A number that no publisher prints, and a word that is in no language.
NUMBER: Final = "731.5907"
WORD: Final = "Zyxwvutcanary"
#: The number as any page or file would write it.
CANARIES: Final = ("731.5907", "731,5907", "731.59", "731,59", WORD.lower())
#: Countries by the state of what they entered.
STATES: Final = {"KEN": "draft", "UGA": "submitted", "FRA": "returned", "TZA": "approved", "RWA": "draft again"}
FILTERS: Final = "indicator=10.c.1&series=SI_RMT_COST"


def spoiled(area: str) -> dict[str, Any]:
    """Words beside a value, each a canary."""
    return {
        "source": f"{WORD} source {area}", "footnote": f"{WORD} footnote", "note": f"{WORD} note",
        "explanation": f"{WORD} explanation", "time_detail": f"{WORD} detail",
    }  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """A submission in every state that is not public, each full of canaries, beside a published figure of each country."""
    people: dict[str, Any] = {}
    with kept_for_a_module(django_db_blocker, lambda: people.update(make_world())):
        yield people


def make_world() -> dict[str, Any]:
    desk = make_account("reviewer")
    asked = make_round(areas=tuple(STATES))
    for area in STATES:
        observe(area, "2013", "7")
    made = {}
    for area, state in STATES.items():
        person = make_account("lead_focal_point", area=area) if area == "KEN" else _colleague(area)
        made[area] = _in_state(state, person, desk, asked, area)
        comment(submission=made[area], by=person, text=f"{WORD} comment")
    propose(_colleague("KEN"), text=f"{WORD} proposed")
    outsider = make_account(None)
    grant_early_access(submission=made["TZA"], user=outsider, by=desk)
    return {"other": make_account("focal_point", area="GBR"), "submissions": made, "reader": outsider, "desk": desk}


def _colleague(area: str) -> Any:
    number = User.objects.count()
    user = User.objects.create_user(f"person-{number}@example.org", name=f"Person {number}")
    Mandate.objects.create(user=user, role="focal_point", area=Area.objects.get(code=area))
    return user


def _in_state(state: str, person: Any, desk: Any, asked: Any, area: str) -> Submission:
    content = spoiled(area)
    if state == "draft":
        submission = make_submission(person, area=area, of_round=asked)
        enter(submission, person, NUMBER, of="2014", **content)
        enter(submission, person, None, of="2015", typed=f"{WORD}", **content)
        return submission
    if state == "approved":
        submission = handed_in(person, NUMBER, of_round=asked, area=area, **content)
        submission = approved(person, desk, of=submission)
        at = timezone.now() + timedelta(days=3)
        return set_publication(submission=submission, by=desk, at=at, note=f"{WORD} public note, not yet public")
    submission = handed_in(person, NUMBER, of_round=asked, area=area, **content)
    if state == "submitted":
        return submission
    if state == "draft again":
        return recall(submission=submission, by=person)
    cell = submission.cells.get()
    query_cells(submission=submission, seen={cell.pk: cell.version}, text=f"{WORD} question", by=desk)
    submission = return_submission(submission=submission, by=desk, note=f"{WORD} overall")
    enter(submission, person, "731.5908", of="2014", **content)
    return submission


def routes(patterns: Any = None, before: str = "") -> Iterator[str]:
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLPattern):
            yield f"{before}{entry.pattern}"
        else:
            yield from routes(entry.url_patterns, f"{before}{entry.pattern}")


def filled(route: str, world: dict[str, Any]) -> Iterator[str]:
    """Addresses of a route: each of its parameters as every submission, value, country and catalogue code at hand."""
    if route.startswith("admin/") or "(" in route:
        return  # asked as they are by test_permission_matrix; pictures are drawn from what pages are made of
    submissions = world["submissions"].values()
    numbers = [str(each.pk) for each in submissions] + [
        str(cell.pk) for each in submissions for cell in each.cells.all()
    ]
    codes = [*STATES, "10.c.1", "10.c", "SI_RMT_COST", "UNSD-SDG", *(f"national:{area}" for area in STATES), "2020-10"]
    choices = {"iso3": list(STATES), "number": ["10"]}
    names = re.findall(r"<([a-z]+):([a-z_0-9]+)>", route)
    values = [
        numbers if kind == "int" and name != "number" else ["2026"] if kind == "slug" else choices.get(name, codes)
        for kind, name in names
    ]
    for chosen in product(*(dict.fromkeys(each) for each in values)):
        address = route
        for value in chosen:
            address = re.sub(r"<[a-z]+:[a-z_0-9]+>", value, address, count=1)
        yield f"/{address}"


#: Queries that open what an address keeps closed: exports, the past, everything that changed, one country's history.
QUERIES: Final = (
    "", "format=csv", "format=json", "as_of=1", f"q={WORD}", f"q={NUMBER}", f"{FILTERS}&format=csv", "page_size=1000",
    "area=KEN", "area=TZA", "state=approved", "since=0", "latest=yes", "show=all", "revision=1",
    "series=SI_RMT_COST&period=2014&breakdown=_T",
)  # fmt: skip
LINK: Final = re.compile(rb'(?:href|src|action)="([^"]+)"')


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def crawl(client: Client, addresses: set[str]) -> tuple[set[str], list[str]]:
    """Ask each address, and each that an answer leads to; returns what was asked and where a canary was found."""
    waiting, asked, found = sorted(addresses), set[str](), []
    while waiting:
        address = waiting.pop()
        if address in asked:
            continue
        asked.add(address)
        response = client.get(address)
        said = body(response)
        text = said.decode(errors="replace").lower() + str(dict(response.headers)).lower()
        # What was asked for may be repeated; what was not must not be told.
        text = text.replace(f"q={WORD.lower()}", "").replace(f"q={NUMBER}", "")
        if f"q={WORD}" not in address and f"q={NUMBER}" not in address:
            found += [f"{address}: {canary}" for canary in CANARIES if canary in text]
        if response.status_code == 200 and "?" not in address:
            for link in LINK.findall(said):
                parts = urlsplit(link.decode(errors="replace").replace("&amp;", "&"))
                if not parts.netloc and parts.path.startswith("/") and not parts.path.startswith("/static/"):
                    waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return asked, found


@pytest.fixture
def client_of(world: dict[str, Any], db: None) -> Any:
    def made(who: str) -> Client:
        client = Client(raise_request_exception=True)
        if who != "anonymous":
            client.force_login(world[who])
        return client

    return made


@pytest.mark.parametrize("who", ["anonymous", "other"])
def test_no_public_address_tells_of_what_is_not_published(who: str, world: dict[str, Any], client_of: Any) -> None:
    addresses = {address for route in routes() for address in filled(route, world)}
    plain = {address for address in addresses if "/admin/" not in address}
    french = {f"/fr{path}" for path in plain if not path.startswith("/api") and not re.search(r"/\d+/", path)}
    asked, found = crawl(client_of(who), plain | (french if who == "anonymous" else set()))
    assert found == []
    assert {"/data/", "/api/v1/observations/", "/calendar/", "/calendar.ics", "/countries/KEN/history/"} <= asked
    assert len(asked) > 300


def test_no_query_of_a_public_address_opens_it(world: dict[str, Any], client_of: Any) -> None:
    client = client_of("anonymous")
    plain = {f"/{route}" for route in routes() if "<" not in route and "(" not in route and "admin" not in route}
    plain |= {f"/countries/{area}/{part}" for area in STATES for part in ("", "history/")}
    _asked, found = crawl(client, {f"{path}?{query}" for path in plain for query in QUERIES})
    assert found == []


def test_the_canary_is_found_by_those_who_may_see_it(world: dict[str, Any], client_of: Any) -> None:
    """The crawl would find it: the reviewer's page and the early reader's have it, and a search repeats what was asked."""
    embargoed = world["submissions"]["TZA"]
    page = f"/review/{embargoed.pk}/?show=all"
    assert crawl(client_of("desk"), {page})[1] != []
    assert NUMBER in body(client_of("reader").get(f"/early/{embargoed.pk}/")).decode()


def test_the_desk_is_not_shown_what_is_written_after_a_return(world: dict[str, Any], client_of: Any) -> None:
    returned = world["submissions"]["FRA"]
    page = body(client_of("desk").get(f"/review/{returned.pk}/?show=all")).decode()
    assert NUMBER in page
    assert "731.5908" not in page
    for area in ("KEN", "RWA"):
        assert client_of("desk").get(f"/review/{world['submissions'][area].pk}/").status_code == 404
