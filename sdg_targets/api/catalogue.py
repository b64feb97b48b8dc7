"""The catalogue with its metadata, the areas, the sources and the releases: lists and single rows, read only."""

from django.db.models import Prefetch, QuerySet

from sdg_targets.filtersets import (
    AreaFilterSet,
    DatasetFilterSet,
    IndicatorFilterSet,
    MetadataFilterSet,
    SeriesFilterSet,
    TargetFilterSet,
)
from sdg_targets.models import Area, Dataset, Goal, Import, Indicator, Metadata, Release, Series, Target
from sdg_targets.web.documented import listed, single
from sdg_targets.web.lists import DetailAPIView, ListAPIView

from . import examples, serializers


@listed(serializers.GoalSerializer, "goals", "The 17 Goals.", row=examples.GOAL)
class GoalList(ListAPIView):
    serializer_class = serializers.GoalSerializer
    queryset = Goal.objects.all()


@single(serializers.GoalSerializer, "goal", "One Goal by its number.", row=examples.GOAL)
class GoalDetail(DetailAPIView):
    serializer_class = serializers.GoalSerializer
    queryset = Goal.objects.all()


@listed(serializers.TargetSerializer, "targets", "Targets, by Goal; or those followed here.", row=examples.TARGET)
class TargetList(ListAPIView):
    serializer_class = serializers.TargetSerializer
    filterset_class = TargetFilterSet
    queryset = Target.objects.select_related("goal")


@single(serializers.TargetSerializer, "target", "One target by its code, such as 10.7.", row=examples.TARGET)
class TargetDetail(DetailAPIView):
    serializer_class = serializers.TargetSerializer
    queryset = Target.objects.select_related("goal")


def _indicators() -> QuerySet[Indicator]:
    return Indicator.objects.select_related("target", "same_as", "migration").prefetch_related("series")


@listed(
    serializers.IndicatorSerializer,
    "indicators",
    "Indicators of the global framework; or those followed here.",
    row=examples.INDICATOR,
)
class IndicatorList(ListAPIView):
    serializer_class = serializers.IndicatorSerializer
    filterset_class = IndicatorFilterSet
    queryset = _indicators()


@single(
    serializers.IndicatorSerializer, "indicator", "One indicator by its code, such as 10.7.2.", row=examples.INDICATOR
)
class IndicatorDetail(DetailAPIView):
    serializer_class = serializers.IndicatorSerializer
    queryset = _indicators()


@listed(
    serializers.MetadataSerializer,
    "metadata",
    "What indicators mean and how they are made: global texts in our words, national ones in those of the office.",
    row=examples.METADATA,
)
class MetadataList(ListAPIView):
    serializer_class = serializers.MetadataSerializer
    filterset_class = MetadataFilterSet
    queryset = Metadata.objects.select_related("indicator", "dataset").in_field_order()


def _series() -> QuerySet[Series]:
    return Series.objects.select_related("unit", "predecessor").prefetch_related("indicators", "related", "dimensions")


@listed(serializers.SeriesSerializer, "series", "Series with their units and breakdowns.", row=examples.SERIES)
class SeriesList(ListAPIView):
    serializer_class = serializers.SeriesSerializer
    filterset_class = SeriesFilterSet
    queryset = _series()


@single(serializers.SeriesSerializer, "series_one", "One series by its code, such as SI_RMT_COST.", row=examples.SERIES)
class SeriesDetail(DetailAPIView):
    serializer_class = serializers.SeriesSerializer
    queryset = _series()


@listed(
    serializers.AreaSerializer,
    "areas",
    "Reference areas: countries, territories, regions and groups.",
    row=examples.AREA,
)
class AreaList(ListAPIView):
    serializer_class = serializers.AreaSerializer
    filterset_class = AreaFilterSet
    queryset = Area.objects.select_related("parent").order_by("sort_en", "code")


@single(serializers.AreaSerializer, "area", "One area by its code: KEN, or 001 for the world.", row=examples.AREA)
class AreaDetail(DetailAPIView):
    serializer_class = serializers.AreaSerializer
    queryset = Area.objects.select_related("parent")


def _sources() -> QuerySet[Dataset]:
    return Dataset.objects.prefetch_related(Prefetch("imports", Import.objects.order_by("-started_at")))


@listed(
    serializers.SourceSerializer, "sources", "Datasets: provider, licence, and every file read.", row=examples.SOURCE
)
class SourceList(ListAPIView):
    serializer_class = serializers.SourceSerializer
    filterset_class = DatasetFilterSet
    queryset = _sources()


@single(serializers.SourceSerializer, "source", "One dataset by its code.", row=examples.SOURCE)
class SourceDetail(DetailAPIView):
    serializer_class = serializers.SourceSerializer
    queryset = _sources()


@listed(
    serializers.ReleaseSerializer,
    "releases",
    "Named states of the figures, newest first; each name is an as_of.",
    row=examples.RELEASE,
)
class ReleaseList(ListAPIView):
    serializer_class = serializers.ReleaseSerializer

    def get_queryset(self) -> QuerySet[Release]:
        return Release.objects.published().select_related("revision")
