"""What adds up to what in a table: by sex, by age bands that tile, over several dimensions."""

import pytest

from sdg_targets.domain.disaggregation import parse_breakdown
from sdg_targets.domain.relations import OPEN, age_span, closure, relations, sums


def sums_of(*keys: str) -> list[tuple[str, tuple[str, ...], bool]]:
    return [(one.total, one.parts, one.sure) for one in sums(map(parse_breakdown, keys))]


@pytest.mark.parametrize(
    ("code", "span"),
    [
        ("Y0", (0, 1)),
        ("Y0T4", (0, 5)),
        ("Y_GE65", (65, OPEN)),
        ("Y5T4", None),
        ("M6T59", None),
        ("_U", None),
        ("Y", None),
    ],
)
def test_a_band_of_age_is_a_span_of_years(code: str, span: tuple[int, int] | None) -> None:
    assert age_span(code) == span


def test_both_sexes_make_the_total_and_one_does_not() -> None:
    assert sums_of("_T", "SEX=F", "SEX=M") == [("_T", ("SEX=F", "SEX=M"), True)]
    assert sums_of("_T", "SEX=F", "SEX=M", "SEX=_U") == [("_T", ("SEX=F", "SEX=M", "SEX=_U"), True)]
    assert sums_of("_T", "SEX=F") == []


def test_a_part_can_be_a_total_of_its_own() -> None:
    migrants = [f"MIGRATORY_STATUS={code}" for code in ("MS_MIGRANT", "MS_EUMIGRANT", "MS_NONEUMIGRANT")]
    assert sums_of(*migrants) == [(migrants[0], (migrants[1], migrants[2]), True)]


def test_bands_are_parts_of_what_they_tile() -> None:
    assert sums_of("AGE=Y0T14", "AGE=Y15T64", "AGE=Y_GE65", "AGE=_U") == [
        ("_T", ("AGE=Y0T14", "AGE=Y15T64", "AGE=Y_GE65", "AGE=_U"), True)
    ]
    assert sums_of("AGE=Y0T17", "AGE=Y0T4", "AGE=Y5T17", "AGE=Y5T14") == [
        ("AGE=Y0T17", ("AGE=Y0T4", "AGE=Y5T17"), True)
    ]
    assert sums_of("AGE=Y0T14", "AGE=Y20T24", "AGE=Y_GE25") == []  # 15 to 19 are missing


def test_of_an_open_list_nobody_knows_whether_it_is_all() -> None:
    assert sums_of("OCCUPATION=PHYS", "OCCUPATION=NURS") == [("_T", ("OCCUPATION=NURS", "OCCUPATION=PHYS"), False)]
    world = "COUNTERPART_AREA=001"
    assert sums_of(world, "COUNTERPART_AREA=KEN", "COUNTERPART_AREA=UGA")[0][1] == (
        "COUNTERPART_AREA=KEN",
        "COUNTERPART_AREA=UGA",
    )


def test_sums_hold_within_the_rest_of_a_breakdown() -> None:
    assert sums_of("AGE=Y0T4;SEX=F", "AGE=Y0T4;SEX=M") == [("AGE=Y0T4", ("AGE=Y0T4;SEX=F", "AGE=Y0T4;SEX=M"), True)]


def test_the_closure_has_every_sum_that_a_reader_can_make() -> None:
    keys = {one.key for one in closure([parse_breakdown("AGE=Y0T4;SEX=F")])}
    assert keys == {"_T", "SEX=F", "AGE=Y0T4", "AGE=Y0T4;SEX=F"}


def test_relations_are_true_of_people() -> None:
    """Every relation is 0 in a table that was counted from people, one by one."""
    ages, sexes = ("Y0T14", "Y15T64", "Y_GE65", "Y0T64"), ("F", "M")
    people = [(sex, age) for n, sex in enumerate(sexes) for age in range(0, 100, 3 + n)]
    keys = [
        "_T",
        *(f"SEX={s}" for s in sexes),
        *(f"AGE={a}" for a in ages),
        *(f"AGE={a};SEX={s}" for a in ages for s in sexes),
    ]

    def count(name: str) -> int:
        boundary, _, key = name.partition(" ")
        codes = parse_breakdown(key or boundary).codes
        span = age_span(codes["AGE"]) if "AGE" in codes else (0, int(boundary[1:]) if key else OPEN)
        assert span
        return sum(span[0] <= age < span[1] and codes.get("SEX", sex) == sex for sex, age in people)

    found = relations(map(parse_breakdown, keys))
    assert len(found) > 10
    for relation in found:
        assert sum(n * count(name) for name, n in relation.items()) == 0, relation
