"""A round, a country in it and its submission, entered through the product's own deeds."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from sdg_targets.actions.cells import Content, Entry, Saved, save_cells
from sdg_targets.actions.deciding import approve, mark_cells
from sdg_targets.actions.submissions import open_submission, submit
from sdg_targets.domain.disaggregation import parse_breakdown
from sdg_targets.domain.periods import parse_period
from sdg_targets.models import Breakdown, Mark, Period, Round, RoundArea, RoundItem, Series, Submission
from sdg_targets.queries.submissions import fingerprint

from .catalogue import make_area, make_catalogue


def make_round(
    code: str = "2026", *, areas: tuple[str, ...] = ("KEN",), series: tuple[Series, ...] = (), **given: Any
) -> Round:
    """A round that is open and due in a month: the series given (or that of the small catalogue) for 2014 to 2016."""
    today = timezone.localdate()
    dates = {"opens_on": today - timedelta(days=10), "due_on": today + timedelta(days=30)}
    made = Round.objects.create(code=code, name_en=f"Round {code}", **(dates | given))
    for position, each in enumerate(series or (make_catalogue()[1],)):
        RoundItem.objects.create(
            round=made, series=each, breakdowns=["_T"], first_year=2014, last_year=2016, position=position
        )
    for area in areas:
        RoundArea.objects.create(round=made, area=make_area(area))
    return made


def make_submission(by: Any, *, area: str = "KEN", of_round: Round | None = None) -> Submission:
    """The submission of a country, opened by somebody of its team."""
    return open_submission(round=of_round or make_round(areas=(area,)), area=make_area(area), by=by)


def period(code: str) -> Period:
    read = parse_period(code)
    values = {"frequency": read.frequency, "start": read.start, "end": read.end}
    return Period.objects.get_or_create(code=read.code, defaults=values)[0]


def breakdown(key: str = "_T") -> Breakdown:
    read = parse_breakdown(key)
    return Breakdown.objects.get_or_create(key=read.key, defaults={"codes": read.codes})[0]


def entry(
    value: str | None = "1",
    *,
    of: str = "2015",
    by_key: str = "_T",
    series: Series | None = None,
    seen: int = 0,
    key: Any = None,
    **content: Any,
) -> Entry:
    """One change to one cell of the small catalogue's series."""
    one = series or Series.objects.get(code="SI_RMT_COST")
    number = None if value is None else Decimal(value)
    said = {"source": "National survey", "typed": value or "", "value": number} | content
    return Entry(
        series_id=one.pk,
        period_id=period(of).pk,
        breakdown_id=breakdown(by_key).pk,
        content=Content(unit_id=one.unit_id, **said),
        seen=seen,
        key=key,
    )


def enter(submission: Submission, by: Any, value: str | None = "1", **given: Any) -> Saved:
    """Save one cell; what was seen is what stands there, unless told otherwise."""
    made = entry(value, **given)
    if "seen" not in given:
        standing = submission.cells.filter(
            series=made.series_id, period=made.period_id, breakdown=made.breakdown_id
        ).first()
        made = entry(value, **{**given, "seen": standing.version if standing else 0})
    (saved,) = save_cells(submission=submission, entries=[made], by=by)
    return saved


def accept_all(submission: Submission, by: Any) -> None:
    """Mark every value as accepted."""
    seen = dict(submission.cells.filled().values_list("pk", "version"))
    mark_cells(submission=submission, seen=seen, mark=Mark.ACCEPTED, by=by)


def handed_in(by: Any, *values: str, of_round: Round | None = None, area: str = "KEN", **content: Any) -> Submission:
    """A submission with a value for each year from 2014, handed in by who entered it."""
    submission = make_submission(by, of_round=of_round, area=area)
    for year, value in enumerate(values or ("8.4",), start=2014):
        enter(submission, by, value, of=str(year), **content)
    return submit(submission=submission, by=by)


def approved(by: Any, desk: Any, *values: str, of: Submission | None = None) -> Submission:
    """A submission that was handed in and accepted for publication."""
    submission = of or handed_in(by, *values)
    accept_all(submission, desk)
    return approve(submission=submission, by=desk, seen_sha256=fingerprint(submission))
