"""Undoing an import: what it changed and nothing newer has changed since goes back, as a new revision.

History keeps everything: before, the import, and its undoing. To take it back, import the file again.
"""

from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from sdg_targets.domain.roles import Permission
from sdg_targets.models import Import, ImportState, Revision, RevisionReason
from sdg_targets.permissions import require
from sdg_targets.queries.undoing import PLAN, Undone, effect_of_undoing, parameters_of
from sdg_targets.queries.undoing_texts import texts_back

from .metadata import put_texts_back
from .observations import lock_writing, write_anew


class CannotUndo(ValueError):  # noqa: N818 - a sentence for the person who asked
    """There is nothing that could be undone; the message says why."""


@transaction.atomic
def undo_import(*, made: Import, by: Any, note: str) -> Undone:
    """Undo one import; ``note`` says why. Returns what became of its observations and its texts of metadata.

    Errors: ``PermissionDenied``; ``CannotUndo`` where no reason is given, where the import wrote nothing or was undone
    before, and where everything it wrote has been changed by something newer.
    """
    require(by, Permission.IMPORT_DATA)
    if not note.strip():
        raise CannotUndo(_("Say why the import is undone."))
    lock_writing()
    made = Import.objects.select_for_update(of=("self",)).select_related("dataset").get(pk=made.pk)
    if made.state != ImportState.APPLIED:
        raise CannotUndo(_("This import wrote nothing: there is nothing to undo."))
    if made.undone_in_id is not None:
        raise CannotUndo(_("This import was undone in revision %(number)s.") % {"number": made.undone_in_id})
    effect = effect_of_undoing(made)
    if not effect.anything:
        raise CannotUndo(_("Everything that this import wrote has been changed since: there is nothing to undo."))
    _write(made, by, note.strip())
    return effect


def _write(made: Import, by: Any, note: str) -> None:
    revision = Revision.objects.take(by=by, reason=RevisionReason.ERROR, note=note)
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists pg_temp.undoing")
        cursor.execute(f"create temporary table undoing on commit drop as {PLAN}", parameters_of(made))
    write_anew(
        dataset=made.dataset,
        revision=revision,
        gone="select old_id from undoing where old_id is not null",
        again="select before_id from undoing where before_id is not null",
    )
    put_texts_back(texts_back(made))
    made.undone_in = revision
    made.save(update_fields=["undone_in"])
