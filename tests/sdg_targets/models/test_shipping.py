"""Rows that come with the product and rows that people edited: which wins, against a slow second way of deciding."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdg_targets.models import CodeMapping, ShippedRow
from sdg_targets.models.shipping import Shipped, ShippedTable

pytestmark = pytest.mark.django_db
COLUMNS = ("provider", "concept", "given", "code")
KEPT = ShippedTable(CodeMapping, COLUMNS[:3], plain=COLUMNS)
PRUNED = ShippedTable(CodeMapping, COLUMNS[:3], plain=COLUMNS, prune=True)


def file(rows: dict[str, str]) -> list[dict[str, str]]:
    return [{"provider": "p", "concept": "c", "given": key, "code": code} for key, code in rows.items()]


def standing() -> dict[str, str]:
    return dict(CodeMapping.objects.values_list("given", "code"))


contents = st.dictionaries(st.sampled_from("abc"), st.sampled_from("123"))
steps = st.lists(st.tuples(st.sampled_from(["ship", "edit", "delete"]), contents), max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, st.booleans())
def test_what_people_edited_is_never_overwritten(done: list[tuple[str, dict[str, str]]], prune: bool) -> None:
    """The second way keeps for each key what was shipped last, and overwrites only where that still stands."""
    CodeMapping.objects.all().delete()
    ShippedRow.objects.all().delete()
    rows: dict[str, str] = {}
    shipped: dict[str, str] = {}
    for deed, content in done:
        if deed == "ship":
            (PRUNED if prune else KEPT).sync(file(content))
            for key, code in content.items():
                if key not in rows or rows[key] in (shipped.get(key), code):
                    rows[key] = shipped[key] = code
            for key in [key for key in shipped if prune and key not in content]:
                if rows.get(key) == shipped[key]:
                    del rows[key], shipped[key]
        elif deed == "edit":
            for key, code in content.items():
                rows |= {key: code} if key in rows else {}
                CodeMapping.objects.filter(given=key).update(code=code)
        else:
            CodeMapping.objects.filter(given__in=content).delete()
            rows = {key: code for key, code in rows.items() if key not in content}
        assert standing() == rows


def test_the_account_says_what_became_of_each_row() -> None:
    assert KEPT.sync(file({"a": "1", "b": "1", "c": "1"})) == Shipped("sdg_targets.codemapping", new=3)
    CodeMapping.objects.filter(given="a").update(code="mine")
    done = KEPT.sync(file({"a": "2", "b": "2"}))
    assert (done.new, done.updated, done.unchanged, done.kept, done.left_over) == (0, 1, 0, ("p c a",), ("p c c",))
    assert str(done).endswith("; kept as edited: p c a; no longer in the file, left: p c c")


def test_a_field_that_a_later_version_adds_is_no_edit() -> None:
    KEPT.sync(file({"a": "1"}))
    remembered = ShippedRow.objects.get()
    ShippedRow.objects.update(values={name: v for name, v in remembered.values.items() if name != "code"})
    done = KEPT.sync(file({"a": "2"}))
    assert (done.updated, done.kept) == (1, ()) and standing() == {"a": "2"}
