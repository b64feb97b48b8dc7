"""Filters of every list: the same at the page, the API and the export. Each says itself in words."""

from .catalogue import (
    AreaFilterSet,
    DatasetFilterSet,
    IndicatorFilterSet,
    MetadataFilterSet,
    SeriesFilterSet,
    TargetFilterSet,
)
from .changes import ChangeFilterSet
from .country_comments import CountryCommentFilterSet
from .coverage import CoverageFilterSet
from .fields import CodesFilter, YesNoFilter
from .observations import ObservationFilterSet

__all__ = [
    "AreaFilterSet",
    "ChangeFilterSet",
    "CodesFilter",
    "CountryCommentFilterSet",
    "CoverageFilterSet",
    "DatasetFilterSet",
    "IndicatorFilterSet",
    "MetadataFilterSet",
    "ObservationFilterSet",
    "SeriesFilterSet",
    "TargetFilterSet",
    "YesNoFilter",
]
