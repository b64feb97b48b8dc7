"""The release calendar: what will be published when, and what was. Never a value, and nothing of what has no set time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sdg_targets.domain.workflow import State
from sdg_targets.models import Area, Release, Revision, Submission

#: How many past publications the page shows.
MOST_PAST: Final = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One publication: when, of which country and round, or of which named release; ``note`` only of what is published."""

    at: datetime
    area: Area | None = None
    round_name: str = ""
    release: str = ""
    note: str = ""
    revision: int | None = None
    key: str = ""

    @property
    def title(self) -> str:
        return f"{self.area.name}: {self.round_name}" if self.area else self.release


def coming() -> list[Entry]:
    """Publications with a set time, the next first; two queries."""
    dated = Submission.objects.filter(state=State.APPROVED, publish_at__isnull=False).with_names()
    releases = Release.objects.filter(revision=None, due_at__isnull=False)
    found = [
        Entry(row.publish_at, row.area, str(row.round.name), key=f"submission-{row.pk}")
        for row in dated
        if row.publish_at
    ]
    found += [Entry(row.due_at, release=row.name, key=f"release-{row.pk}") for row in releases if row.due_at]
    return sorted(found, key=lambda entry: (entry.at, entry.key))


def past() -> list[Entry]:
    """What was published, the newest first, at most so many; the notes of the desk stand with them."""
    rows = Submission.objects.filter(state=State.PUBLISHED, revision__isnull=False).with_names()
    releases = Release.objects.published().select_related("revision").order_by("-due_at", "-created_at")
    found = [_published(row, row.revision) for row in rows.order_by("-revision__made_at")[:MOST_PAST] if row.revision]
    found += [
        Entry(row.published_at, release=row.name, note=row.note, revision=row.revision_id, key=f"release-{row.pk}")
        for row in releases[:MOST_PAST]
    ]
    return sorted(found, key=lambda entry: (entry.at, entry.key), reverse=True)[:MOST_PAST]


def _published(row: Submission, revision: Revision) -> Entry:
    return Entry(
        at=revision.made_at,
        area=row.area,
        round_name=str(row.round.name),
        note=row.publish_note,
        revision=revision.number,
        key=f"submission-{row.pk}",
    )
