"""The lists of migration-related indicators that the catalogue names, in words."""

from collections.abc import Mapping
from typing import Final

from .languages import gettext_noop

#: Which list says that an indicator is about migration, by the code in ``migration_profiles.csv``.
LISTS: Final[Mapping[str, str]] = {
    "MDP": gettext_noop("Migration Data Portal"),
    "IOMG": gettext_noop("IOM’s guide to migration in the 2030 Agenda"),
    "META": gettext_noop("the indicator’s official metadata"),
    "project's selection": gettext_noop("this project’s own selection"),
}
