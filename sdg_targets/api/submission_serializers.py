"""The shapes of submissions in the API: what is answered, and what is read from a body."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sdg_targets.domain.numbers import is_plain_number
from sdg_targets.domain.validation import Strength
from sdg_targets.domain.workflow import STATE_SENTENCES, State, Step, steps_from
from sdg_targets.models import Cell, Mark, Nature, RevisionReason, Status, Submission


@extend_schema_field({"oneOf": [{"type": "string"}, {"type": "number"}]})
class ExactNumber(serializers.Field[Decimal, Any, Any, Any]):
    """A plain decimal, as text or as a number of JSON: 6.20 stays 6.20. Blank and null are no value."""

    def to_internal_value(self, data: Any) -> Decimal | None:
        text = str(data).strip() if isinstance(data, (str, int, Decimal)) and not isinstance(data, bool) else "?"
        if not text:
            return None
        if not is_plain_number(text):
            raise serializers.ValidationError("Write a plain decimal such as 1234.5, as text or as a number.")
        return Decimal(text)

    def to_representation(self, value: Decimal) -> str:
        return f"{value:f}"


class SubmissionSerializer(serializers.Serializer[Submission]):
    """A submission: whose, in which round, where it stands, and what can be done with it from here."""

    id = serializers.IntegerField()
    area = serializers.CharField(source="area.code")
    round = serializers.CharField(source="round.code")
    dataset = serializers.CharField(source="dataset.code")
    state = serializers.ChoiceField(choices=[(state.value, state.name) for state in State])
    state_means = serializers.SerializerMethodField()
    version = serializers.IntegerField(help_text="Grows with every step; give it back as “seen”")
    opened_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    publish_at = serializers.DateTimeField(allow_null=True)
    revision = serializers.IntegerField(source="revision_id", allow_null=True)
    revises = serializers.IntegerField(source="revises_id", allow_null=True)
    steps = serializers.SerializerMethodField(help_text="What can be done from this state, by those who may")

    def get_state_means(self, row: Submission) -> str:
        return STATE_SENTENCES[State(row.state)]

    def get_steps(self, row: Submission) -> list[str]:
        first = row.area_id in self.context.get("validates_first", ())
        return [str(each.step) for each in steps_from(State(row.state), validates_first=first)]


class DetailSerializer(SubmissionSerializer):
    """A submission with what is in it, counted, and the checksum that an approval gives back."""

    filled = serializers.SerializerMethodField()
    accepted = serializers.SerializerMethodField()
    queried = serializers.SerializerMethodField()
    sha256 = serializers.SerializerMethodField(help_text="Of every value's identity and version")

    def get_filled(self, row: Submission) -> int:
        return int(self.context["progress"].filled)

    def get_accepted(self, row: Submission) -> int:
        return int(self.context["progress"].accepted)

    def get_queried(self, row: Submission) -> int:
        return int(self.context["progress"].queried)

    def get_sha256(self, row: Submission) -> str:
        return str(self.context["sha256"])


class OpenSerializer(serializers.Serializer[Any]):
    """Which submission is opened: of which country, in which round."""

    area = serializers.CharField()
    round = serializers.CharField()


class CellSerializer(serializers.Serializer[Cell]):
    """One value of a submission."""

    id = serializers.IntegerField()
    series = serializers.CharField(source="series.code")
    period = serializers.CharField(source="period.code")
    breakdown = serializers.CharField(source="breakdown.key")
    version = serializers.IntegerField()
    typed = serializers.CharField()
    value = ExactNumber(allow_null=True)
    status = serializers.CharField()
    nature = serializers.CharField()
    unit = serializers.CharField(source="unit.code")
    multiplier = serializers.IntegerField()
    lower_bound = ExactNumber(allow_null=True)
    upper_bound = ExactNumber(allow_null=True)
    numerator = ExactNumber(allow_null=True)
    denominator = ExactNumber(allow_null=True)
    base_period = serializers.CharField()
    time_detail = serializers.CharField()
    source = serializers.CharField()
    footnote = serializers.CharField()
    note = serializers.CharField(help_text="To the reviewers; never published")
    explanation = serializers.CharField()
    is_empty = serializers.BooleanField()
    mark = serializers.ChoiceField(choices=Mark.choices)
    changed_at = serializers.DateTimeField()


class ChangeOfCellSerializer(serializers.Serializer[Any]):
    """One change to one value. What is left out is blank: a change says the whole of its cell."""

    series = serializers.CharField()
    period = serializers.CharField()
    breakdown = serializers.CharField(default="_T")
    seen = serializers.IntegerField(min_value=0, default=0, help_text="The version that was seen; 0: there was none")
    key = serializers.UUIDField(required=False, help_text="Sent again with the same key, it is the same change")
    value = ExactNumber(required=False, allow_null=True, default=None)
    status = serializers.ChoiceField(choices=Status.choices, default=Status.NORMAL)
    nature = serializers.ChoiceField(choices=Nature.choices, default=Nature.COUNTRY)
    unit = serializers.CharField(required=False, help_text="By default that of the series")
    multiplier = serializers.IntegerField(min_value=0, max_value=12, default=0)
    lower_bound = ExactNumber(required=False, allow_null=True, default=None)
    upper_bound = ExactNumber(required=False, allow_null=True, default=None)
    numerator = ExactNumber(required=False, allow_null=True, default=None)
    denominator = ExactNumber(required=False, allow_null=True, default=None)
    base_period = serializers.CharField(max_length=40, default="", allow_blank=True)
    time_detail = serializers.CharField(max_length=200, default="", allow_blank=True)
    source = serializers.CharField(max_length=2000, default="", allow_blank=True)
    footnote = serializers.CharField(max_length=4000, default="", allow_blank=True)
    note = serializers.CharField(max_length=4000, default="", allow_blank=True)
    explanation = serializers.CharField(max_length=4000, default="", allow_blank=True)


class ChangesSerializer(serializers.Serializer[Any]):
    """Changes to values: all are written, or none."""

    cells = ChangeOfCellSerializer(many=True, allow_empty=False)


class StepSerializer(serializers.Serializer[Any]):
    """A step to be taken. ``publish`` may name a time; ``approve`` gives back the checksum of what was seen."""

    step = serializers.ChoiceField(choices=[*map(str, Step), "reopen"])
    note = serializers.CharField(default="", allow_blank=True, max_length=4000)
    seen = serializers.IntegerField(required=False, help_text="The version of the submission that was seen")
    sha256 = serializers.CharField(required=False, max_length=64)
    publish_at = serializers.DateTimeField(required=False)
    reason = serializers.ChoiceField(choices=RevisionReason.choices, required=False, help_text="For reopen")
    key = serializers.UUIDField(required=False, help_text="Asked again with the same key, it is the same step")


class MarksSerializer(serializers.Serializer[Any]):
    """Values to be marked: by id, the version that was looked at."""

    mark = serializers.ChoiceField(choices=Mark.choices, allow_blank=True)
    cells = serializers.DictField(child=serializers.IntegerField(min_value=1), allow_empty=False)


class SayingSerializer(serializers.Serializer[Any]):
    """What is to be said of a submission, or of one of its values, or as an answer."""

    cell = serializers.IntegerField(source="cell_id", required=False, allow_null=True)
    answers = serializers.IntegerField(source="answers_id", required=False, allow_null=True)
    text = serializers.CharField(max_length=4000)
    internal = serializers.BooleanField(default=False, help_text="For one's own side only")


class CommentSerializer(serializers.Serializer[Any]):
    """What was said of a submission or of one of its values."""

    id = serializers.IntegerField()
    cell = serializers.IntegerField(source="cell_id", allow_null=True)
    answers = serializers.IntegerField(source="answers_id", allow_null=True)
    text = serializers.CharField()
    internal = serializers.BooleanField(help_text="For one's own side only")
    from_reviewers = serializers.BooleanField(source="from_desk")
    at = serializers.DateTimeField()
    settled_at = serializers.DateTimeField(allow_null=True)


class EventSerializer(serializers.Serializer[Any]):
    """A step that was taken."""

    step = serializers.CharField()
    begins = serializers.CharField()
    ends = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.SerializerMethodField(help_text="A name; null is the product itself")
    note = serializers.CharField()

    def get_by(self, row: Any) -> str | None:
        return None if row.by is None else str(row.by)


class VersionSerializer(serializers.Serializer[Any]):
    """One version of a value."""

    version = serializers.IntegerField()
    typed = serializers.CharField()
    value = ExactNumber(allow_null=True)
    status = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.SerializerMethodField(allow_null=True)
    way = serializers.CharField()

    def get_by(self, row: Any) -> str | None:
        return None if row.by is None else str(row.by)


class FindingSerializer(serializers.Serializer[Any]):
    """One thing that the checks find in a value; the rule is explained at /rules/."""

    cell = serializers.IntegerField(source="cell.pk")
    series = serializers.CharField(source="cell.series.code")
    period = serializers.CharField(source="cell.period.code")
    breakdown = serializers.CharField(source="cell.breakdown.key")
    rule = serializers.CharField()
    strength = serializers.ChoiceField(choices=list(Strength))
    column = serializers.CharField(allow_blank=True)
    text = serializers.CharField(help_text="What was found and what would be right, in the language of the request")
    explanation = serializers.CharField(allow_blank=True, help_text="What the country says of a warning")
    blocks = serializers.BooleanField(
        help_text="Whether it has to be put right or explained before it can be submitted"
    )
