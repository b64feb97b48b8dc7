"""The same few people in every test."""

from idm.accounts.models import User
from sdg_targets.domain.roles import ROLES
from sdg_targets.models import Mandate

from .catalogue import make_area


def make_account(role: str | None, *, area: str = "KEN") -> User:
    """A person with one mandate (for an area, where the role needs one), or with none."""
    name = role or "outsider"
    of = "" if area == "KEN" else f".{area.lower()}"
    user = User.objects.create_user(
        f"{name.replace('_', '-')}{of}@example.org",
        name=name.replace("_", " "),
    )
    if role is not None:
        Mandate.objects.create(user=user, role=role, area=make_area(area) if ROLES[role].needs_area else None)
    return user
