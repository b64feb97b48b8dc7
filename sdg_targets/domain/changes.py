"""The kinds of change between two versions of an observation."""

from enum import StrEnum
from typing import Final

from .languages import gettext_noop


class ChangeKind(StrEnum):
    """How the later version differs from the earlier one, in the order in which the kinds are always given."""

    NEW = "new"
    REVISED = "revised"
    PRECISION = "precision"
    DESCRIBED = "described"
    WITHDRAWN = "withdrawn"
    SUPPRESSED = "suppressed"


#: Each kind in a few words.
LABELS: Final = {
    ChangeKind.NEW: gettext_noop("New"),
    ChangeKind.REVISED: gettext_noop("Revised"),
    ChangeKind.PRECISION: gettext_noop("Other precision"),
    ChangeKind.DESCRIBED: gettext_noop("Described otherwise"),
    ChangeKind.WITHDRAWN: gettext_noop("No longer published"),
    ChangeKind.SUPPRESSED: gettext_noop("Suppressed for confidentiality"),
}
