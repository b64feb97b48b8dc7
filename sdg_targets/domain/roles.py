"""One table of roles: every role, its sentence, and what it may do."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .languages import gettext_noop


class Permission(StrEnum):
    """What can be allowed or refused, by name."""

    READ_PUBLISHED = "read_published"
    ENTER_DATA = "enter_data"
    VALIDATE_DATA = "validate_data"
    SUBMIT_DATA = "submit_data"
    INVITE_COLLEAGUES = "invite_colleagues"
    REVIEW_DATA = "review_data"
    PUBLISH_DATA = "publish_data"
    IMPORT_DATA = "import_data"
    SEE_IMPORTS = "see_imports"
    MAP_CODES = "map_codes"
    WITHDRAW_CONFIDENTIAL = "withdraw_confidential"
    EDIT_CATALOGUE = "edit_catalogue"
    EDIT_AREAS = "edit_areas"
    EDIT_PARTNERS = "edit_partners"
    WRITE_REPORTS = "write_reports"
    MANAGE_USERS = "manage_users"
    MANAGE_MANDATES = "manage_mandates"
    MANAGE_ROUNDS = "manage_rounds"


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its name, label, the sentence that explains it, its permissions, and whether it needs an area."""

    name: str
    label: str
    sentence: str
    permissions: frozenset[Permission]
    needs_area: bool = False


def _role(name: str, label: str, sentence: str, *permissions: Permission, needs_area: bool = False) -> Role:
    return Role(name, label, sentence, frozenset(permissions) | {Permission.READ_PUBLISHED}, needs_area)


_P = Permission
_TABLE = (
    _role(
        "focal_point",
        gettext_noop("Focal point"),
        gettext_noop("Enters the figures of one country and submits them."),
        _P.ENTER_DATA,
        _P.SUBMIT_DATA,
        needs_area=True,
    ),
    _role(
        "lead_focal_point",
        gettext_noop("Lead focal point"),
        gettext_noop("A focal point who can also invite colleagues for the same country."),
        _P.ENTER_DATA,
        _P.SUBMIT_DATA,
        _P.INVITE_COLLEAGUES,
        needs_area=True,
    ),
    _role(
        "validator",
        gettext_noop("Validator"),
        gettext_noop("Validates a country’s figures for its statistics office before they are submitted."),
        _P.VALIDATE_DATA,
        _P.SUBMIT_DATA,
        needs_area=True,
    ),
    _role(
        "reviewer",
        gettext_noop("Reviewer"),
        gettext_noop("Checks what countries submit, and accepts it for publication or returns it."),
        _P.REVIEW_DATA,
        _P.PUBLISH_DATA,
        _P.SEE_IMPORTS,
        # Whoever sees what is published meets a disclosure first, and it cannot wait for somebody else.
        _P.WITHDRAW_CONFIDENTIAL,
    ),
    _role(
        "importer",
        gettext_noop("Importer"),
        gettext_noop("Loads publishers’ files into the global datasets, and says what codes in them mean."),
        _P.IMPORT_DATA,
        _P.SEE_IMPORTS,
        _P.MAP_CODES,
    ),
    _role(
        "catalogue_editor",
        gettext_noop("Catalogue editor"),
        gettext_noop("Keeps indicators, series, areas and their names in order."),
        _P.EDIT_CATALOGUE,
        _P.EDIT_AREAS,
        _P.SEE_IMPORTS,
        _P.MAP_CODES,
    ),
    _role(
        "partner_editor",
        gettext_noop("Partner editor"),
        gettext_noop("Keeps organisations and their roles in order."),
        _P.EDIT_PARTNERS,
    ),
    _role(
        "report_writer",
        gettext_noop("Report writer"),
        gettext_noop("Builds reports and freezes their editions."),
        _P.WRITE_REPORTS,
    ),
    _role(
        "administrator",
        gettext_noop("Administrator"),
        gettext_noop("Looks after users, mandates, imports and the catalogue; enters no figures."),
        _P.IMPORT_DATA,
        _P.SEE_IMPORTS,
        _P.MAP_CODES,
        _P.WITHDRAW_CONFIDENTIAL,  # answers for the database, its backups and its copies
        _P.EDIT_CATALOGUE,
        _P.EDIT_AREAS,
        _P.EDIT_PARTNERS,
        _P.MANAGE_USERS,
        _P.MANAGE_MANDATES,
        _P.MANAGE_ROUNDS,
        _P.WRITE_REPORTS,
    ),
)

ROLES: Final[dict[str, Role]] = {role.name: role for role in _TABLE}


def roles_with(permission: Permission) -> frozenset[str]:
    """Names of the roles that carry a permission."""
    return frozenset(name for name, role in ROLES.items() if permission in role.permissions)
