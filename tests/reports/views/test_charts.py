"""Images of charts and the map of every year: the page's own question, versions that last, flags obeyed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sdg_targets.models import MigrationProfile, Series
from tests.factories.catalogue import make_area, make_dataset, make_series
from tests.factories.observations import observe, row, write_rows

pytestmark = pytest.mark.django_db
PAGE = "/indicators/10.c.1/"


@pytest.fixture(autouse=True)
def series(settings: Any, tmp_path: Path) -> Series:
    settings.CHART_CACHE = tmp_path
    for code in ("KEN", "UGA", "FRA", "TUV", "BRA", "001"):
        make_area(code)
    make_dataset()
    made = make_series()
    MigrationProfile.objects.update(may_map=True, may_trend=True, may_rank=True, may_compare_countries=True)
    write_rows(
        [
            *(row("KEN", str(year), str(year - 2005)) for year in (2011, 2015, 2016)),
            *(row(area, "2016", str(n + 3)) for n, area in enumerate(("UGA", "FRA", "TUV", "BRA"))),
            *(row("001", str(year), "7") for year in (2015, 2016)),
        ]
    )
    return made


def addresses(client: Client, page: str = PAGE) -> list[str]:
    html = client.get(page).content.decode().replace("&amp;", "&")
    return re.findall(r'(?:src|href|srcset)="(/indicators/[^"]+\.(?:svg|png)[^"]*)"', html)


def test_every_image_that_the_page_names_is_there_for_ever(client: Client) -> None:
    found = addresses(client)
    assert {name for name in ("map", "lines", "spread") if any(f"/{name}." in a for a in found)} == {
        "map",
        "lines",
        "spread",
    }
    for address in found:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "immutable" in answer["Cache-Control"], address
        kind = "image/png" if ".png" in address else "image/svg+xml"
        assert answer["Content-Type"] == kind


def test_a_changed_figure_gives_the_image_another_address(client: Client) -> None:
    before = addresses(client)
    observe("KEN", "2016", "12.5")
    after = addresses(client)
    assert not {a for a in before if "/map." in a} & {a for a in after if "/map." in a}


def test_an_old_or_invented_version_shows_what_is_known_now_and_is_not_kept(client: Client) -> None:
    for version in ("0" * 20, "../../secret", ""):
        answer = client.get(f"{PAGE}map.svg", {"v": version})
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "public, max-age=300"


def test_a_kept_image_is_no_way_around_the_catalogue(client: Client) -> None:
    """Its version is known and its file is there; yet another indicator, or a flag taken away, is answered as always."""
    address = next(a for a in addresses(client) if "/map.svg" in a)
    assert client.get(address).status_code == 200
    assert client.get(address.replace("/10.c.1/", "/9.9.9/")).status_code == 404
    MigrationProfile.objects.update(may_map=False)
    assert client.get(address).status_code == 404


def test_a_figure_that_changed_is_not_shown_under_its_old_version(client: Client) -> None:
    address = next(a for a in addresses(client) if "/spread.svg" in a)
    before = client.get(address).content
    observe("KEN", "2016", "12.5")
    after = client.get(address)
    assert after.content != before
    assert after["Cache-Control"] == "public, max-age=300"


def test_a_file_to_take_away_says_its_title_its_source_and_whose_lines(client: Client, series: Series) -> None:
    drawn = client.get(f"{PAGE}map.svg").content.decode()
    assert str(series.name) in drawn and "Source: " in drawn
    assert "no opinion on the status of any area" in drawn
    assert client.get(f"{PAGE}map.png").content.startswith(b"\x89PNG")


def test_few_countries_are_bars_with_names_only_where_a_ranking_is_allowed(client: Client) -> None:
    assert ">Uganda<" in client.get(f"{PAGE}spread.svg").content.decode()
    MigrationProfile.objects.update(may_rank=False)
    assert ">Uganda<" not in client.get(f"{PAGE}spread.svg").content.decode()


def test_the_map_of_every_year_fills_no_year_from_another(client: Client) -> None:
    maps = json.loads(client.get(f"{PAGE}map-years.json").content)
    assert list(maps["periods"]) == ["2011", "2015", "2016"]
    assert set(maps["periods"]["2011"]) == {"KEN"} and set(maps["periods"]["2015"]) == {"KEN"}
    assert set(maps["periods"]["2016"]) == {"KEN", "UGA", "FRA", "TUV", "BRA"}
    assert "001" not in maps["names"], "an aggregate is not on the map"
    assert maps["spec"]["datasets"] == {"figures": []}
    places = {place for figures in maps["periods"].values() for place, _text in figures.values()}
    assert all(0 <= place < len(maps["labels"]) for place in places)


@pytest.mark.parametrize("path", ["map.svg", "map-years.json"])
def test_what_the_catalogue_forbids_has_no_address(client: Client, path: str) -> None:
    MigrationProfile.objects.update(may_map=False)
    assert client.get(PAGE + path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/indicators/9.9.9/map.svg",
        "/indicators/9.9.9/map-years.json",
        f"{PAGE}map.svg?series=NONE",
        f"{PAGE}map.svg?period=1850",
        f"{PAGE}map-years.json?series=NONE",
        f"{PAGE}pie.svg",
        f"{PAGE}map.gif",
    ],
)
def test_what_there_is_not_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_slider_stands_only_where_there_are_years_to_choose(client: Client) -> None:
    html = client.get(PAGE).content.decode()
    assert 'data-periods="2011 2015 2016"' in html
    assert "data-chart-years" not in client.get(PAGE, {"period": "2016"}).content.decode()
