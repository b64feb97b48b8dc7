"""One release in four spellings: the long form, the download in two encodings, and the API's pages are the same figures."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sdg_targets.actions.imports import Options, import_file
from sdg_targets.models import Dataset, Import, ImportState

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LONG = "data/un-sdg-2019/2019.Q3.G.01/long-json/Indicator_{}.json.gz"
NAMES = (
    "8.8.1_Series_SL_EMP_FTLINJUR",
    "10.7.2_Series_SG_CPA_MIGR",
    "16.2.2_Series_VC_HTF_DETV",
    "16.9.1_Series_SG_REG_BRTH",
    "17.18.2_Series_SG_STT_FPOS",
)
#: Dimensions as the long form and as download and API name them.
DIMENSIONS = {
    "sexCode": "Sex",
    "ageCode": "Age",
    "migratoryStatusCode": "Migratory status",
    "policyDomainsCode": "Policy Domains",
}
#: Codes as download and API have written them.
OLDER = {
    "PT": "PERCENT", "_X": "NA", "F": "FEMALE", "M": "MALE", "Y0T4": "<5Y", "Y0": "<1Y", "Y0T17": "<18Y", "Y_GE18": "18+",
    "MS_MIGRANT": "MIGPER", "MS_NOMIGRANT": "NONMIG", "Y0T5": "<6Y", "Y0T7": "<8Y",
}  # fmt: skip


def older(code: str) -> str:
    return OLDER.get(code, code)


def figures(path: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, str]]]:
    """The series, the area's code and cell, and its dimensions by their newer names; codes as they were spelled."""
    document = json.loads(gzip.decompress(path.read_bytes()))
    for area in document["refAreas"]:
        for cell in area["data"]:
            dimensions = {name: older(cell[key]) for key, name in DIMENSIONS.items() if cell.get(key)}
            yield {"series": document["seriesCode"], "area": area["geoAreaCode"].lstrip("0")}, cell, dimensions


def as_download(path: Path) -> str:
    made = io.StringIO()
    names = [
        "SeriesCode", "GeoAreaCode", "TimePeriod", "Value", "Time_Detail", "UpperBound", "LowerBound", "BasePeriod",
        "Source", "FootNote", "[Nature]", "[Units]", "[Reporting Type]", *(f"[{name}]" for name in DIMENSIONS.values()),
    ]  # fmt: skip
    writer = csv.DictWriter(made, names, restval="")
    writer.writeheader()
    for of, cell, dimensions in figures(path):
        writer.writerow(
            {
                "SeriesCode": of["series"], "GeoAreaCode": of["area"], "TimePeriod": cell["timePeriod"],
                "Value": cell["value_detail"], "Time_Detail": cell["timeDetail"], "UpperBound": cell["upperBound"],
                "LowerBound": cell["lowerBound"], "BasePeriod": cell["basePeriod"], "Source": cell["source"],
                "FootNote": cell["footnotes"], "[Nature]": older(cell["natureCode"]),
                "[Units]": older(cell["unitsCode"]), "[Reporting Type]": "G",
                **{f"[{name}]": code for name, code in dimensions.items()},
            }
        )  # fmt: skip
    return made.getvalue()


def as_pages(path: Path) -> bytes:
    data = [
        {
            "series": of["series"], "geoAreaCode": of["area"], "timePeriodStart": float(cell["timePeriod"]),
            "value": cell["value_detail"], "time_detail": cell["timeDetail"], "upperBound": cell["upperBound"],
            "lowerBound": cell["lowerBound"], "basePeriod": cell["basePeriod"], "source": cell["source"],
            "footnotes": [cell["footnotes"] or ""],
            "attributes": {"Nature": older(cell["natureCode"]), "Units": older(cell["unitsCode"])},
            "dimensions": {**dimensions, "Reporting Type": "G"},
        }
        for of, cell, dimensions in figures(path)
    ]  # fmt: skip
    size = 500
    pages = [data[first : first + size] for first in range(0, len(data), size)]
    return b"\n".join(
        json.dumps(
            {"totalElements": len(data), "totalPages": len(pages), "pageNumber": number, "size": size, "data": page}
        ).encode()
        for number, page in enumerate(pages, start=1)
    )


def taken(path: Path) -> Import:
    options = Options(vintage="2019.Q3.G.01")
    return import_file(path, dataset=Dataset.objects.get(code="UNSD-SDG"), by=None, options=options)


@pytest.mark.parametrize("name", NAMES)
def test_a_release_in_another_spelling_changes_nothing(
    name: str, shipped_catalogue: None, shared: Path, tmp_path: Path
) -> None:
    first = taken(shared / LONG.format(name))
    download = as_download(shared / LONG.format(name))
    spellings = {
        "download.csv": (download.encode(), "unsd-download-csv"),
        "windows.csv": (
            download.encode("cp1252", "replace"),
            "unsd-download-csv" if download.isascii() else "unsd-download-csv (cp1252)",
        ),
        "pages.jsonl": (as_pages(shared / LONG.format(name)), "unsd-api"),
    }
    for file, (content, format_of_it) in spellings.items():
        (tmp_path / file).write_bytes(content)
        again = taken(tmp_path / file)
        assert (again.format, again.refused, again.problem) == (format_of_it, 0, ""), file
        assert (again.state, again.new, again.revised) == (ImportState.UNCHANGED, 0, 0), file
        assert again.unchanged == first.new > 0
