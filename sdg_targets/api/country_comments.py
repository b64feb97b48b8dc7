"""Countries' comments on custodians' figures, as everybody may read them."""

from typing import Any, Final

from django.db.models import QuerySet
from rest_framework import serializers

from sdg_targets.filtersets import CountryCommentFilterSet
from sdg_targets.models import CountryComment
from sdg_targets.web.documented import listed
from sdg_targets.web.lists import ListAPIView

EXAMPLE: Final[dict[str, Any]] = {
    "number": 7,
    "area": "KEN",
    "series": "SI_RMT_COST",
    "dataset": "UNSD-SDG",
    "period": "2019",
    "state": "discussed",
    "language": "en",
    "text": "The survey left out transfers by mobile money, which are most of the corridor.",
    "signed_by": "Director General, Kenya National Bureau of Statistics",
    "said_on": "2026-11-02",
}


class CountryCommentSerializer(serializers.ModelSerializer[CountryComment]):
    """A country's own statement on a custodian's figure, dated and signed; it changes no figure."""

    number = serializers.IntegerField(source="pk")
    area = serializers.CharField(source="area.code")
    series = serializers.CharField(source="series.code")
    dataset = serializers.CharField(source="dataset.code")
    period = serializers.CharField(
        source="period.code", default=None, allow_null=True, help_text="null: the whole series of this country"
    )
    state = serializers.ChoiceField(
        choices=["discussed", "settled", "ended"],
        help_text="discussed: under discussion with the custodian; settled; ended: withdrawn, kept for the record",
    )

    class Meta:
        model = CountryComment
        fields = [
            "number",
            "area",
            "series",
            "dataset",
            "period",
            "state",
            "language",
            "text",
            "signed_by",
            "said_on",
        ]


@listed(
    CountryCommentSerializer,
    "country_comments",
    "What countries say of custodians’ figures about them: dated, signed, and kept after it was settled or withdrawn.",
    row=EXAMPLE,
    tag="observations",
)
class CountryCommentList(ListAPIView):
    serializer_class = CountryCommentSerializer
    filterset_class = CountryCommentFilterSet

    def get_queryset(self) -> QuerySet[CountryComment]:
        return CountryComment.objects.public().with_names()
