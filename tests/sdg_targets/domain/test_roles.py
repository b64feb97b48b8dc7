"""The one table of roles: every role explains itself, and nobody both enters and publishes."""

from sdg_targets.domain.roles import ROLES, Permission, roles_with


def test_every_role_has_a_sentence_and_may_read_what_is_published() -> None:
    for role in ROLES.values():
        assert role.sentence.endswith(".")
        assert Permission.READ_PUBLISHED in role.permissions


def test_every_permission_belongs_to_a_role() -> None:
    assert all(roles_with(permission) for permission in Permission)


def test_no_role_both_enters_figures_and_publishes_them() -> None:
    assert not roles_with(Permission.ENTER_DATA) & roles_with(Permission.PUBLISH_DATA)


def test_roles_that_enter_figures_are_for_one_area() -> None:
    assert all(ROLES[name].needs_area for name in roles_with(Permission.ENTER_DATA))
