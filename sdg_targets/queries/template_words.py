"""The words of a template: its headings and lists in the person's language, its instructions in all three."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

from sdg_targets.domain.languages import LANGUAGES
from sdg_targets.domain.validation import MISSING
from sdg_targets.formats.round_template import Words
from sdg_targets.models import Status

#: The powers of ten that people write; others can be typed.
POWERS: Final = (0, 3, 6, 9)


def template_words() -> Words:
    """The words in the active language."""
    return Words(
        sheets=(pgettext("sheet", "Instructions"), pgettext("sheet", "Data"), pgettext("sheet", "Codes")),
        headings=headings(),
        statuses=[f"{status.value}: {status.label}" for status in Status],
        multipliers=_multipliers(),
        instructions=list(_in_all_languages()),
    )


def headings() -> dict[str, str]:
    """The words of the columns, by their codes."""
    return {
        "series": _("Series code"),
        "series_label": _("Series"),
        "breakdown": _("Breakdown code"),
        "breakdown_label": _("Breakdown"),
        "period": _("Period"),
        "published": _("Published value"),
        "global": _("Global figure, to compare"),
        "value": _("Your value"),
        "status": _("Observation status"),
        "unit": _("Unit"),
        "multiplier": _("Multiplier"),
        "source": _("Source"),
        "footnote": _("Footnote (published)"),
        "note": _("Note to the reviewers (never published)"),
        "lower_bound": _("Lower bound"),
        "upper_bound": _("Upper bound"),
        "numerator": _("Numerator"),
        "denominator": _("Denominator"),
        "base_period": _("Base period"),
        "time_detail": _("Detail of the period, such as fiscal year, July to June"),
        "explanation": _("Explanation, where a check warns"),
    }


def _multipliers() -> list[str]:
    words = (_("as written"), _("thousands"), _("millions"), _("thousand millions"))
    return [f"{power}: {word}" for power, word in zip(POWERS, words, strict=True)]


def _in_all_languages() -> Iterator[tuple[str, list[str]]]:
    """The instructions, in the reader's language first."""
    active = (get_language() or LANGUAGES[0])[:2]
    for language in sorted(LANGUAGES, key=lambda one: one != active):
        with override(language):
            yield _("How to fill in this template"), _instructions()


def _instructions() -> list[str]:
    reasons = ", ".join(f"{status.value} ({status.label})" for status in Status if status.value in MISSING)
    return [
        _("1. Write your figures into the column “Your value” of the sheet with the data. One row is one observation."),
        _(
            "2. Grey cells are locked: codes, labels, what is published now, and the global figure to compare yours with. The"
            " global figure is never taken for yours."
        ),
        _(
            "3. Where there is no figure, leave the value empty and choose the reason as the observation status: %(reasons)s."
            " Zero is a figure."
        )
        % {"reasons": reasons},
        _("4. Say where each figure comes from (source): a survey, a register, with its year."),
        _(
            "5. Write numbers as you are used to. A decimal comma or point is read; a number that can be read in two"
            " ways, such as 1,234, is refused, and you are told which cell it is. For 6.2 per cent write 6.2, without the"
            " format of percentages."
        ),
        _(
            "6. You can sort, hide columns, add columns and notes of your own; they are not read. To add an observation that is"
            " asked for nowhere, write its codes into a row below the last one."
        ),
        _(
            "7. Upload the file on the page from which you downloaded it. You are shown, cell by cell, what is new, changed,"
            " unchanged or refused and why. Nothing is saved before you say so."
        ),
    ]
