"""The template of a round over the catalogue and the figures that come with the product."""

import io
from typing import Any

import pytest
from django.utils.translation import override

from sdg_targets.formats.round_template import Made, write_csv, write_workbook
from sdg_targets.formats.round_upload import read
from sdg_targets.models import Area, Observation, RoundItem, Series
from sdg_targets.queries.round_templates import template_rows
from sdg_targets.queries.template_words import template_words
from tests.factories.filled import opened
from tests.factories.submissions import make_round

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
CODES = ("SI_RMT_COST", "SM_POP_REFG_OR", "SL_TLF_NEET", "SG_CPA_MIGRS")
BREAKDOWNS = ["_T", "SEX=F", "SEX=M"]


@pytest.fixture
def of_round() -> Any:
    made = make_round(series=tuple(Series.objects.filter(code__in=CODES).order_by("code")))
    RoundItem.objects.filter(round=made).update(breakdowns=BREAKDOWNS, first_year=2010, last_year=2020)
    return made


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_row_of_a_real_round_comes_back_in_each_language(of_round: Any, language: str) -> None:
    kenya, made = Area.objects.get(code="KEN"), Made("KEN", of_round.code, 0, language)
    with override(language):
        rows = list(template_rows(of_round, kenya, None))
        stream, text = io.BytesIO(), io.StringIO(newline="")
        write_workbook(rows, stream, made=made, words=template_words())
        write_csv(rows, text, made=made)
    typed = of_round.items.typed().count()  # what is computed from a questionnaire is not typed in
    asked = typed * len(BREAKDOWNS) * 11
    assert typed >= 2 and len(rows) == asked
    for data in (stream.getvalue(), text.getvalue().encode()):
        found = read(io.BytesIO(data), most=asked)
        keys = [(one.text("series"), one.text("breakdown"), one.text("period")) for one in found.rows]
        assert keys == [(row.series, row.breakdown, row.period) for row in rows]
        assert found.made == made.text and not any(one.slips for one in found.rows)
    women = {row.breakdown_label for row in rows if row.breakdown == "SEX=F"}
    assert women == {{"en": "Female", "fr": "Femmes", "es": "Mujeres"}[language]}


def test_the_global_figure_stands_beside_and_is_that_of_the_custodian(of_round: Any) -> None:
    kenya = Area.objects.get(code="KEN")
    rows = {(row.series, row.breakdown, row.period): row for row in template_rows(of_round, kenya, None)}
    own = Observation.objects.current().filter(area=kenya, series__code__in=CODES, breakdown__key="_T").with_value()
    stated = {(o.series.code, "_T", o.period.code): o.value for o in own.select_related("series", "period", "dataset")
              if o.dataset.rank == 1}  # fmt: skip
    shown = {key: row.comparison for key, row in rows.items() if key in stated}
    assert shown and all(shown[key] == format(stated[key], "f") for key in shown)
    assert {row.published for row in rows.values()} == {""}
    assert {row.said for row in rows.values()} == {None}


def test_series_that_measure_in_words_are_asked_for_as_numbers_with_their_unit(of_round: Any) -> None:
    stream = io.BytesIO()
    rows = template_rows(of_round, Area.objects.get(code="KEN"), None)
    count = write_workbook(rows, stream, made=Made("KEN", of_round.code, 0, "en"), words=template_words())
    sheet = opened(stream.getvalue())
    units = {sheet.cell(row, 10).value for row in range(3, 3 + count)}
    assert units and None not in units
