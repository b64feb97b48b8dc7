"""The rules that figures must keep, for programs."""

from typing import Any

from rest_framework import serializers

from sdg_targets.domain.rulebook import Scope
from sdg_targets.domain.validation import Strength
from sdg_targets.queries.rules import RuleInWords, rules_in_words
from sdg_targets.web.documented import listed
from sdg_targets.web.lists import ListAPIView

ROW = {
    "number": "E07",
    "strength": "warning",
    "scope": "cell",
    "column": "value",
    "sentence": "The value does not jump against the years beside it.",
    "compares": "The value with the newest one before it …",
    "example": "2018: 10 · 2019: 25 (× 2.5 > 2)",
}


class RuleSerializer(serializers.Serializer[Any]):
    """A rule: an error blocks, a warning passes with an explanation, a note informs."""

    number = serializers.CharField(help_text="As findings and refusals name it")
    strength = serializers.ChoiceField(choices=list(Strength))
    scope = serializers.ChoiceField(
        choices=list(Scope), help_text="What it looks at: a row, an entered cell, a whole submission, a file"
    )
    column = serializers.CharField(allow_blank=True, help_text="The column it is about; blank where it is the row")
    sentence = serializers.CharField(help_text="What must hold, in the language of the request")
    compares = serializers.CharField(help_text="What is compared, in the language of the request")
    example = serializers.CharField(allow_blank=True, help_text="Something that it finds")


@listed(RuleSerializer, "rules", "The rules that figures must keep, as the code checks them.", row=ROW)
class RuleList(ListAPIView):
    serializer_class = RuleSerializer

    def get_queryset(self) -> list[RuleInWords]:  # type: ignore[override]
        """No rows of the database: the table of rules."""
        return rules_in_words()
