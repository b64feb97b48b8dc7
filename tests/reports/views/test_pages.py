"""Every reading page with the shipped figures: in three languages, the right figures, and slips answered kindly."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from sdg_targets.models import Area, Dataset, Latest, MigrationProfile, Observation
from tests.factories import write_rows
from tests.factories.observations import row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
PAGES = [
    "/",
    "/goals/",
    "/goals/10/",
    "/targets/10.7/",
    "/targets/1.1/",
    "/indicators/",
    "/indicators/10.7.2/",
    "/indicators/10.c.1/?areas=KEN,UGA&period=2018",
    "/indicators/10.7.3/",
    "/indicators/8.8.2/",
    "/indicators/10.7.1/",
    "/indicators/1.1.1/",
    "/countries/",
    "/countries/KEN/",
    "/countries/VAT/",
    "/countries/ESH/",
    "/areas/001/",
    "/areas/LDC/",
    "/search/?q=remesas",
    "/about/",
    "/data/?area=KEN&series=SI_RMT_COST",
    "/sources/",
    "/releases/",
    "/releases/2020-10/?kind=withdrawn",
    "/coverage/",
    "/coverage/?group=LDC&state=not_yet",
    "/coverage/?indicator=10.7.2",
    "/coverage/?area=KEN&as_of=2019.Q3.G.01",
    "/coverage/?area=nowhere",
    "/sources/UNSD-SDG/",
    "/partners/",
    "/partners/iom/",
    "/indicators/10.7.2/?as_of=2019.Q3.G.01",
    "/countries/KEN/?as_of=1",
]


@pytest.fixture(autouse=True)
def charts(tmp_path_factory: Any, settings: Any) -> None:
    """Images are kept from test to test here, and nowhere else."""
    settings.CHART_CACHE = tmp_path_factory.getbasetemp() / "charts"


def get(path: str, client: Client | None = None) -> str:
    response = (client or Client()).get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


def test_every_page_answers_in_three_languages_with_one_heading_and_no_inline_code() -> None:
    for page in PAGES:
        for prefix in ("", "/fr", "/es"):
            html = get(prefix + page)
            assert f'<html lang="{prefix[1:] or "en"}"' in html
            assert html.count("<h1") == 1, page
            assert " style=" not in html and "<script>" not in html and "csrf" not in html, page


def test_public_pages_are_the_same_for_everybody(focal_point: Any, sign_in: Any) -> None:
    for page in ("/", "/countries/KEN/", "/indicators/10.c.1/"):
        assert get(page) == get(page, sign_in(focal_point))


def test_kenya_s_remittance_cost_is_one_number_everywhere() -> None:
    """The page, the indicator's table, the API and the database agree."""
    stored = Latest.objects.get(area__code="KEN", series__code="SI_RMT_COST").value
    assert stored == Decimal("8.4")
    assert "8.4%" in get("/countries/KEN/")
    table = get("/indicators/10.c.1/")
    row = next(part for part in table.split("<tr>") if "/areas/KEN/" in part)
    assert '<td class="number">8.4</td>' in row
    body = Client().get("/api/v1/observations/?series=SI_RMT_COST&area=KEN&period=2018").json()
    assert [r["value"] for r in body["data"]] == [8.4]
    assert "8,4" in get("/fr/countries/KEN/")


def test_counts_of_countries_state_their_denominator() -> None:
    home = get("/")
    assert "137 of 193 Member States have a value; 56 have none here." in home
    assert "104 of 193 Member States have a value" in get("/indicators/10.c.1/")


def test_not_asked_is_not_no_answer() -> None:
    page = get("/indicators/10.7.2/?period=2019")
    asked = Observation.objects.current().filter(series__code="SG_CPA_MIGRS", period__code="2019", breakdown__key="_T")
    assert asked.filter(value=None, value_text="N").count() == 50
    table = page[page.index("<table") :]
    assert table.count("Not asked") == 50
    assert "111 of 193 Member States have a value" in page


def test_what_may_not_be_done_is_not_done_and_says_why() -> None:
    unmapped = MigrationProfile.objects.get(indicator__code="8.8.2")
    page = get("/indicators/8.8.2/")
    assert "No map of this series" in page and unmapped.withheld_reason_en in page
    assert 'id="chart-map"' not in page and 'id="chart-spread"' not in page
    assert Client().get("/indicators/8.8.2/map.svg").status_code == 404
    trend = get("/indicators/10.7.3/")
    assert "No line over time for this series" in trend and 'id="chart-lines"' not in trend
    assert Client().get("/indicators/10.7.3/lines.svg").status_code == 404
    for code in ("10.7.3", "16.2.2", "8.8.1", "10.7.4"):
        notice = MigrationProfile.objects.get(indicator__code=code).notice_en
        assert notice and notice in get(f"/indicators/{code}/").replace("&#x27;", "'"), code


def test_a_past_state_is_read_by_release_and_says_so() -> None:
    now, then = get("/countries/KEN/"), get("/countries/KEN/?as_of=2019.Q2.G.01")
    assert "You are reading the figures as in release 2019.Q2.G.01." in then
    assert "You are reading" not in now
    assert "3.093%" in now and "3.093%" not in then


def test_a_year_shows_that_year_alone_and_never_fills_a_gap() -> None:
    page = get("/indicators/10.c.1/?period=2015")
    table = page[page.index('id="table"') :]
    years = set(re.findall(r'<td class="nowrap">(\d{4})</td>', table))
    assert years == {"2015"}
    expected = (
        Observation.objects.current()
        .filter(series__code="SI_RMT_COST", period__code="2015", area__status="member")
        .count()
    )
    assert f"{expected} of 193 Member States" in page


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/targets/99.9/", "Codes look like 10.7 or 10.c"),
        ("/goals/18/", "numbered from 1 to 17"),
        ("/indicators/10.7.99/", "Codes look like 10.7.2"),
        ("/countries/XXX/", "three letters"),
        ("/areas/nowhere/", "no area with the code"),
        ("/sources/nobody/", "no source with the code"),
        ("/partners/nobody/", "no organisation"),
        ("/indicators/10.c.1/?period=1815", "2011 to 2018"),
        ("/indicators/10.c.1/?series=VC_HTF_DETV", "no series of this indicator"),
        ("/countries/KEN/?as_of=someday", "is no date"),
        ("/indicators/10.c.1/?as_of=777", "no revision 777"),
    ],
)
def test_a_slip_is_answered_with_what_would_be_right(path: str, said: str) -> None:
    response = Client().get(path)
    assert response.status_code == 404
    assert said in response.content.decode()


def test_an_address_that_is_none_speaks_to_people() -> None:
    response = Client().get("/nothing/")
    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()
    assert "Resolver404" not in response.content.decode()


def test_a_code_in_small_letters_leads_to_the_page() -> None:
    assert Client().get("/countries/ken/")["Location"] == "/countries/KEN/"
    assert Client().get("/areas/KEN/")["Location"] == "/countries/KEN/"


def test_unknown_codes_in_a_list_are_named_and_the_rest_is_shown() -> None:
    page = get("/indicators/10.c.1/?areas=KEN,ZZZ")
    assert "No area has the code ZZZ." in page and 'id="chart-lines"' in page


def test_the_data_page_says_its_query_drops_what_is_no_filter_and_names_mistakes() -> None:
    page = get("/data/?area=KEN,UGA&series=SI_RMT_COST&year_from=2015&year_to=2018&colour=blue")
    assert "Remittance costs as a proportion of the amount remitted (%), for Kenya, Uganda, 2015 to 2018." in page
    assert "Not a filter here, and left out: colour." in page
    wrong = get("/data/?area=ZZZ")
    assert "There is a problem" in wrong and 'href="#id_area"' in wrong and "Not known: ZZZ." in wrong
    assert "No figure fits these filters" in get("/data/?area=KEN&year_from=2099")
    assert "is no date" in get("/data/?as_of=someday")


def test_the_data_page_and_the_api_find_the_same_rows() -> None:
    query = "area=KEN&indicator=10.c.1,17.3.2&year_from=2010&value=present"
    page = get(f"/data/?{query}")
    body = Client().get(f"/api/v1/observations/?{query}&page_size=5000").json()
    assert page.count("<tr>") - 1 == len(body["data"]) > 5


def test_pages_of_the_data_list_meet() -> None:
    first = get("/data/?series=BX_TRF_PWKR")
    following = re.search(r'rel="next" href="(\?[^"]+)"', first)
    assert following
    second = get("/data/" + following[1].replace("&amp;", "&"))
    row = re.compile(r'/areas/(\w+)/">[^<]+</a></th>\s*<td class="nowrap">([^<]+)<')
    rows = [row.findall(page) for page in (first, second)]
    assert [len(r) for r in rows] == [50, 50] and not set(rows[0]) & set(rows[1])


def test_search_forgives_accents_and_speaks_three_languages() -> None:
    assert "/areas/CIV/" in get("/search/?q=cote d'ivoire")
    assert "/areas/DEU/" in get("/search/?q=allemagne") and "/areas/DEU/" in get("/search/?q=ALEMANIA")
    assert "/indicators/10.c.1/" in get("/search/?q=envois de fonds") and "/partners/iom/" in get(
        "/search/?q=IOM migraciones"
    )
    assert "Nothing found for" in get("/search/?q=xyzzy")
    assert "Search" in get("/search/")


def test_charts_are_files_in_every_form() -> None:
    for path in (
        "map.svg?plain=1",
        "map.svg",
        "map.png",
        "lines.svg?areas=KEN,UGA",
        "spread.svg?theme=dark&plain=1&narrow=1",
    ):
        response = Client().get(f"/indicators/10.c.1/{path}")
        assert response.status_code == 200, path
        kind = "image/png" if ".png" in path else "image/svg+xml"
        assert response["Content-Type"] == kind
    full = Client().get("/indicators/10.c.1/map.svg").content.decode()
    assert "Boundaries and names imply no opinion" in full and "Source:" in full


def test_a_region_s_page_has_what_its_publisher_gives() -> None:
    page = get("/areas/001/")
    assert "World has figures for" in page and "6.9%" in page


def test_every_area_with_a_page_has_one_that_answers() -> None:
    for area in Area.objects.with_page().order_by("?")[:12]:
        assert str(area.name_en).split("(")[0].strip()[:10] in get(f"/countries/{area.iso3}/").replace("&#x27;", "'")


def test_related_figures_are_named_where_they_are_loaded_with_their_years_and_a_way_to_them() -> None:
    path = "/indicators/10.7.2/"
    assert "Related figures" not in get(path)
    write_rows(
        [row("KEN", "2005/2017", "4.5", series="WHR_HAPPINESS", breakdown="MIGRATORY_STATUS=MS_MIGRANT")],
        dataset=Dataset.objects.get(code="WHR-2018"),
    )
    text = get(path)
    assert "Related figures from other sources" in text and "2005–2017" in text
    assert "/data/?series=WHR_HAPPINESS&amp;dataset=WHR-2018" in text
    assert "Related figures" not in get("/indicators/10.7.3/")
    assert "2005 to 2017" in get("/sources/") and "2005–2017" in get("/sources/WHR-2018/")


def test_many_related_series_are_folded_after_the_first_few() -> None:
    rows = [
        row("KEN", "2015", "4", series=code, breakdown=breakdown)
        for code, breakdown in (
            ("UNHCR_REFUGEES", "COUNTERPART_AREA=_U"),
            ("UNHCR_ASYLUM_SEEKERS", "COUNTERPART_AREA=XXA"),
            ("UNHCR_OTHER_IN_NEED", "COUNTERPART_AREA=TIB"),
            ("UNHCR_STATELESS", "COUNTERPART_AREA=SYR"),
            ("UNHCR_RESETTLEMENT", "COUNTERPART_AREA=SYR"),
            ("UNHCR_IDPS", "_T"),
        )
    ]
    write_rows(rows, dataset=Dataset.objects.get(code="UNHCR"))
    assert "<summary>1 more</summary>" in get("/indicators/10.7.4/"), "stateless people are beside 16.9.1"
    assert "UNHCR_STATELESS" in get("/indicators/16.9.1/")
    assert "UNHCR_IDPS" in get("/search/?q=internally%20displaced")
