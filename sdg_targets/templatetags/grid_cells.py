"""The cells of the grid. Written here and not in a template: a large grid has some thousand, and each would be a template."""

from typing import Final

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sdg_targets.models import Status, Submission
from sdg_targets.queries.grid import Draft, GridCell, GridRow
from sdg_targets.queries.published_beside import Place, Published

from .entry import SHORT, cell_text, published_text

register = template.Library()

_CELL: Final = (
    '<td class="entry-cell{}" data-label="{}"{}><input type="text" inputmode="decimal" autocomplete="off"'
    ' spellcheck="false" maxlength="80" form="f{}-{}" name="{}" value="{}"{} aria-labelledby="s{}-{} r{}-{}-{} c{}-{}"{}>'
    '<span class="beside">{}{}<a class="cell-more" href="{}" tabindex="-1"><span class="visually-hidden">{}: {}</span>'
    '<span aria-hidden="true">{}</span></a></span></td>'
)
_HIDDEN: Final = '<span class="visually-hidden">{}: </span>'
_BESIDE: Final = '<span class="{}">' + _HIDDEN + '<span class="mark-{}" aria-hidden="true">{}</span> {}</span>'


@register.simple_tag
def grid_cells(
    row: GridRow,
    submission: Submission,
    weights: dict[Place, str],
    language: str,
    may_enter: bool,
    source: str,
    a: int,
    s: int,
    r: int,
) -> SafeString:
    """The cells of a row: ``a``, ``s`` and ``r`` count sheet, series and row, and name what labels a cell.

    Beside the field of a draft stands what is published, and the way to the page of the cell.
    """
    base = reverse("sdg_targets:my-cell", args=[submission.area.code, submission.round.code])
    more, readonly = _("Details"), SafeString("" if may_enter else " readonly")
    parts = (
        (
            _classes(cell, weights.get(cell.place, "")),
            cell.place[1],
            _own_source(cell, source),
            a,
            s,
            "|".join((*cell.place, str(cell.version))),
            cell_text(cell.draft, language),
            _reason(cell.draft),
            a,
            s,
            a,
            s,
            r,
            a,
            column,
            _invalid(weights.get(cell.place, "")) + readonly,
            _published("national", cell.national),
            _published("world", cell.world),
            f"{base}?{urlencode(dict(zip(('series', 'period', 'breakdown'), cell.place, strict=True)))}",
            more,
            cell.place[1],
            _sign(cell.draft),
        )
        for column, cell in enumerate(row.cells, start=1)
    )
    return format_html_join("", _CELL, parts)


def _classes(cell: GridCell, weight: str) -> str:
    names = [] if cell.asked else ["is-beyond"]
    if weight:
        names.append(f"has-{weight}")
    if cell.draft and cell.draft.open_comments:
        names.append("has-question")
    return "".join(f" {name}" for name in names)


def _own_source(cell: GridCell, source: str) -> SafeString:
    """The mark of a value whose source is not that of its series."""
    own = cell.draft is not None and cell.draft.source not in ("", source)
    return SafeString(" data-own-source" if own else "")


def _reason(draft: Draft | None) -> SafeString:
    """Why there is no value, where the draft says it, as the text that stands in an empty field."""
    if draft is None or draft.value is not None or draft.typed or draft.is_empty:
        return SafeString("")
    return format_html(' placeholder="{}"', Status(draft.status).label)


def _invalid(weight: str) -> SafeString:
    return SafeString(' aria-invalid="true"' if weight == "error" else "")


def _published(kind: str, found: Published | None) -> str:
    if found is None:
        return ""
    if kind == "national":
        words, letter = _("published national figure"), pgettext("national figure", "N")
    else:
        words, letter = _("global figure"), pgettext("global figure", "G")
    return format_html(_BESIDE, kind, words, kind, letter, published_text(found, SHORT))


def _sign(draft: Draft | None) -> str:
    """What the way to the cell's page promises: a question that waits, notes, or just more."""
    if draft is not None and draft.open_comments:
        return "?"
    return "≡" if draft is not None and draft.has_notes else "…"
