"""The shapes of questionnaires in the API: questions with what was said to them, scores, and what is read from a body."""

from typing import Any

from rest_framework import serializers

from sdg_targets.domain.answers import LONGEST_NOTE, EvidenceKind
from sdg_targets.domain.questionnaires import Score
from sdg_targets.queries.questionnaires import Part, Row, Sheet

from .submission_serializers import ExactNumber


class EvidenceSerializer(serializers.Serializer[Any]):
    """A law or a policy by its title, or a link by its address."""

    kind = serializers.ChoiceField(choices=[(kind.value, kind.value) for kind in EvidenceKind])
    title = serializers.CharField(default="", allow_blank=True)
    url = serializers.CharField(default="", allow_blank=True)


class OptionSerializer(serializers.Serializer[Any]):
    """One answer that can be chosen, and what it counts."""

    code = serializers.CharField()
    name = serializers.CharField()
    weight = ExactNumber(allow_null=True)


class LastTimeSerializer(serializers.Serializer[Any]):
    """What was answered in the newest published form."""

    period = serializers.CharField()
    option = serializers.CharField(source="said.option", allow_null=True)


class AnswerSerializer(serializers.Serializer[Row]):
    """One question, its options, and what was said to it."""

    question = serializers.CharField(source="code")
    text = serializers.CharField(source="question.name")
    options = OptionSerializer(many=True)
    option = serializers.CharField(source="said.option", allow_null=True)
    note = serializers.CharField(source="said.note", help_text="To the reviewers; never published")
    evidence = EvidenceSerializer(source="said.evidence", many=True)
    consent = serializers.BooleanField(source="said.consent", help_text="Whether answer and evidence may be published")
    seen = serializers.IntegerField(help_text="The version of the answer; give it back with a change")
    changed_at = serializers.DateTimeField(source="at", allow_null=True)
    last_time = LastTimeSerializer(source="before", allow_null=True)


class ScoreSerializer(serializers.Serializer[Score]):
    """What the answers come to as they stand; a question without an answer counts 0."""

    value = ExactNumber(source="published", allow_null=True, help_text="Per cent; null where nothing is summed up")
    class_value = serializers.IntegerField(allow_null=True)
    formula = serializers.SerializerMethodField()
    questions = serializers.IntegerField()
    answered = serializers.IntegerField()

    def get_formula(self, row: Score) -> str:
        return row.formula()


class PartSerializer(serializers.Serializer[Part]):
    """One section with its score."""

    section = serializers.CharField(source="section.code")
    name = serializers.CharField(source="section.name")
    lead = serializers.CharField(source="section.lead")
    score = ScoreSerializer()
    questions = AnswerSerializer(source="rows", many=True)


class SheetRowSerializer(serializers.Serializer[Sheet]):
    """One questionnaire of a submission, with what it comes to."""

    instrument = serializers.CharField(source="version.instrument.code")
    version = serializers.CharField(source="version.code")
    period = serializers.CharField()
    name = serializers.CharField(source="version.instrument.name")
    score = ScoreSerializer(source="overall")
    needs_footnote = serializers.BooleanField(
        source="result.needs_footnote", help_text="Whether so much is unanswered that a footnote is due"
    )


class SheetSerializer(SheetRowSerializer):
    """One questionnaire whole."""

    sections = PartSerializer(source="parts", many=True)


class SaidSerializer(serializers.Serializer[Any]):
    """All that is said to one question. What is left out is blank."""

    question = serializers.CharField()
    option = serializers.CharField(default=None, allow_null=True)
    note = serializers.CharField(default="", allow_blank=True, max_length=LONGEST_NOTE)
    evidence = EvidenceSerializer(many=True, default=list)
    consent = serializers.BooleanField(default=False)
    seen = serializers.IntegerField(min_value=0, default=0, help_text="The version that was seen; 0: there was none")


class AnswersSerializer(serializers.Serializer[Any]):
    """Answers to some questions, each once."""

    answers = SaidSerializer(many=True)
