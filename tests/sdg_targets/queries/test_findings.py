"""What is found in a stored submission: at its cells, in the reader's words, beside what the country publishes."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from sdg_targets.actions.submissions import submit
from sdg_targets.models import Category, Cell, Series, SeriesLimits, Submission, ValueKind
from sdg_targets.queries.findings import findings_of, findings_of_cell
from tests.factories import write_rows
from tests.factories.observations import row
from tests.factories.submissions import enter, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(focal_point: Any) -> Submission:
    """Kenya's, which publishes 40 to 45 per cent for 2008 to 2013."""
    made = make_submission(focal_point)
    write_rows([row("KEN", str(year), str(year - 1968)) for year in range(2008, 2014)], dataset=made.dataset)
    return made


@pytest.fixture
def counts(submission: Submission) -> Submission:
    """The same, where the series counts people and five is the threshold."""
    Series.objects.update(kind=ValueKind.NUMBER)
    SeriesLimits.objects.create(series=Series.objects.get(), small_count=5, reason_en="A test")
    return submission


def rules(submission: Submission) -> dict[str, list[str]]:
    return {str(found[0].cell): [one.rule for one in found] for found in findings_of(submission).by_cell.values()}


def test_nothing_is_found_in_nothing_and_in_what_is_right(submission: Submission, focal_point: Any) -> None:
    assert findings_of(submission).found == ()
    enter(submission, focal_point, "44", of="2014")
    enter(submission, focal_point, None, of="2015", status="L")
    assert findings_of(submission).found == ()


def test_findings_stand_at_their_cells_with_words_and_weight(submission: Submission, focal_point: Any) -> None:
    enter(submission, focal_point, "60", of="2014", source="")
    enter(submission, focal_point, "61", of="2015")
    found = findings_of(submission)
    assert rules(submission) == {"SI_RMT_COST 2014 _T": ["E07", "E08", "E12"], "SI_RMT_COST 2015 _T": ["E08"]}
    assert (found.counts, len(found.blocking), found.explained) == ({"error": 0, "warning": 4, "note": 0}, 4, ())
    first = found.found[0]
    assert first.text == "60 against 45 in 2013: a change of 15; up to 10 is expected."
    assert (first.column_name, first.sentence) == ("Value", "The value does not jump against the years beside it.")
    with override("fr"):
        assert findings_of(submission).found[0].column_name == "Valeur"


def test_an_explanation_opens_a_warning(submission: Submission, focal_point: Any) -> None:
    enter(submission, focal_point, "60", of="2014", explanation="A new survey covers all corridors.")
    found = findings_of(submission)
    assert (len(found.blocking), len(found.explained)) == (0, 2)
    assert {one.explanation for one in found.explained} == {"A new survey covers all corridors."}
    assert all(one.is_explained for one in found.explained)
    assert submit(submission=submission, by=focal_point).state == "submitted"


def test_one_cell_is_checked_with_the_draft_of_last_year(submission: Submission, focal_point: Any) -> None:
    enter(submission, focal_point, "60", of="2014")
    cell = enter(submission, focal_point, "61", of="2015").cell
    assert [one.rule for one in findings_of_cell(submission, Cell.objects.with_names().get(pk=cell.pk))] == ["E08"]
    cell = enter(submission, focal_point, None, of="2015", typed="").cell
    assert findings_of_cell(submission, Cell.objects.with_names().get(pk=cell.pk)) == ()


def test_what_was_kept_and_could_not_be_read_says_why(submission: Submission, focal_point: Any) -> None:
    enter(submission, focal_point, None, of="2014", typed="24,644")
    (finding,) = findings_of(submission).found
    assert (finding.rule, finding.blocks) == ("E01", True)
    assert finding.text.startswith("“24,644” can be read as 24644 or as 24.644")


def test_small_counts_are_blocked_and_so_is_what_gives_them_away(counts: Submission, focal_point: Any) -> None:
    for code, word in (("F", "Female"), ("M", "Male")):
        Category.objects.filter(code=code).update(name_en=word)
    enter(counts, focal_point, "46", of="2014")
    enter(counts, focal_point, "3", of="2014", by_key="SEX=F", explanation="It is as it is, and we say so.")
    assert rules(counts) == {"SI_RMT_COST 2014 SEX=F": ["E18"]}
    enter(counts, focal_point, None, of="2014", by_key="SEX=F", status="Q")
    enter(counts, focal_point, "42", of="2014", by_key="SEX=M")
    (finding,) = findings_of(counts).found
    assert (finding.rule, str(finding.cell), finding.blocks) == ("E23", "SI_RMT_COST 2014 SEX=F", True)
    assert finding.text == (
        "Female: suppressed, and can be calculated from Male; Total. Suppress one of these too, best Male."
    )
    enter(counts, focal_point, None, of="2014", by_key="SEX=M", status="Q")
    assert findings_of(counts).found == ()


def test_a_reviewer_checks_the_cells_as_they_are_seen(submission: Submission, focal_point: Any) -> None:
    enter(submission, focal_point, "60", of="2014")
    cells = list(submission.cells.with_names())
    cells[0].value = None
    cells[0].typed, cells[0].status = "", "L"
    assert findings_of(submission, cells).found == ()
    assert findings_of(submission).found != ()


def test_the_queries_do_not_grow_with_the_cells(submission: Submission, focal_point: Any) -> None:
    def count() -> int:
        again = Submission.objects.with_names().get(pk=submission.pk)
        with CaptureQueriesContext(connection) as queries:
            findings_of(again)
        return len(queries)

    enter(submission, focal_point, "60", of="2014")
    one = count()
    for year in ("2015", "2016"):
        for key in ("_T", "SEX=F", "SEX=M"):
            enter(submission, focal_point, "60", of=year, by_key=key)
    assert (one, count()) == (7, 7)
