"""What a mapping may say, and that every mapping that comes with the product says such a thing."""

import pytest

from sdg_targets.models import CodeMapping
from sdg_targets.queries.mappings import codes_of, concepts, means_something, owners

pytestmark = pytest.mark.django_db


def test_every_shipped_mapping_means_something(shipped_catalogue: None) -> None:
    known, providers = set(concepts()), set(owners())
    mappings = CodeMapping.objects.all()
    assert {mapping.concept for mapping in mappings} <= known
    assert {mapping.provider for mapping in mappings} <= providers
    plain = {concept: codes_of(concept) for concept in known}
    assert [
        str(mapping)
        for mapping in mappings
        if mapping.code not in plain[mapping.concept] and not means_something(mapping.concept, mapping.code)
    ] == []


def test_a_series_may_stand_with_the_breakdown_that_it_implies(shipped_catalogue: None) -> None:
    assert means_something("series", "SG_REG_BRTH AGE=Y0T4")
    assert not means_something("series", "SG_REG_BRTH AGE=Y0T400")
    assert not means_something("series", "SG_REG_BRTH AGE")
    assert not means_something("series", "NOT_A_SERIES AGE=Y0T4")


@pytest.mark.parametrize(
    ("concept", "code"),
    [("column", "wider:AGE"), ("column", "ignored"), ("geo", "CAN"), ("multiplier", "6"), ("metadata", "method")],
)
def test_words_of_repositories_are_codes_too(shipped_catalogue: None, concept: str, code: str) -> None:
    assert means_something(concept, code)
    assert not means_something(concept, f"{code}?")
