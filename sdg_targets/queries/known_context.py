"""Which moment of knowledge a reader asks for: now, a day, a revision or a release."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from sdg_targets.models import Release, Revision


class UnknownMoment(ValueError):  # noqa: N818 - a reader's slip, answered with a sentence
    """An ``as_of`` that is no date, revision or release; the message says what would be."""


@dataclass(frozen=True, slots=True)
class KnownContext:
    """A moment of knowledge. ``revision`` is what ``known_at`` takes: ``None`` is now; 0 is before anything was known."""

    asked: str
    revision: int | None
    made_at: datetime | None
    label: str
    newest: int = 0

    @property
    def is_now(self) -> bool:
        return self.revision is None

    @property
    def number(self) -> int:
        """The revision that is read: of the present the newest, 0 where nothing is known."""
        return self.newest if self.revision is None else self.revision


def known_now() -> KnownContext:
    """What is believed at present, with the newest revision's time."""
    newest = Revision.objects.order_by("-number").first()
    return known_since(newest.made_at if newest else None, newest=newest.number if newest else 0)


def known_since(made_at: datetime | None, *, newest: int = 0) -> KnownContext:
    """What is believed at present, for who has read already when the newest revision was made."""
    return KnownContext("", None, made_at, _("now"), newest)


def known_context(as_of: str | None) -> KnownContext:
    """Read ``as_of``: blank is now; ``2020-10-31`` is the end of that day (UTC); ``12`` a revision; else a release.

    Revision 0 is before anything was known.

    A name that is a release's is read as the release before anything else. Errors: ``UnknownMoment``.
    """
    asked = (as_of or "").strip()
    if not asked:
        return known_now()
    release = release_named(asked)
    if release is not None:
        return _as_in(release)
    revision = _revision(asked)
    if revision is None:
        return KnownContext(asked, 0, None, _("before anything was known"))
    label = _("as known on %(day)s, revision %(number)s") % {
        "day": revision.made_at.date().isoformat(),
        "number": revision.number,
    }
    return KnownContext(asked, revision.number, revision.made_at, label)


def release_named(name: str) -> Release | None:
    """The release of this name, ``None`` where there is none. Errors: ``UnknownMoment`` before its time has come."""
    releases = Release.objects.select_related("revision").filter(name=name)
    found = releases.first()
    if found is not None and found.revision_id is None:
        found = releases.published().first()
        if found is None:
            due = releases.values_list("due_at", flat=True)[0]
            raise UnknownMoment(
                _("Release %(name)s is due on %(due)s (UTC) and cannot be read before.")
                % {"name": name, "due": f"{due:%Y-%m-%d %H:%M}"}
            )
    return found


def known_before(release: Release) -> KnownContext:
    """The moment that a release is set against: the release before it, else before anything was known."""
    before = Release.objects.filter(revision__lt=release.revision_id).select_related("revision").first()
    if before is None:
        return KnownContext("", 0, None, _("before anything was known"))
    return _as_in(before)


def _as_in(release: Release) -> KnownContext:
    label = _("as in release %(name)s") % {"name": release.name}
    made_at = release.revision.made_at if release.revision else None
    return KnownContext(release.name, release.revision_id, made_at, label)


def _revision(asked: str) -> Revision | None:
    if asked.isascii() and asked.isdigit() and len(asked) <= 9:
        if int(asked) == 0:
            return None
        found = Revision.objects.filter(number=int(asked)).first()
        if found is None:
            raise UnknownMoment(_("There is no revision %(asked)s.") % {"asked": asked})
        return found
    try:
        day = min(date.fromisoformat(asked), date.max - timedelta(days=1))
    except ValueError as error:
        raise UnknownMoment(
            _("“%(asked)s” is no date (2020-10-31), revision number or release name.") % {"asked": asked[:60]}
        ) from error
    return Revision.objects.made_by_end_of(day).order_by("-number").first()
