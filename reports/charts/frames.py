"""Charts for pages: an answer of ``queries`` becomes a frame with its words, its specification and its image's address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Final

from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sdg_targets.domain.codes import WORLD
from sdg_targets.domain.comparability import parts
from sdg_targets.domain.figures import OPERATORS, number, with_unit
from sdg_targets.models import Nature, Series, ValueKind
from sdg_targets.queries.catalogue import IndicatorEntry
from sdg_targets.queries.cross_section import CrossSection
from sdg_targets.queries.figures import Figure
from sdg_targets.queries.timeseries import Line

from .classes import Classes, quantile_classes
from .dots import AxisWords, DotValue, distribution, ranking
from .lines import Aim, PointValue, time_series
from .render import Words, shapes, urls, version_of
from .specs import Spec, plain, size
from .world_map import NOT_ASKED, MapData, MapValue, legend_of, world_map

#: Digits of a figure where space is small; tables and the API have them all.
DIGITS: Final = 4
#: Countries with a figure from which on their spread is shown, and up to which each has a bar with its name.
FEWEST: Final = 5
MOST_BARS: Final = 25


@dataclass(frozen=True)
class ChartFrame:
    """A chart as ``components/chart.html`` takes it."""

    name: str
    title: str
    subtitle: str
    alt: str
    source: str
    notice: str
    disclaimer: str
    width: int
    height: int
    spec: Spec
    address: str
    legend: tuple[tuple[str, str], ...] = ()
    #: Where the script finds the map of every year, and the years; blank where there is one year or one was asked for.
    years_address: str = ""
    years: tuple[str, ...] = ()

    @property
    def words(self) -> Words:
        below = (self.notice, _("Source: %(source)s") % {"source": self.source}, self.disclaimer)
        return Words(self.title, self.subtitle, below)

    @property
    def browser_spec(self) -> Spec:
        """The specification with the address of the shapes, for the script."""
        return dict(urls(plain(self.spec), static("data/world.json")))

    @cached_property
    def version(self) -> str:
        """What makes an image's address new when its content changes; such an image can be kept for ever."""
        return version_of(self.spec, self.words, _language())

    def image_address(self, kind: str, **changes: str) -> str:
        path, _sign, query = self.address.partition("?")
        extra = urlencode({**changes, "v": self.version})
        joined = "&".join(part for part in (query, extra) if part)
        return f"{path}.{kind}" + (f"?{joined}" if joined else "")

    @property
    def svg_url(self) -> str:
        return self.image_address("svg", plain="1")

    @property
    def dark_url(self) -> str:
        return self.image_address("svg", plain="1", theme="dark")

    @property
    def narrow_url(self) -> str:
        return self.image_address("svg", plain="1", narrow="1")

    @property
    def narrow_dark_url(self) -> str:
        return self.image_address("svg", plain="1", narrow="1", theme="dark")

    @property
    def svg_download(self) -> str:
        return self.image_address("svg")

    @property
    def png_download(self) -> str:
        return self.image_address("png")


def _language() -> str:
    return (get_language() or "en")[:2]


def _short(value: Decimal) -> str:
    return number(value, _language(), digits=DIGITS)


def shown(figure: Figure) -> str:
    """A figure in a few signs: its word, or its number with the unit; its period; and its nature where it was made."""
    said = figure.word or with_unit(_short(figure.value or Decimal(0)), figure.symbol, _language())
    nature = f", {Nature(figure.nature).label}" if figure.is_made else ""
    return f"{said} ({figure.period}{nature})"


def _frame(
    name: str,
    entry: IndicatorEntry,
    series: Series,
    spec: Spec,
    *,
    query: dict[str, str],
    subtitle: str,
    alt: str,
    disclaimer: bool = False,
    legend: tuple[tuple[str, str], ...] = (),
) -> ChartFrame:
    address = reverse("reports:chart-file", args=[entry.indicator.code, name, "svg"]).removesuffix(".svg")
    given = {"series": series.code, **query} if series != entry.headline else query
    return ChartFrame(
        name=name,
        title=title_of(series),
        subtitle=subtitle,
        alt=alt,
        source=source_line(),
        notice=entry.profile.text("notice") if entry.profile else "",
        disclaimer=_("Boundaries and names imply no opinion on the status of any area. Dashed lines are not agreed.")
        if disclaimer
        else "",
        width=size(spec)[0],
        height=size(spec)[1],
        spec=spec,
        address=f"{address}?{urlencode(query_of(given))}" if query_of(given) else address,
        legend=legend,
    )


def title_of(series: Series) -> str:
    """The series' official name, without the list of its classes, which the legend has."""
    name = str(series.name)
    return name.rpartition(" (")[0] if series.value_labels and " (" in name else name


def query_of(given: dict[str, str]) -> dict[str, str]:
    """A query without its blanks."""
    return {key: value for key, value in given.items() if value}


def source_line() -> str:
    """Where the figures of a chart are from; each value's own source stands in the table."""
    return _(
        "UN Global SDG Indicators Database, United Nations Statistics Division, and the agencies named in the table"
    )


def map_classes(
    series: Series, figures: Sequence[Figure]
) -> tuple[Classes | None, tuple[str, ...], Callable[[Figure], int]]:
    """The classes of a map: the words of an ordered series, else quantiles."""
    if series.value_labels:
        keys = sorted(series.value_labels, key=Decimal)
        labels = tuple(series.word_for(Decimal(key)) for key in keys)
        place = {Decimal(key): n for n, key in enumerate(keys)}
        return None, labels, lambda figure: place.get(figure.value or Decimal(0), 0)
    classes = quantile_classes([f.value for f in figures if f.value is not None], _short)
    return classes, classes.labels, lambda figure: classes.of(figure.value or Decimal(0))


def map_frame(entry: IndicatorEntry, section: CrossSection, *, as_of: str = "") -> ChartFrame | None:
    """The world by classes of the values; ``None`` where no country has a figure."""
    if not section.figures:
        return None
    series = section.series
    known = [f for f in section.figures if series.word_for(f.value) or not series.value_labels]
    not_asked = [f for f in section.without_value if f.printed == "N" and not f.is_aggregate]
    _classes, labels, group = map_classes(series, known)
    data = MapData(
        values=(
            *(MapValue(f.area_code, f.area_name, group(f), shown(f)) for f in known),
            *(MapValue(f.area_code, f.area_name, NOT_ASKED, _("Not asked")) for f in not_asked),
        ),
        labels=labels,
        no_figure=_("No figure"),
        points=shapes()["points"],
        value_title=unit_words(series),
        not_asked=_("Not asked"),
    )
    alt = _("World map. %(with)d of %(all)d Member States have a value; the table below has every value.") % {
        "with": section.with_value,
        "all": section.member_states,
    }
    frame = _frame(
        "map",
        entry,
        series,
        world_map(data),
        query={"period": section.period, "as_of": as_of},
        subtitle=_subtitle(series, section.period),
        alt=alt,
        disclaimer=True,
        legend=tuple(legend_of(data)),
    )
    periods = entry.reach[series.pk].periods if series.pk in entry.reach else ()
    if section.period or len(periods) < 2:
        return frame
    asked = urlencode(query_of({"series": series.code, "as_of": as_of}))
    return replace(
        frame, years=periods, years_address=f"{reverse('reports:map-years', args=[entry.indicator.code])}?{asked}"
    )


def unit_words(series: Series) -> str:
    """What the numbers of a series are, in a few words."""
    if series.kind in (ValueKind.ORDINAL, ValueKind.YES_NO):
        return _("Answer") if series.kind == ValueKind.YES_NO else _("Class")
    return str(series.unit.name)


def _subtitle(series: Series, period: str) -> str:
    when = period or _("newest year of each country")
    return f"{unit_words(series)} · {when}"


def lines_frame(entry: IndicatorEntry, series: Series, lines: Sequence[Line], *, as_of: str = "") -> ChartFrame:
    """Lines over time for chosen areas, with the target's value where it is one for each country."""
    points = [point for line in lines for point in _points(line, series)]
    names = [str(line.area.name) for line in lines]
    years = [p.year for p in points if p.value is not None]
    spec = time_series(points, areas=names, unit=unit_words(series), aim=aim_of(entry, series, lines))
    alt = _("Lines for %(areas)s, %(first)d to %(last)d; the table below has every value.") % {
        "areas": ", ".join(names),
        "first": min(years),
        "last": max(years),
    }
    codes = ",".join(line.area.code for line in lines)
    hollow = _("hollow points are estimated or modelled") if any(p.made for p in points) else ""
    return _frame(
        "lines",
        entry,
        series,
        spec,
        query={"areas": codes, "as_of": as_of},
        subtitle=" · ".join(filter(None, (unit_words(series), f"{int(min(years))}–{int(max(years))}", hollow))),
        alt=alt,
        legend=tuple((name, f"series-{place + 1}") for place, name in enumerate(names)),
    )


def _points(line: Line, series: Series) -> list[PointValue]:
    """The points of a line: which no line leads to from the one before, and which are estimated or modelled."""
    firsts = {id(run[0]) for run in parts(line.with_value, series.breaks)[1:]}
    return [
        PointValue(
            area=str(line.area.name),
            year=p.period_end.year,
            value=None if p.value is None else float(p.value),
            period=p.period,
            text="" if p.value is None else shown(p),
            made=p.is_made,
            apart=id(p) in firsts,
        )
        for p in line.points
    ]


def aim_of(entry: IndicatorEntry, series: Series, lines: Sequence[Line]) -> Aim | None:
    """The target's value where it can be held against these lines: one for the world, or one for each country (0, 100).

    A value for the world alone stands only where the world is among the lines, and only for the headline series.
    """
    profile = entry.profile
    if profile is None or profile.target_value is None or series != entry.headline or series.value_labels:
        return None
    everywhere = profile.target_value in (0, 100)
    if not everywhere and not any(line.area.code == WORLD for line in lines):
        return None
    value = with_unit(_short(profile.target_value), series.unit.symbol, _language())
    rule = f"{OPERATORS.get(profile.target_operator, '')} {value}" if profile.target_value else value
    words = _("Target: %(rule)s") if everywhere else _("Target for the world: %(rule)s")
    return Aim(float(profile.target_value), words % {"rule": rule})


def spread_frame(entry: IndicatorEntry, section: CrossSection, *, as_of: str = "") -> ChartFrame | None:
    """How the values lie: bars in order for a few countries where the catalogue allows a ranking, else dots.

    ``None`` for ordered classes, and where fewer than five countries have a figure.
    """
    series = section.series
    if series.value_labels or len(section.figures) < FEWEST:
        return None
    dots = [DotValue(f.area_code, f.area_name, float(f.value or 0), shown(f)) for f in section.figures]
    ranked = len(dots) <= MOST_BARS and entry.profile is not None and entry.profile.may_rank
    unit = unit_words(series)
    words = AxisWords(
        unit, _("%(unit)s (each mark ten times the last)") % {"unit": unit}, _("Countries and territories")
    )
    return _frame(
        "spread",
        entry,
        series,
        ranking(dots, unit=unit) if ranked else distribution(dots, words),
        query={"period": section.period, "as_of": as_of},
        subtitle=_subtitle(series, section.period),
        alt=_spread_alt(section.figures),
    )


def _spread_alt(figures: Sequence[Figure]) -> str:
    values = sorted(f.value for f in figures if f.value is not None)
    return _(
        "Countries and territories by value: %(n)d values from %(least)s to %(most)s, the middle one %(middle)s."
    ) % {
        "n": len(values),
        "least": _short(values[0]),
        "most": _short(values[-1]),
        "middle": _short(values[len(values) // 2]),
    }
