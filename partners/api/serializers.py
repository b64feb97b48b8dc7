"""Shapes of the API's answers about organisations."""

from typing import Any

from rest_framework import serializers

from partners.models import IndicatorRole, Organisation
from sdg_targets.domain.languages import LANGUAGES


class IndicatorRoleSerializer(serializers.ModelSerializer[IndicatorRole]):
    """What an organisation does for an indicator, and which list says so."""

    indicator = serializers.CharField(source="indicator.code")

    class Meta:
        model = IndicatorRole
        fields = ["indicator", "role", "source"]


class OrganisationSerializer(serializers.ModelSerializer[Organisation]):
    """An organisation and its roles for indicators."""

    name = serializers.SerializerMethodField()
    url = serializers.CharField()
    parent = serializers.CharField(source="parent.slug", default=None, allow_null=True)
    roles = IndicatorRoleSerializer(many=True, read_only=True)

    class Meta:
        model = Organisation
        fields = ["slug", "name", "abbreviation", "kind", "url", "parent", "roles"]

    def get_name(self, organisation: Organisation) -> dict[str, Any]:
        """The name in every language that has one."""
        texts = {lang: getattr(organisation, f"name_{lang}") for lang in LANGUAGES}
        return {lang: text for lang, text in texts.items() if text}
