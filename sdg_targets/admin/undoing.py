"""The page on which an import is undone."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sdg_targets.actions.undoing import CannotUndo, undo_import
from sdg_targets.domain.roles import Permission
from sdg_targets.models import Import
from sdg_targets.queries.undoing import effect_of_undoing

from .deeds import Deed


def undoing_of(made: Import, by: Any) -> Deed:
    """The deed of undoing one import, with the counts of what would happen now."""
    back = reverse("admin:sdg_targets_import_change", args=[made.pk])
    effect = effect_of_undoing(made)

    def act(reason: str) -> tuple[str, str]:
        done = undo_import(made=made, by=by, note=reason)
        said = _("Undone: %(changed)s observations were changed back, %(left)s were left as they are.")
        told = said % {"changed": done.changed, "left": done.left}
        if done.texts or done.texts_left:
            texts = _("Texts of metadata: %(back)s went back, %(left)s were left.")
            told = f"{told} {texts % {'back': done.texts, 'left': done.texts_left}}"
        return told, back

    texts = [
        (_("Texts of metadata that go back"), effect.texts),
        (_("Texts of metadata that are left"), effect.texts_left),
    ]
    return Deed(
        permission=Permission.IMPORT_DATA,
        title=_("Undo an import"),
        lead=_(
            "What this import changed goes back, as a new revision; the history keeps both. To take that back, import the"
            " file again."
        )
        if effect.anything
        else _("There is nothing to undo in this import."),
        facts=[
            (_("Import"), str(made)),
            (_("Back to the version before"), effect.restored),
            (_("Withdrawn, because there was none before"), effect.withdrawn),
            (_("Published again, because this import had withdrawn them"), effect.reinstated),
            (_("Left, because something newer stands"), effect.left),
            *(texts if made.texts else ()),
        ],
        button=_("Undo this import"),
        back=back,
        act=act,
        refusal=CannotUndo,
        reason_help=_("Everybody can read it, as the note of the revision."),
        possible=effect.anything,
    )
