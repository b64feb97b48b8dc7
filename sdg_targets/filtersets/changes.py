"""Filters of what changed: those of the observations, and the kind of change."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from sdg_targets.domain.changes import LABELS
from sdg_targets.models import Observation

from .observations import ObservationFilterSet


class ChangeFilterSet(ObservationFilterSet):
    """Changes by what they are of, where, when and for whom (either version), and by their kind."""

    latest = None
    value = None
    kind = filters.ChoiceFilter(
        choices=[(kind.value, gettext_lazy(label)) for kind, label in LABELS.items()],
        label=gettext_lazy("Kind of change"),
        method="asked_of_the_changes",
        empty_label=gettext_lazy("any"),
    )

    def asked_of_the_changes(self, queryset: QuerySet[Observation], name: str, kind: Any) -> QuerySet[Observation]:
        """A kind is seen only where both versions stand side by side (``queries.changes``)."""
        return queryset
