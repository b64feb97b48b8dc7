"""Everything ever known of one observation, version by version."""

from dataclasses import dataclass
from datetime import datetime

from sdg_targets.models import Observation, Revision


@dataclass(frozen=True, slots=True)
class Version:
    """One version: the row, the revision that brought it, and the revision that replaced it (``None``: it stands)."""

    row: Observation
    since: Revision | None
    until: Revision | None

    @property
    def printed(self) -> str:
        """The value with every digit it was published with; a dash where there is none."""
        return self.row.value_text or ("–" if self.row.value is None else f"{self.row.value:f}")

    @property
    def vintage(self) -> str:
        """The provider's own label of the publication, where it came by an import."""
        return self.row.imported.vintage if self.row.imported else ""

    @property
    def known_since(self) -> datetime | None:
        return self.since.made_at if self.since else None


def history_of(observation: Observation) -> tuple[Version, ...]:
    """Every version of an observation, newest first, in two queries."""
    rows = list(
        Observation.objects.versions_of(observation).select_related(
            "imported", "imported__by", "source", "footnote", "unit", "series", "period"
        )
    )
    numbers = {row.known_from for row in rows} | {row.known_to for row in rows if not row.is_current}
    revisions = Revision.objects.select_related("by", "undoes").in_bulk(numbers)
    return tuple(Version(row, revisions.get(row.known_from), revisions.get(row.known_to)) for row in reversed(rows))


def revisions_between(since: int, until: int, *, most: int = 50) -> tuple[list[Revision], int]:
    """The revisions after one and up to another, newest first, at most so many; and how many there are. Two queries."""
    found = Revision.objects.filter(number__gt=since, number__lte=until).select_related("undoes")
    return list(found[:most]), found.count()
