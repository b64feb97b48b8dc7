"""Two publications of one series, one after the other: the publishers' own files, and a small twin of both in their formats.

The raw values are read here and not by the product, so that tests compare two readings.
"""

import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from sdg_targets.actions.imports import Options, import_file
from sdg_targets.domain.changes import ChangeKind
from sdg_targets.models import Dataset, Import, ImportState, Release

SERIES = "BX_TRF_PWKR"
Q2 = "data/un-sdg-2019/2019.Q2.G.01/long-json/Indicator_17.3.2_Series_BX_TRF_PWKR.json.gz"
SNAPSHOT = "data/un-sdg-ddf-2020-10/ddf--datapoints--bx_trf_pwkr--by--geo_area--nature--units--year.csv"
#: An area's M49 code and a year.
Values = dict[tuple[int, int], Decimal]


@dataclass(frozen=True)
class Publications:
    """The raw values of both files, read here and not by the product, and what the product did with them."""

    before: Values
    after: Values
    first: Import
    second: Import

    def in_both(self) -> Iterator[tuple[Decimal, Decimal]]:
        for key in self.before.keys() & self.after.keys():
            yield self.before[key], self.after[key]

    @property
    def kinds(self) -> Counter[str]:
        """How many values are new, gone, the same figure in more or fewer digits, or another figure."""
        counts = Counter(kind_of(*pair) for pair in self.in_both() if pair[0] != pair[1])
        counts[ChangeKind.NEW] = len(self.after.keys() - self.before.keys())
        counts[ChangeKind.WITHDRAWN] = len(self.before.keys() - self.after.keys())
        return counts


def kind_of(one: Decimal, other: Decimal) -> ChangeKind:
    decimals = min(max(0, -int(v.normalize().as_tuple().exponent)) for v in (one, other))
    step = Decimal(1).scaleb(-decimals)
    same = one.quantize(step, ROUND_HALF_UP) == other.quantize(step, ROUND_HALF_UP)
    return ChangeKind.PRECISION if same else ChangeKind.REVISED


def raw_long(path: Path) -> Values:
    areas = json.loads(gzip.decompress(path.read_bytes()))["refAreas"]
    return {
        (int(area["geoAreaCode"]), int(cell["timePeriod"])): Decimal(cell["value_detail"])
        for area in areas
        for cell in area["data"]
    }


def raw_snapshot(path: Path) -> Values:
    with path.open(encoding="utf-8", newline="") as stream:
        return {(int(r["geo_area"]), int(r["year"])): Decimal(r[SERIES.lower()]) for r in csv.DictReader(stream)}


def publish(older: Path, newer: Path) -> Publications:
    """Import both, the newer as all there is of its series, and name both moments."""
    dataset = Dataset.objects.get(code="UNSD-SDG")
    first = import_file(older, dataset=dataset, by=None)
    second = import_file(newer, dataset=dataset, by=None, options=Options(complete=True))
    assert (first.state, second.state) == (ImportState.APPLIED, ImportState.APPLIED)
    for made in (first, second):
        Release.objects.create(name=made.vintage, revision=made.revision)
    return Publications(raw_long(older), raw_snapshot(newer), first, second)


def twin(folder: Path) -> tuple[Path, Path]:
    """Two files in the publishers' formats, with a figure of each kind of change."""
    before = {404: {2010: "5", 2011: "2.40221", 2012: "7.0", 2013: "1"}, 800: {2010: "3.5"}}
    after = "404,2010,5.06 404,2011,2.4022124 404,2012,7 800,2010,3.4 250,2010,0.7"
    cells = {"natureCode": "CA", "unitsCode": "PERCENT", "reportingTypeCode": "G", "source": "", "footnotes": ""}
    areas = [
        {
            "geoAreaCode": str(code),
            "data": [{"timePeriod": year, "value_detail": value, **cells} for year, value in values.items()],
        }
        for code, values in before.items()
    ]
    older, newer = folder / "older.json.gz", folder / "newer.csv"
    content = {"seriesCode": SERIES, "release": "2019.Q2.G.01", "refAreas": areas}
    older.write_bytes(gzip.compress(json.dumps(content).encode()))
    rows = [dict(zip(("geo_area", "year", "value"), row.split(","), strict=True)) for row in after.split()]
    lines = [f"{r['geo_area']},ca,percent,{r['year']},{r['value']}" for r in rows]
    newer.write_text("\n".join([f"geo_area,nature,units,year,{SERIES.lower()}", *lines]) + "\n")
    return older, newer
