"""A small trend for a table: a few lines of plain SVG, gaps not joined."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from sdg_targets.queries.figures import Figure

WIDTH, HEIGHT, MARGIN = 112.0, 28.0, 3.0


def sparkline(points: Sequence[Figure]) -> SafeString:
    """The line of a figure's values by year; nothing for fewer than two values. Decoration: the table has the figures."""
    valued = [(p.year, float(p.value)) for p in points if p.value is not None]
    if len({year for year, _value in valued}) < 2:
        return mark_safe("")
    first, last = valued[0][0], valued[-1][0]
    low, high = min(v for _y, v in valued), max(v for _y, v in valued)

    def place(year: int, value: float) -> str:
        x = MARGIN + (WIDTH - 2 * MARGIN) * (year - first) / (last - first)
        share = 0.5 if high == low else (value - low) / (high - low)
        return f"{x:.1f} {HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * share:.1f}"

    parts, before = [], None
    for year, value in valued:
        joined = before is not None and year - before <= 1
        parts.append(("L" if joined else "M") + place(year, value) + ("" if joined else "h.01"))
        before = year
    x, y = place(*valued[-1]).split()
    return format_html(
        '<svg class="sparkline" viewBox="0 0 112 28" aria-hidden="true" focusable="false"><path d="{}"/>'
        '<circle cx="{}" cy="{}" r="2.6"/></svg>',
        "".join(parts),
        x,
        y,
    )
