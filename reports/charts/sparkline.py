"""A small trend for a table: a few lines of plain SVG, joined only where figures follow each other."""

from collections.abc import Collection, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from sdg_targets.domain.comparability import parts
from sdg_targets.queries.figures import Figure

WIDTH, HEIGHT, MARGIN = 112.0, 28.0, 3.0


def sparkline(points: Sequence[Figure], breaks: Collection[int] = ()) -> SafeString:
    """The line of a figure's values by year; nothing for fewer than two values. Decoration: the table has the figures."""
    valued = [point for point in points if point.value is not None]
    if len({point.year for point in valued}) < 2:
        return mark_safe("")
    first, last = valued[0].year, valued[-1].year
    values = [float(point.value or 0) for point in valued]
    low, high = min(values), max(values)

    def place(point: Figure) -> str:
        x = MARGIN + (WIDTH - 2 * MARGIN) * (point.year - first) / (last - first)
        share = 0.5 if high == low else (float(point.value or 0) - low) / (high - low)
        return f"{x:.1f} {HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * share:.1f}"

    # The touch of a line after each start makes a figure that stands alone a dot.
    runs = ["M" + place(run[0]) + "h.01" + "".join(f"L{place(p)}" for p in run[1:]) for run in parts(valued, breaks)]
    x, y = place(valued[-1]).split()
    return format_html(
        '<svg class="sparkline" viewBox="0 0 112 28" aria-hidden="true" focusable="false"><path d="{}"/>'
        '<circle cx="{}" cy="{}" r="2.6"/></svg>',
        "".join(runs),
        x,
        y,
    )
