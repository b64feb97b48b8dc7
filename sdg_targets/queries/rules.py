"""The rules as readers read them: in their language, with the limits that are set for single series."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain import figures
from sdg_targets.domain.disaggregation import TOTAL
from sdg_targets.domain.findings import Finding
from sdg_targets.domain.limits import Limits, default_limits
from sdg_targets.domain.rulebook import SCOPES, WEIGHTS, Scope, rulebook
from sdg_targets.domain.validation import Strength
from sdg_targets.models import SeriesLimits, ValueKind

#: What the columns of an observation are called where rules speak of them.
COLUMNS: Final[Mapping[str, object]] = {
    "series": _("Series"),
    "area": _("Reference area"),
    "period": _("Time period"),
    "breakdown": _("Breakdown"),
    "value": _("Value"),
    "status": _("Observation status"),
    "nature": _("Nature"),
    "unit": _("Unit"),
    "multiplier": _("Multiplier"),
    "lower_bound": _("Bounds"),
    "upper_bound": _("Bounds"),
    "numerator": _("Numerator"),
    "denominator": _("Denominator"),
    "time_detail": _("Detail of the period"),
    "source": _("Source"),
}


@dataclass(frozen=True, slots=True)
class RuleInWords:
    """One rule in the active language; codes (scope, strength, column) stay as they are."""

    number: str
    strength: Strength
    weight: str
    column: str
    column_name: str
    sentence: str
    compares: str
    example: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class DefaultLimits:
    """What is asked of a kind of value where nothing is set for its series."""

    kind: str
    limits: Limits


def rules_in_words() -> list[RuleInWords]:
    """Every rule in the active language, in the order of the book; no query."""
    return [
        RuleInWords(
            entry.number,
            entry.strength,
            gettext(WEIGHTS[entry.strength]),
            entry.column,
            str(COLUMNS.get(entry.column, "")),
            gettext(entry.sentence),
            gettext(entry.compares),
            entry.example,
            entry.scope,
        )
        for entry in rulebook()
    ]


def rules_by_scope() -> list[tuple[Scope, str, list[RuleInWords]]]:
    """The rules under what they look at, with the sentence for it."""
    rules = rules_in_words()
    return [(scope, gettext(said), [rule for rule in rules if rule.scope is scope]) for scope, said in SCOPES.items()]


def limits_set() -> list[SeriesLimits]:
    """The limits that are set for single series, by code; one query."""
    return list(SeriesLimits.objects.select_related("series"))


def limits_by_kind() -> list[DefaultLimits]:
    """What holds for each kind of value where nothing else is set; a percentage in per cent, a count in numbers."""
    units = {ValueKind.PERCENT: "PT", ValueKind.NUMBER: "NUMBER"}
    return [DefaultLimits(str(kind.label), default_limits(kind, units.get(kind, ""))) for kind in ValueKind]


def finding_text(finding: Finding, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """What was found and what would be right, in the active language with its way of writing numbers.

    ``names`` are the words of breakdowns by their keys; a key without words stands as it is.
    """
    language = get_language() or "en"
    return finding.said(
        gettext,
        lambda value: figures.number(value, language),
        lambda key: names.get(key) or (gettext("Total") if key == TOTAL else key),
    )


__all__ = [
    "COLUMNS",
    "DefaultLimits",
    "RuleInWords",
    "finding_text",
    "limits_by_kind",
    "limits_set",
    "rules_by_scope",
    "rules_in_words",
]
