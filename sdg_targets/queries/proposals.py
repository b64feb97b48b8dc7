"""Proposals as people see them: those of one's own countries, and for reviewers those that wait."""

from dataclasses import dataclass
from typing import Any

from sdg_targets.domain.metadata import FIELDS, MetadataField
from sdg_targets.domain.roles import Permission
from sdg_targets.models import (
    Area,
    Dataset,
    Decision,
    Indicator,
    Metadata,
    MetadataProposal,
    ReportingType,
    SeriesProposal,
)
from sdg_targets.permissions import areas_of, permissions_of


@dataclass(frozen=True, slots=True)
class FieldOfMetadata:
    """One field of an indicator: the global text, the country's own, and what waits or came back."""

    field: MetadataField
    everywhere: Metadata | None
    own: Metadata | None
    proposal: MetadataProposal | None

    @property
    def shown(self) -> str:
        """What the country said last: what waits or came back, else what stands."""
        if self.proposal is not None:
            return self.proposal.text
        return self.own.text if self.own else ""


def metadata_of(area: Area, indicator: Indicator, language: str) -> list[FieldOfMetadata]:
    """Every field of an indicator for a country's team, in one language; three queries."""
    rows = Metadata.objects.filter(indicator=indicator, language__in=[language, "en"]).select_related("dataset")
    everywhere: dict[str, Metadata] = {}
    own: dict[str, Metadata] = {}
    for row in rows.order_by("dataset__rank"):
        if row.dataset.reporting_type == ReportingType.GLOBAL:
            if row.field not in everywhere or row.language == language:
                everywhere[row.field] = row
        elif row.dataset.area_id == area.pk and row.language == language:
            own[row.field] = row
    latest: dict[str, MetadataProposal] = {}
    for proposal in MetadataProposal.objects.filter(area=area, indicator=indicator, language=language).order_by("at"):
        latest[proposal.field] = proposal
    return [
        FieldOfMetadata(field, everywhere.get(name), own.get(name), _still_open(latest.get(name)))
        for name, field in FIELDS.items()
    ]


def _still_open(proposal: MetadataProposal | None) -> MetadataProposal | None:
    """A proposal that waits or came back; what was accepted or taken back is over."""
    return proposal if proposal is not None and proposal.decision in ("waiting", "returned") else None


def series_proposals_of(area: Area) -> list[SeriesProposal]:
    """What a country proposed of series, the newest first."""
    return list(
        SeriesProposal.objects.filter(area=area).select_related("target", "unit", "series", "by", "decided_by", "area")
    )


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for a reviewer."""

    series: list[SeriesProposal]
    texts: list[MetadataProposal]
    standing: dict[int, Metadata]

    def __len__(self) -> int:
        return len(self.series) + len(self.texts)


def proposals_for(user: Any) -> Queue:
    """The proposals that a reviewer may decide on, the oldest first, each text with the one that stands; four queries."""
    if Permission.REVIEW_DATA not in permissions_of(user):
        return Queue([], [], {})
    areas = areas_of(user, Permission.REVIEW_DATA)
    series = (
        SeriesProposal.objects.filter(decision=Decision.WAITING)
        .select_related("area", "target", "unit", "by")
        .order_by("at")
    )
    texts = (
        MetadataProposal.objects.filter(decision=Decision.WAITING)
        .select_related("area", "indicator", "by")
        .order_by("at")
    )
    if areas is not None:
        series, texts = series.filter(area__in=areas), texts.filter(area__in=areas)
    found = list(texts)
    datasets = Dataset.objects.filter(reporting_type=ReportingType.NATIONAL, area__in={each.area_id for each in found})
    rows = {
        (row.dataset.area_id, row.indicator_id, row.field, row.language): row
        for row in Metadata.objects.filter(dataset__in=datasets).select_related("dataset")
    }
    standing = {
        each.pk: row
        for each in found
        if (row := rows.get((each.area_id, each.indicator_id, each.field, each.language))) is not None
    }
    return Queue(list(series), found, standing)
