"""What a country proposes besides figures, and what the reviewers decide: series of its own, and its metadata.

Nobody decides on a proposal of one's own, and a proposal is never changed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sdg_targets.domain.metadata import FIELDS
from sdg_targets.domain.roles import Permission
from sdg_targets.models import (
    Area,
    Decision,
    Dimension,
    Indicator,
    Metadata,
    MetadataProposal,
    Series,
    SeriesProposal,
    Target,
    Unit,
)
from sdg_targets.permissions import require

from .metadata import LONGEST
from .submissions import national_dataset

AnyProposal = TypeVar("AnyProposal", SeriesProposal, MetadataProposal)
_CODE: Final = re.compile(r"[A-Z][A-Z0-9_]{1,19}")
#: What is said of texts that a country's team entered.
OF_THE_COUNTRY: Final = "Entered by the country’s team and reviewed"


class ProposalRefused(ValueError):  # noqa: N818 - a sentence for the person who asked
    """The proposal cannot be made or decided; the message says why, ``field`` of what it speaks."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class OwnSeries:
    """What a country says of a series of its own."""

    code: str
    name_en: str
    name_fr: str
    name_es: str
    definition: str
    language: str
    target: Target
    unit: Unit
    kind: str
    dimensions: Sequence[Dimension] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@transaction.atomic
def propose_series(*, area: Area, said: OwnSeries, by: Any) -> SeriesProposal:
    """Propose a series of one's own. Errors: ``PermissionDenied``; ``ProposalRefused`` where something is missing or taken."""
    require(by, Permission.ENTER_DATA, area=area)
    if not _CODE.fullmatch(said.code):
        raise ProposalRefused(
            _("Write capital letters, digits and underscores, beginning with a letter."), field="code"
        )
    if not (said.name_en.strip() or said.name_fr.strip() or said.name_es.strip()):
        raise ProposalRefused(_("Give it a name in at least one of the languages."), field="name_en")
    if not said.definition.strip():
        raise ProposalRefused(_("Say what is measured, of whom, and how."), field="definition")
    if said.minimum is not None and said.maximum is not None and said.minimum > said.maximum:
        raise ProposalRefused(_("The lowest possible value is above the highest."), field="minimum")
    _require_free(area, said.code)
    made = SeriesProposal.objects.create(
        area=area,
        by=by,
        code=said.code,
        # A name in one language stands for those that are missing, and says so by being the same.
        name_en=said.name_en.strip() or said.name_fr.strip() or said.name_es.strip(),
        name_fr=said.name_fr.strip(),
        name_es=said.name_es.strip(),
        definition=said.definition.strip(),
        language=said.language,
        target=said.target,
        unit=said.unit,
        kind=said.kind,
        minimum=said.minimum,
        maximum=said.maximum,
    )
    made.dimensions.set(said.dimensions)
    return made


def _require_free(area: Area, code: str) -> None:
    waiting = SeriesProposal.objects.filter(decision=Decision.WAITING, area=area, code=code)
    if waiting.exists() or Series.objects.filter(code=f"{area.code}_{code}").exists():
        raise ProposalRefused(_("There is a series with this code already."), field="code")


@transaction.atomic
def propose_text(
    *, area: Area, indicator: Indicator, field: str, language: str, text: str, by: Any
) -> MetadataProposal | None:
    """Propose what a country says of its figures in one field; ``None`` where it says so already.

    A proposal that still waits is taken back for the new one. Errors: ``PermissionDenied``, ``ProposalRefused``.
    """
    require(by, Permission.ENTER_DATA, area=area)
    said = text.replace("\0", "").strip()
    if field not in FIELDS or language not in ("en", "fr", "es"):
        raise ProposalRefused(_("There is no such field."), field=field)
    if not said or len(said) > LONGEST:
        raise ProposalRefused(_("Write a text."), field=field)
    standing = MetadataProposal.objects.select_for_update().filter(decision=Decision.WAITING, area=area,
        indicator=indicator, field=field, language=language
    )  # fmt: skip
    for earlier in standing:
        if earlier.text == said:
            return None
        _decide(earlier, Decision.TAKEN_BACK, by, _("Replaced by a newer text."))
    dataset = national_dataset(area)
    current = Metadata.objects.filter(dataset=dataset, indicator=indicator, field=field, language=language).first()
    if current is not None and current.text == said:
        return None
    return MetadataProposal.objects.create(
        area=area, indicator=indicator, field=field, language=language, text=said, by=by
    )


@transaction.atomic
def confirm_metadata(*, area: Area, indicator: Indicator, language: str, by: Any) -> MetadataProposal | None:
    """Say in one step that all that stands is still right: "last reviewed" becomes today. Errors: as ``propose_text``."""
    today = timezone.localdate().isoformat()
    return propose_text(area=area, indicator=indicator, field="reviewed", language=language, text=today, by=by)


@transaction.atomic
def take_back(*, proposal: AnyProposal, by: Any) -> AnyProposal:
    """Take a proposal back that was not decided yet. Errors: ``PermissionDenied``, ``ProposalRefused``."""
    now = _waiting(proposal)
    require(by, Permission.ENTER_DATA, area=now.area)
    return _decide(now, Decision.TAKEN_BACK, by, "")


@transaction.atomic
def return_proposal(*, proposal: AnyProposal, by: Any, note: str) -> AnyProposal:
    """Return a proposal with the reason. Errors: ``PermissionDenied``, ``ProposalRefused``."""
    now = _waiting(proposal)
    _require_reviewer(now, by)
    if not note.strip():
        raise ProposalRefused(_("Say why, so that the others know what to do."), field="note")
    return _decide(now, Decision.RETURNED, by, note.strip())


@transaction.atomic
def accept_series(*, proposal: SeriesProposal, by: Any, note: str = "") -> Series:
    """Make the series that a country proposed: from then on it can enter figures of it. Errors: as ``return_proposal``."""
    now = _waiting(proposal)
    _require_reviewer(now, by)
    if Series.objects.filter(code=now.full_code).exists():
        raise ProposalRefused(_("There is a series with this code already."), field="code")
    made = Series.objects.create(
        code=now.full_code,
        name_en=now.name_en,
        name_fr=now.name_fr,
        name_es=now.name_es,
        unit=now.unit,
        kind=now.kind,
        headline=["_T"],
        minimum=now.minimum,
        maximum=now.maximum,
        owner=now.area,
        target=now.target,
        note=now.definition,
    )
    made.dimensions.set(now.dimensions.all())
    now.series = made
    _decide(now, Decision.ACCEPTED, by, note.strip())
    return made


@transaction.atomic
def accept_text(*, proposal: MetadataProposal, by: Any, note: str = "") -> Metadata:
    """Let a text stand in the country's metadata. Errors: as ``return_proposal``."""
    now = _waiting(proposal)
    _require_reviewer(now, by)
    made, _new = Metadata.objects.update_or_create(
        dataset=national_dataset(now.area),
        indicator=now.indicator,
        field=now.field,
        language=now.language,
        defaults={"text": now.text, "source": OF_THE_COUNTRY, "imported": None},
    )
    now.metadata = made
    _decide(now, Decision.ACCEPTED, by, note.strip())
    return made


def _waiting(proposal: AnyProposal) -> AnyProposal:
    """The proposal as it stands now, held. Errors: ``ProposalRefused`` where somebody was there before."""
    now = type(proposal).objects.select_for_update(of=("self",)).select_related("area").get(pk=proposal.pk)
    if not now.is_waiting:
        raise ProposalRefused(_("This was decided before: %(what)s.") % {"what": now.get_decision_display()})
    return now


def _require_reviewer(proposal: SeriesProposal | MetadataProposal, by: Any) -> None:
    require(by, Permission.REVIEW_DATA, area=proposal.area)
    if by is not None and proposal.by_id == by.pk:
        raise ProposalRefused(_("You proposed this: somebody else has to decide on it."))


def _decide(proposal: AnyProposal, decision: Decision, by: Any, note: str) -> AnyProposal:
    proposal.decision, proposal.decided_by, proposal.decided_at = decision, by, timezone.now()
    proposal.decision_note = note
    proposal.save()
    return proposal
