"""Whatever is asked of the API is answered or refused as a problem: no address, parameter or header makes it fail."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partners.filtersets import OrganisationFilterSet
from partners.models import Organisation
from sdg_targets.filtersets import (
    AreaFilterSet,
    DatasetFilterSet,
    IndicatorFilterSet,
    ObservationFilterSet,
    SeriesFilterSet,
    TargetFilterSet,
)
from sdg_targets.models import Release, Revision
from tests.factories import make_catalogue, observe

pytestmark = pytest.mark.django_db
LISTS: dict[str, list[str]] = {
    "goals": [],
    "targets": list(TargetFilterSet.base_filters),
    "indicators": list(IndicatorFilterSet.base_filters),
    "series": list(SeriesFilterSet.base_filters),
    "areas": list(AreaFilterSet.base_filters),
    "sources": list(DatasetFilterSet.base_filters),
    "releases": [],
    "partners": list(OrganisationFilterSet.base_filters),
    "observations": [*ObservationFilterSet.base_filters, "as_of"],
}
OWN = ["format", "cursor", "page_size"]
good = st.sampled_from(
    ["", "10", "10.c", "10.c.1", "KEN", "KEN,UGA", "001", "SI_RMT_COST", "UNSD-SDG", "2015", "_T", "SEX=F", "F", "A", "C", "yes",
     "no", "json", "1", "2026-11-24", "first", "country", "custodian", "present", "world", "G"]
)  # fmt: skip
odd = st.text(st.characters(exclude_categories=("Cs",)), max_size=30) | st.sampled_from(
    [
        "\0",
        "%00",
        "9" * 400,
        "-1",
        "1e9",
        "0",
        "٣",
        "null",
        "[]",
        "{}",
        "'",
        '"',
        "\\",
        "%",
        "_",
        "W10",
        "WzFd",
        "a" * 3000,
        ",",
    ]
)
conditions = ["if-none-match", "if-modified-since", "if-match", "if-unmodified-since"]
headers = st.dictionaries(
    st.sampled_from(["accept", "accept-language", "range", "accept-encoding", *conditions]),
    st.sampled_from(
        ["", "*", "*/*", "text/csv", "application/json;q=0", "fr", "es-MX,en;q=0.5", "zz", '"x"', 'W/"x"', "yesterday", "gzip",
         "bytes=0-1", "Tue, 24 Nov 2099 00:00:00 GMT", ";", "a/b;c"]
    ),
)  # fmt: skip
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def figures() -> None:
    make_catalogue()
    observe("KEN", "2015", "6.20", breakdown="SEX=F")
    Release.objects.create(name="first", revision=Revision.objects.get())
    Organisation.objects.create(slug="ilo", name_en="ILO", kind="un_agency")


def answered(response: Any, asked: object) -> None:
    if getattr(response, "streaming", False):
        assert response.status_code == 200, asked
        return
    assert response.status_code in (200, 301, 304, 400, 404, 405, 406, 412), (asked, response.content)
    assert response["Access-Control-Allow-Origin"] == "*", asked
    if response.status_code >= 400:
        assert response["Content-Type"] == "application/problem+json", asked
        if response.request["REQUEST_METHOD"] == "HEAD" or "Content-Encoding" in response:
            return
        body = response.json()
        assert body["status"] == response.status_code and body["detail"], asked


@QUIET
@given(st.data())
def test_any_query_of_any_list(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(LISTS)))
    known = st.sampled_from([*LISTS[name], *OWN])
    pairs = data.draw(st.lists(st.tuples(known | odd, good | odd), max_size=4))
    query = "&".join(f"{quote(key)}={quote(value)}" for key, value in pairs)
    sent = data.draw(headers)
    response = Client().generic("GET", f"/api/v1/{name}/?{query}", headers=sent)
    answered(response, (name, pairs, sent))


@QUIET
@given(
    st.sampled_from([*LISTS, "", "schema", "docs", "nothing"]),
    odd,
    st.sampled_from(["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE", "PROPFIND"]),
)
def test_any_address_and_method(name: str, code: str, method: str) -> None:
    for path in (f"/api/v1/{name}/{quote(code, safe='')}/", f"/api/v1/{name}{quote(code)}", f"/api/{quote(code)}"):
        answered(Client().generic(method, path), (method, path))


@QUIET
@given(
    st.lists(st.tuples(good | odd, good | odd), max_size=3), st.sampled_from(["data", "partners", "sources", "search"])
)
def test_any_query_of_a_page(pairs: list[tuple[str, str]], page: str) -> None:
    known = ["area", "series", "as_of", "cursor", "year_from", "breakdown", "q", "kind", "indicator", "sex", "latest"]
    query = "&".join(f"{known[len(key) % len(known)]}={quote(value)}" for key, value in pairs)
    assert Client().get(f"/{page}/?{query}").status_code in (200, 400), query
