"""The shipped mappings as a reader gets them, without a database."""

from sdg_targets.formats.mapping import CodeMaps
from sdg_targets.formats.shipped_csv import DATA, read_rows


def shipped_codes(provider: str) -> CodeMaps:
    """What the product maps for one provider, and the ISO codes of its areas."""
    maps: dict[str, dict[str, str]] = {}
    for row in read_rows(DATA / "mappings.csv"):
        if row["provider"] == provider:
            maps.setdefault(row["concept"], {})[row["given"]] = row["code"]
    iso3 = frozenset(row["iso3"] for row in read_rows(DATA / "areas.csv") if row["iso3"])
    return CodeMaps(maps, {"iso3": iso3})
