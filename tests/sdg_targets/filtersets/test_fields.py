"""Fields of the filters: what is read, and what is an error instead of being ignored."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.disaggregation import breakdown
from sdg_targets.filtersets.fields import MOST_CODES, BreakdownField, CodesField, CodesInput, YesNoField
from sdg_targets.models import Area
from tests.factories import make_area

codes = st.dictionaries(st.sampled_from(["SEX", "AGE", "URBANISATION"]), st.sampled_from(["_T", "F", "Y0T4"]))


@pytest.mark.django_db
def test_codes_keep_their_order_and_come_once() -> None:
    for code in ("KEN", "UGA", "FRA"):
        make_area(code)
    field = CodesField(model=Area, required=False)
    assert [area.code for area in field.clean(" UGA,KEN , UGA,,")] == ["UGA", "KEN"]
    assert field.clean("") == []
    with pytest.raises(ValidationError, match=r"Not known: QQQ, ken\."):
        field.clean("KEN,QQQ,ken")
    with pytest.raises(ValidationError, match=f"At most {MOST_CODES}"):
        field.clean(",".join(f"A{number}" for number in range(MOST_CODES + 1)))


@pytest.mark.parametrize(
    "given_data", [QueryDict("area=KEN&area=UGA,&area="), MultiValueDict({"area": ["KEN", "UGA,"]})]
)
def test_a_parameter_that_is_repeated_is_read_as_one_list(given_data: Any) -> None:
    assert CodesInput().value_from_datadict(given_data, {}, "area") == "KEN,UGA,"
    assert CodesInput().value_from_datadict({"area": "KEN"}, {}, "area") == "KEN"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("yes", True),
        ("TRUE", True),
        ("1", True),
        (" no ", False),
        ("false", False),
        ("0", False),
        ("", None),
        (None, None),
    ],
)
def test_yes_no_or_nothing_said(text: str | None, said: bool | None) -> None:
    assert YesNoField(required=False).clean(text) is said


@pytest.mark.parametrize("text", ["perhaps", "ja", "2", "yes no"])
def test_what_is_neither_is_an_error(text: str) -> None:
    with pytest.raises(ValidationError, match="neither yes nor no"):
        YesNoField(required=False).clean(text)


@given(codes, st.randoms())
def test_a_breakdown_is_read_in_any_order_with_its_totals_or_without(given_codes: dict[str, str], chance: Any) -> None:
    parts = [f"{dimension}={code}" for dimension, code in given_codes.items()]
    chance.shuffle(parts)
    assert BreakdownField(required=False).clean(";".join(parts) or "_T") == breakdown(given_codes).key


@pytest.mark.parametrize("text", ["F", "SEX=", "SEX=F;SEX=M", "SEX=F;;", "x" * 300])
def test_what_is_no_breakdown_is_an_error(text: str) -> None:
    with pytest.raises(ValidationError, match="is no breakdown"):
        BreakdownField(required=False).clean(text)
    assert BreakdownField(required=False).clean("") == ""
