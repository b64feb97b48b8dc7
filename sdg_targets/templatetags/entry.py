"""Entering in templates: what stands in the field of a cell, what is published beside it, and the cell's own address."""

from dataclasses import dataclass
from typing import Any, Final

from django import template
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sdg_targets.actions.entering import Refused
from sdg_targets.domain import figures
from sdg_targets.domain.cell_texts import text_of_cell
from sdg_targets.domain.coverage import NOT_ASKED_PRINTED
from sdg_targets.models import Cell, Status, Submission
from sdg_targets.queries.grid import Draft, place_of
from sdg_targets.queries.published_beside import Last, Place, Published

from .figures import language as active

register = template.Library()

#: Where there is little room a figure has so many significant digits; the page of its cell has them all.
SHORT: Final = 6
#: The words of each field of a cell's form, and what would help to fill it.
LABELS: Final[dict[str, tuple[Any, Any]]] = {
    "value": (gettext_lazy("Value"), ""),
    "status": (gettext_lazy("Status, or the reason why there is none"), ""),
    "source": (gettext_lazy("Source"), gettext_lazy("Survey, register or publication, with its year")),
    "footnote": (gettext_lazy("Footnote"), gettext_lazy("Published with the value")),
    "note": (gettext_lazy("Note to the reviewers"), gettext_lazy("Never published")),
    "explanation": (
        gettext_lazy("Explanation of a warning"),
        gettext_lazy("Why the value is right although a check warns of it"),
    ),
    "lower_bound": (gettext_lazy("Lower bound"), ""),
    "upper_bound": (gettext_lazy("Upper bound"), ""),
    "numerator": (gettext_lazy("Numerator"), ""),
    "denominator": (gettext_lazy("Denominator"), ""),
    "multiplier": (gettext_lazy("The value is given in"), ""),
    "nature": (gettext_lazy("Nature of the figure"), ""),
    "time_detail": (gettext_lazy("Detail of the period"), gettext_lazy("Such as fiscal year, July to June")),
    "base_period": (gettext_lazy("Base period"), gettext_lazy("Of an index or of constant prices")),
}


@register.simple_tag
def cell_text(draft: Draft | None, language: str) -> str:
    """The text of a cell's field, which is read back as the very same number."""
    return text_of_cell(draft.value, draft.typed, language) if draft else ""


@register.simple_tag
def published_text(found: Published, digits: int | None = None) -> str:
    """A published figure in the person's language (to ``digits`` significant digits), or why there is none."""
    if found.value is not None:
        return figures.number(found.value, active(), digits=digits)
    if found.printed == NOT_ASKED_PRINTED:
        return _("Not asked")
    return str(Status(found.status).label)


@register.simple_tag
def last_words(found: Last) -> str:
    """The newest published figure of a row, in a few words."""
    words = _("last: %(value)s (%(period)s)") if found.is_national else _("last: %(value)s (%(period)s, global)")
    return words % {"value": published_text(found.published, SHORT), "period": found.period}


@register.simple_tag
def cell_url(submission: Submission, place: Place) -> str:
    """The address of a cell's page."""
    base = reverse("sdg_targets:my-cell", args=[submission.area.code, submission.round.code])
    return f"{base}?{urlencode(dict(zip(('series', 'period', 'breakdown'), place, strict=True)))}"


@register.simple_tag
def row_url(submission: Submission, row: Cell) -> str:
    """The address of a stored cell's page."""
    return str(cell_url(submission, place_of(row)))


@register.simple_tag
def row_place(row: Cell) -> str:
    """How the script calls a stored cell."""
    return "|".join(place_of(row))


@register.simple_tag
def row_text(row: Cell, language: str) -> str:
    """What a cell says, in a line: its value as in its field, or why there is none."""
    said = text_of_cell(row.value, row.typed, language)
    if said:
        return said
    return _("nothing") if row.is_empty else str(Status(row.status).label)


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a cell's form: its words, and what stands in it."""

    label: str
    hint: str
    text: str
    is_refused: bool


@register.simple_tag
def field_of(name: str, fields: dict[str, str], given: dict[str, str], refused: Refused | None) -> FormField:
    """A field by its name: what the person gave stands before what is saved."""
    label, hint = LABELS[name]
    stands = given.get(name, fields.get(name, ""))
    return FormField(str(label), str(hint), stands, refused is not None and refused.column == name)
