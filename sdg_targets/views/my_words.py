"""What the script of the grid says, in the person's language: scripts hold no sentences of their own."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def words_of_script() -> dict[str, str]:
    """Sentences by their names; ``{n}``, ``{who}`` and the like are filled in by the script."""
    return {
        "ready": _("Everything you type is saved at once."),
        "saved": _("Saved."),
        "saving": _("Saving …"),
        "one_waiting": ngettext("%(n)s value not saved yet.", "%(n)s values not saved yet.", 1) % {"n": 1},
        "waiting": ngettext("%(n)s value not saved yet.", "%(n)s values not saved yet.", 2) % {"n": "{n}"},
        "offline": _("No connection. What you type is kept in this browser and sent when the connection is back."),
        "server": _("The server does not answer. What you type is kept in this browser and sent again."),
        "signed_out": _(
            "You are signed out. What you type is kept in this browser and sent when you are signed in again."
        ),
        "sign_in": _("Sign in in a new tab"),
        "another": _("Somebody else is signed in now in this browser. Load the page again."),
        "refused": _("Not saved: {why}"),
        "unsaved": _("Not saved yet"),
        "clash_title": _("Somebody else changed a value that you changed too. Choose which one stands."),
        "clash": _("{where}: you wrote {mine}; {who} wrote {theirs} on {when}."),
        "nothing": _("nothing"),
        "keep_mine": _("Keep mine"),
        "take_theirs": _("Take the other"),
        "pasted": _("{n} values pasted."),
        "did_not_fit": _("{n} of the pasted values did not fit into the grid and were left out."),
        "copied": _("{n} values copied."),
        "undone": _("Undone."),
        "redone": _("Done again."),
        "panel_away": _("The details cannot be loaded now. Values can still be entered."),
        "close": _("Close"),
        "not_kept": _("This browser keeps nothing: do not close the page before everything is saved."),
        "kept_before": _("Values from before that were not sent are here again."),
        "left": _("It can still be submitted when everything is saved."),
    }
