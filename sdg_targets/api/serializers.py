"""Shapes of the API's answers: the catalogue, the areas, the sources and the releases."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sdg_targets.domain.languages import LANGUAGES
from sdg_targets.domain.metadata import FIELDS
from sdg_targets.models import (
    Area,
    Dataset,
    Goal,
    Import,
    Indicator,
    Metadata,
    MigrationProfile,
    Release,
    Series,
    Target,
)


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
class NamesField(serializers.Field):  # type: ignore[type-arg]
    """A text in every language that has one: ``{"en": ..., "fr": ..., "es": ...}``."""

    def __init__(self, stem: str = "name", **kwargs: Any) -> None:
        self.stem = stem
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Any) -> dict[str, str]:
        texts = {lang: getattr(value, f"{self.stem}_{lang}") for lang in LANGUAGES}
        return {lang: text for lang, text in texts.items() if text}


class GoalSerializer(serializers.ModelSerializer[Goal]):
    """A Goal."""

    name = NamesField()
    short_name = NamesField("short")

    class Meta:
        model = Goal
        fields = ["code", "name", "short_name", "colour"]


class TargetSerializer(serializers.ModelSerializer[Target]):
    """A target."""

    goal = serializers.CharField(source="goal.code")
    name = NamesField()

    class Meta:
        model = Target
        fields = ["code", "goal", "name"]


class ProfileSerializer(serializers.ModelSerializer[MigrationProfile]):
    """Why an indicator is followed here, and what may be done with its figures."""

    plain = NamesField("plain")
    why = NamesField("why")
    notice = NamesField("notice")
    withheld_reason = NamesField("withheld_reason")
    target_value = serializers.DecimalField(max_digits=None, decimal_places=None, allow_null=True)
    natural_limit = serializers.DecimalField(max_digits=None, decimal_places=None, allow_null=True)

    class Meta:
        model = MigrationProfile
        fields = [
            "relevance",
            "listed_by",
            "direction",
            "target_rule",
            "target_operator",
            "target_value",
            "target_year",
            "target_year_stated",
            "natural_limit",
            "plain",
            "why",
            "may_map",
            "may_rank",
            "may_compare_countries",
            "may_trend",
            "may_aggregate",
            "withheld_reason",
            "notice",
        ]


class IndicatorSerializer(serializers.ModelSerializer[Indicator]):
    """An indicator of the global framework; ``migration`` is null where it is not followed here."""

    target = serializers.CharField(source="target.code")
    name = NamesField()
    same_as = serializers.CharField(source="same_as.code", default=None, allow_null=True)
    series = serializers.SlugRelatedField("code", many=True, read_only=True)  # type: ignore[var-annotated]
    migration = serializers.SerializerMethodField()
    metadata = serializers.SerializerMethodField(help_text="The address of its metadata")

    class Meta:
        model = Indicator
        fields = [
            "code",
            "unsd_code",
            "target",
            "name",
            "tier",
            "framework",
            "same_as",
            "series",
            "migration",
            "metadata",
        ]

    def get_migration(self, indicator: Indicator) -> dict[str, Any] | None:
        profile = getattr(indicator, "migration", None)
        return dict(ProfileSerializer(profile).data) if profile else None

    def get_metadata(self, indicator: Indicator) -> str:
        address = f"{reverse('api-metadata-list')}?indicator={indicator.code}"
        return str(self.context["request"].build_absolute_uri(address))


class MetadataSerializer(serializers.ModelSerializer[Metadata]):
    """One field of an indicator's metadata, in one dataset and language."""

    indicator = serializers.CharField(source="indicator.code")
    dataset = serializers.CharField(source="dataset.code")
    concept = serializers.SerializerMethodField(help_text="The concept of the SDMX metadata structure for the Goals")
    source = serializers.CharField(help_text="What the text rests on, and in whose words it is")

    class Meta:
        model = Metadata
        fields = ["indicator", "dataset", "field", "concept", "language", "text", "source", "updated"]

    def get_concept(self, row: Metadata) -> str:
        return FIELDS[row.field].concept


class SeriesSerializer(serializers.ModelSerializer[Series]):
    """A series: its unit, its breakdowns, and the ones that stand for the whole."""

    name = NamesField()
    unit = serializers.CharField(source="unit.code")
    indicators = serializers.SlugRelatedField("code", many=True, read_only=True)  # type: ignore[var-annotated]
    related = serializers.SlugRelatedField("code", many=True, read_only=True)  # type: ignore[var-annotated]
    dimensions = serializers.SlugRelatedField("code", many=True, read_only=True)  # type: ignore[var-annotated]
    predecessor = serializers.CharField(source="predecessor.code", default=None, allow_null=True)
    minimum = serializers.DecimalField(max_digits=None, decimal_places=None, allow_null=True)
    maximum = serializers.DecimalField(max_digits=None, decimal_places=None, allow_null=True)

    class Meta:
        model = Series
        fields = [
            "code",
            "name",
            "unit",
            "kind",
            "indicators",
            "related",
            "dimensions",
            "headline",
            "breaks",
            "value_labels",
            "minimum",
            "maximum",
            "predecessor",
        ]


class AreaSerializer(serializers.ModelSerializer[Area]):
    """A reference area; ``counts_as_country`` is true for 193 Member States and two observers."""

    name = NamesField()
    parent = serializers.CharField(source="parent.code", default=None, allow_null=True)
    footnote = NamesField("footnote")

    class Meta:
        model = Area
        fields = ["code", "m49", "iso2", "iso3", "name", "kind", "status", "counts_as_country", "parent", "footnote"]


class ImportSerializer(serializers.ModelSerializer[Import]):
    """One file read, and what became of its rows: read = new + revised + unchanged + repeated + gathered + refused."""

    class Meta:
        model = Import
        fields = [
            "file_name",
            "sha256",
            "vintage",
            "origin",
            "format",
            "finished_at",
            "revision",
            "undone_in",
            "read",
            "new",
            "revised",
            "unchanged",
            "repeated",
            "gathered",
            "refused",
            "withdrawn",
        ]


class SourceSerializer(serializers.ModelSerializer[Dataset]):
    """A dataset: whose figures, under which terms, and what was read."""

    name = NamesField()
    url = serializers.CharField()
    note = NamesField("note")
    imports = serializers.SerializerMethodField()

    class Meta:
        model = Dataset
        fields = ["code", "name", "provider", "reporting_type", "evidence", "url", "licence", "note", "imports"]

    def get_imports(self, dataset: Dataset) -> list[dict[str, Any]]:
        """Imports that wrote or confirmed figures, newest first."""
        rows = [row for row in dataset.imports.all() if row.state in ("applied", "unchanged")]
        return [dict(ImportSerializer(row).data) for row in rows]


class ReleaseSerializer(serializers.ModelSerializer[Release]):
    """A named state of the figures; its name is what ``as_of`` takes."""

    revision = serializers.IntegerField(source="revision_id")
    made_at = serializers.DateTimeField(source="revision.made_at", help_text="When the revision was made")
    published_at = serializers.DateTimeField(help_text="When the release could first be read")

    class Meta:
        model = Release
        fields = ["name", "revision", "made_at", "published_at", "note"]


class BreakSerializer(serializers.Serializer[Any]):
    """A row with a member ``break``, which is a word of Python: declared as ``is_break``, it is renamed."""

    def get_fields(self) -> dict[str, Any]:
        return {"break" if name == "is_break" else name: field for name, field in super().get_fields().items()}


class ObservationSerializer(BreakSerializer):
    """One observation, as the SQL of ``queries.observation_lists`` writes it: the schema, and what tests compare with."""

    dataset = serializers.CharField(source="dataset.code")
    series = serializers.CharField(source="series.code")
    area = serializers.CharField(
        source="area.code", help_text="ISO 3166 alpha-3 for countries, else M49 or the group's code"
    )
    area_m49 = serializers.CharField(source="area.m49", allow_null=True)
    area_name = serializers.SerializerMethodField(help_text="In the language of the request")
    period = serializers.CharField(source="period.code")
    breakdown = serializers.CharField(source="breakdown.key", help_text="_T is the total")
    sex = serializers.SerializerMethodField()
    age = serializers.SerializerMethodField()
    migratory_status = serializers.SerializerMethodField()
    value = serializers.DecimalField(
        max_digits=None,
        decimal_places=None,
        allow_null=True,
        coerce_to_string=False,
        help_text="A JSON number with the precision in which it was written; null where status says why",
    )
    value_text = serializers.CharField(allow_null=True, help_text="What was printed, where it was no number")
    unit = serializers.CharField(source="unit.code")
    multiplier = serializers.IntegerField()
    status = serializers.CharField()
    is_break = serializers.BooleanField(
        source="is_break",
        help_text="Cannot be compared with the figures before: status B, or a break of the series",
    )
    nature = serializers.CharField()
    lower_bound = serializers.DecimalField(
        max_digits=None, decimal_places=None, allow_null=True, coerce_to_string=False
    )
    upper_bound = serializers.DecimalField(
        max_digits=None, decimal_places=None, allow_null=True, coerce_to_string=False
    )
    numerator = serializers.DecimalField(max_digits=None, decimal_places=None, allow_null=True, coerce_to_string=False)
    denominator = serializers.DecimalField(
        max_digits=None, decimal_places=None, allow_null=True, coerce_to_string=False
    )
    base_period = serializers.CharField(allow_null=True)
    time_detail = serializers.CharField(allow_null=True)
    source = serializers.CharField(source="source.text", default=None, allow_null=True)
    footnote = serializers.CharField(source="footnote.text", default=None, allow_null=True)
    vintage = serializers.CharField(source="imported.vintage", default=None, allow_null=True)
    known_from = serializers.IntegerField(help_text="The revision since which this is known")

    def get_area_name(self, row: Any) -> str:
        return str(row.area.in_language("name", get_language()))

    def get_sex(self, row: Any) -> str:
        return str(row.breakdown.codes.get("SEX", "_T"))

    def get_age(self, row: Any) -> str:
        return str(row.breakdown.codes.get("AGE", "_T"))

    def get_migratory_status(self, row: Any) -> str:
        return str(row.breakdown.codes.get("MIGRATORY_STATUS", "_T"))


class SeriesNotesSerializer(serializers.Serializer[Any]):
    """What must be known of a series beside its figures."""

    name = serializers.CharField()
    indicators = serializers.ListField(child=serializers.CharField())
    unit = serializers.CharField()
    headline_breakdowns = serializers.ListField(child=serializers.CharField())
    supplementary = serializers.BooleanField(help_text="It measures no indicator; the notice is that of its source")
    may_map = serializers.BooleanField()
    may_rank = serializers.BooleanField()
    may_compare_countries = serializers.BooleanField()
    may_trend = serializers.BooleanField()
    may_aggregate = serializers.BooleanField()
    notice = serializers.CharField(allow_blank=True)


class KnownSerializer(serializers.Serializer[Any]):
    """The moment of knowledge of an answer."""

    as_of = serializers.CharField(help_text="What was asked for; blank is now")
    revision = serializers.IntegerField(help_text="The revision read: as_of this number gives the same again")
    made_at = serializers.DateTimeField(allow_null=True)


class ObservationPageSerializer(serializers.Serializer[Any]):
    """A page of observations."""

    known = KnownSerializer()
    next = serializers.URLField(allow_null=True)
    series = serializers.DictField(child=SeriesNotesSerializer())
    data = ObservationSerializer(many=True)
