"""What editors write in the administration: codes checked, keys that follow, nobody's own mandate, words kept."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client

from idm.accounts.models import User
from sdg_targets.domain.roles import ROLES
from sdg_targets.models import (
    Area,
    Category,
    Goal,
    GroupMembership,
    Indicator,
    Mandate,
    MigrationProfile,
    Release,
    Series,
    SeriesLimits,
    Target,
)
from tests.factories import make_area, make_catalogue, make_indicator, observe

pytestmark = pytest.mark.django_db


def filled(client: Client, address: str, **changed: Any) -> dict[str, Any]:
    """What a browser would send back from a form, with some cells changed."""
    form_page = client.get(address).context
    data: dict[str, Any] = {}
    forms = [form_page["adminform"].form, *(f for s in form_page["inline_admin_formsets"] for f in s.formset.forms)]
    forms += [s.formset.management_form for s in form_page["inline_admin_formsets"]]
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                data[bound.html_name] = value
    return data | changed


def send(client: Client, address: str, **changed: Any) -> Any:
    return client.post(address, filled(client, address, **changed))


def errors(response: Any) -> dict[str, Any]:
    assert response.status_code == 200
    return dict(response.context["adminform"].form.errors)


@pytest.fixture
def editor(catalogue_editor: User, sign_in: Callable[[User], Client]) -> Client:
    make_catalogue()
    MigrationProfile.objects.update(listed_by=["META"])
    return sign_in(catalogue_editor)


def page(model: type[Any], key: Any) -> str:
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/{key}/change/"


@pytest.mark.parametrize(
    ("code", "kept"), [("10.C", "10.c"), ("10-d", "10.d"), ("10", None), ("10.c.1", None), ("x", None), ("18.1", None)]
)
def test_a_target_has_a_code_that_the_framework_could_have(editor: Client, code: str, kept: str | None) -> None:
    target = Target.objects.get()
    response = send(editor, page(Target, target.pk), code=code)
    target.refresh_from_db()
    if kept is None:
        assert "code" in errors(response)
        assert target.code == "10.c"
    else:
        assert response.status_code == 302
        assert target.code == kept and target.sort.startswith("0010.1")


def test_the_order_of_an_indicator_follows_from_its_code(editor: Client) -> None:
    indicator = Indicator.objects.get()
    assert send(editor, page(Indicator, indicator.pk), code="10.c.12").status_code == 302
    indicator.refresh_from_db()
    assert indicator.sort > make_indicator("10.c.2").sort


def test_a_profile_is_edited_with_its_indicator_and_its_rule_is_whole(editor: Client) -> None:
    indicator = Indicator.objects.get()
    address = page(Indicator, indicator.pk)
    assert send(editor, address, **{"migration-0-notice_fr": "Attention."}).status_code == 302
    indicator.migration.refresh_from_db()
    assert indicator.migration.notice_fr == "Attention."
    half = send(editor, address, **{"migration-0-target_operator": "<"})
    assert half.status_code == 200 and b"migration_rule_is_whole" in half.content
    whole = send(editor, address, **{"migration-0-target_operator": "<", "migration-0-target_value": "3.0"})
    assert whole.status_code == 302
    indicator.migration.refresh_from_db()
    assert str(indicator.migration.target_value) == "3.0"


def test_a_goal_keeps_its_number_whatever_is_sent(editor: Client) -> None:
    goal = Goal.objects.get()
    assert send(editor, page(Goal, goal.pk), number="3", code="3", name_fr="Inégalités").status_code == 302
    goal.refresh_from_db()
    assert (goal.number, goal.code, goal.name_fr) == (10, "10", "Inégalités")


def test_an_area_renamed_sorts_by_its_new_name(editor: Client) -> None:
    area = Area.objects.get(code="KEN")
    assert send(editor, page(Area, area.pk), name_fr="Éthiopie", name_es="Ñandú").status_code == 302
    area.refresh_from_db()
    assert (area.sort_fr, area.sort_es) == ("ethiopie", "nzzandu")


def test_an_area_says_in_words_what_its_constraints_refuse(editor: Client) -> None:
    area = Area.objects.get(code="KEN")
    response = send(editor, page(Area, area.pk), valid_from="2020-01-02", valid_to="2020-01-01")
    assert "__all__" in errors(response)


def test_a_membership_is_given_an_end_on_the_member_s_page(editor: Client) -> None:
    group = make_area("LDC", kind="group", status="aggregate", counts_as_country=False, iso3=None, name_en="LDC")
    area = Area.objects.get(code="UGA")
    GroupMembership.objects.create(group=group, member=area)
    assert send(editor, page(Area, area.pk), **{"memberships-0-valid_to": "2026-11-24"}).status_code == 302
    assert str(GroupMembership.objects.get().valid_to) == "2026-11-24"
    assert "memberships-0-valid_to" not in editor.get(page(Area, group.pk)).content.decode()


def test_a_series_with_figures_is_not_deleted(editor: Client) -> None:
    observe()
    series = Series.objects.get()
    address = f"/admin/sdg_targets/series/{series.pk}/delete/"
    assert "Cannot delete series" in editor.post(address, {"post": "yes"}).content.decode()
    assert Series.objects.filter(pk=series.pk).exists()


def test_a_category_that_figures_are_broken_down_by_is_not_deleted_nor_is_its_dimension(editor: Client) -> None:
    observe("KEN", "2015", "1", breakdown="SEX=F")
    used, free = Category.objects.get(code="F"), Category.objects.get(code="M")
    for row in (used, used.dimension):
        address = f"/admin/sdg_targets/{row._meta.model_name}/{row.pk}/delete/"
        assert "Cannot delete" in editor.post(address, {"post": "yes"}).content.decode()
    assert editor.post(f"/admin/sdg_targets/category/{free.pk}/delete/", {"post": "yes"}).status_code == 302
    assert set(Category.objects.filter(dimension__code="SEX").values_list("code", flat=True)) == {"_T", "F"}


def test_a_release_may_not_be_named_like_a_day_or_a_number_and_keeps_its_revision(
    importer: User, sign_in: Callable[[User], Client]
) -> None:
    make_catalogue()
    observe()
    client = sign_in(importer)
    add = "/admin/sdg_targets/release/add/"
    assert client.get(add).context["adminform"].form["revision"].value() == 1
    for name in ("7", "2026-11-24"):
        assert "name" in errors(send(client, add, name=name))
    assert send(client, add, name=" 2026-11 ").status_code == 302
    release = Release.objects.get()
    observe("KEN", "2015", "2")
    assert (
        send(client, page(Release, release.pk), name="other", revision="2", note="Quoted in a report").status_code
        == 302
    )
    release.refresh_from_db()
    assert (release.name, release.revision_id, release.note) == ("2026-11", 1, "Quoted in a report")


def test_nobody_gives_changes_or_takes_away_mandates_of_his_own(
    administrator: User, outsider: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(administrator)
    own = Mandate.objects.get(user=administrator)
    add = "/admin/sdg_targets/mandate/add/"
    assert "user" in errors(send(client, add, user=administrator.pk, role="reviewer"))
    assert client.post(page(Mandate, own.pk), {"role": "reviewer"}).status_code == 403
    assert client.post(f"/admin/sdg_targets/mandate/{own.pk}/delete/", {"post": "yes"}).status_code == 403
    many = {"action": "delete_selected", "_selected_action": [own.pk], "post": "yes"}
    client.post("/admin/sdg_targets/mandate/", many)
    assert Mandate.objects.filter(pk=own.pk).exists()
    assert send(client, add, user=outsider.pk, role="reviewer").status_code == 302
    assert "area" in errors(send(client, add, user=outsider.pk, role="focal_point"))
    inline = client.get(page(User, administrator.pk)).content.decode()
    assert "mandates-0-valid_to" not in inline and "mandates-__prefix__-role" not in inline


def test_only_a_superuser_touches_a_superuser_or_what_makes_one(
    administrator: User, outsider: User, sign_in: Callable[[User], Client]
) -> None:
    boss = User.objects.create_superuser("boss@example.org")
    client = sign_in(administrator)
    for address in (page(User, boss.pk), f"/admin/accounts/user/{boss.pk}/password/"):
        assert client.post(address, {"email": "x@example.org"}).status_code == 403
    assert send(client, page(User, outsider.pk), is_superuser="on", name="New name").status_code == 302
    outsider.refresh_from_db()
    assert (outsider.is_superuser, outsider.name) == (False, "New name")
    assert client.post(f"/admin/accounts/user/{outsider.pk}/delete/", {"post": "yes"}).status_code == 403


def test_every_role_is_explained_where_mandates_are_given(
    administrator: User, sign_in: Callable[[User], Client]
) -> None:
    text = sign_in(administrator).get("/admin/sdg_targets/mandate/").content.decode()
    assert ROLES["administrator"].sentence in text


def test_names_to_choose_from_are_for_those_who_see_them(
    reviewer: User, partner_editor: User, sign_in: Callable[[User], Client]
) -> None:
    """A list to choose from is no way around a page: it is asked with the permission of the rows it gives."""
    make_catalogue()
    areas = "/admin/autocomplete/?app_label=sdg_targets&model_name=dataset&field_name=area&term=ken"
    assert sign_in(reviewer).get(areas).json()["results"][0]["text"] == "Kenya"
    assert sign_in(partner_editor).get(areas).status_code == 403


def test_every_model_that_people_edit_is_searched_by_something() -> None:
    for model, page_of in admin.site._registry.items():
        if model._meta.app_label in ("sdg_targets", "partners", "accounts"):
            assert page_of.search_fields, model


def test_limits_of_a_series_are_set_with_their_reason_and_slips_are_said(editor: Client) -> None:
    series = Series.objects.get()
    asked = {"series": series.pk, "jump_difference": "5", "small_count": "3", "statuses": "A,P", "reason_en": "Seen."}
    address = "/admin/sdg_targets/serieslimits/add/"
    assert set(errors(editor.post(address, asked | {"statuses": "A,?", "jump_factor": "0.5", "reason_en": ""}))) == {
        "jump_factor", "reason_en", "statuses",
    }  # fmt: skip
    assert editor.post(address, asked).status_code == 302
    limits = SeriesLimits.objects.get()
    assert (limits.series, str(limits.jump_difference), limits.small_count, limits.statuses) == (
        series,
        "5",
        3,
        ["A", "P"],
    )
    listed = editor.get("/admin/sdg_targets/serieslimits/?q=RMT").content.decode()
    assert "SI_RMT_COST" in listed
    assert send(editor, page(SeriesLimits, limits.pk), z_score="0").status_code == 302
    assert SeriesLimits.objects.get().z_score == 0
