"""Who acts: organisations, and their roles for indicators."""

from .organisations import IndicatorRole, Organisation, OrganisationKind, RoleKind

__all__ = ["IndicatorRole", "Organisation", "OrganisationKind", "RoleKind"]
