"""Who may open which of these pages, from the one table of roles."""

from typing import Any

from sdg_targets.domain.roles import Permission
from sdg_targets.permissions import can


def edit_catalogue(user: Any) -> bool:
    return can(user, Permission.EDIT_CATALOGUE)


def edit_areas(user: Any) -> bool:
    return can(user, Permission.EDIT_AREAS)


def manage_mandates(user: Any) -> bool:
    return can(user, Permission.MANAGE_MANDATES)


def see_imports(user: Any) -> bool:
    return can(user, Permission.SEE_IMPORTS)


def import_data(user: Any) -> bool:
    return can(user, Permission.IMPORT_DATA)
