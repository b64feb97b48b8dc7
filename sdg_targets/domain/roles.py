"""One table of roles: every role, its sentence, and what it may do."""

from collections.abc import Iterable
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
    """A role: its name, label, the sentence that explains it, and its permissions.

    It may need an area, and it may need a second factor: whoever publishes, or looks after people, signs in with more
    than a password.
    """

    name: str
    label: str
    sentence: str
    permissions: frozenset[Permission]
    needs_area: bool = False
    needs_second_factor: bool = False


def _role(name: str, label: str, sentence: str, *permissions: Permission, needs_area: bool = False) -> Role:
    grave = not _NEED_SECOND_FACTOR.isdisjoint(permissions)
    return Role(name, label, sentence, frozenset(permissions) | {Permission.READ_PUBLISHED}, needs_area, grave)


_P = Permission
#: A role that carries one of these needs a second factor.
_NEED_SECOND_FACTOR = frozenset({_P.REVIEW_DATA, _P.PUBLISH_DATA, _P.MANAGE_USERS, _P.MANAGE_MANDATES})
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


class Scope(StrEnum):
    """What a token for programs is for, by name."""

    READ = "read"
    SUBMIT = "submit"
    REVIEW = "review"


#: What each scope lets a request do that changes something; whoever holds the token must have the permission too.
SCOPES: Final[dict[Scope, frozenset[Permission]]] = {
    Scope.READ: frozenset(),
    Scope.SUBMIT: frozenset({_P.ENTER_DATA, _P.VALIDATE_DATA, _P.SUBMIT_DATA}),
    Scope.REVIEW: frozenset({_P.REVIEW_DATA, _P.PUBLISH_DATA}),
}


def allowed_by_scopes(scopes: Iterable[str], *, changing: bool) -> frozenset[Permission]:
    """The most that a request with a token of these scopes may do; reading is in every scope, managing in none."""
    named = frozenset[Permission]().union(*(SCOPES[Scope(scope)] for scope in scopes))
    everything = frozenset[Permission]().union(*SCOPES.values()) | {_P.SEE_IMPORTS}
    return (named if changing else everything) | {_P.READ_PUBLISHED}


def roles_with(permission: Permission) -> frozenset[str]:
    """Names of the roles that carry a permission."""
    return frozenset(name for name, role in ROLES.items() if permission in role.permissions)
