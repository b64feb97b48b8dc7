"""The database holds the truth: every named constraint of every table is tried here by raw SQL, past the models."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from idm.accounts.actions import make_token
from idm.accounts.models import User
from partners.models import IndicatorRole, Organisation
from sdg_targets.actions.imports import import_file
from sdg_targets.domain.seals import GENESIS
from sdg_targets.models import (
    Area,
    CodeMapping,
    Dataset,
    GroupMembership,
    Indicator,
    Invitation,
    Mandate,
    MandateDeed,
    MandateEvent,
    Metadata,
    Observation,
    Revision,
    Series,
    ShippedRow,
    Tombstone,
    Upload,
)
from tests.factories import make_area, make_catalogue

pytestmark = pytest.mark.django_db

AREA = "update sdg_targets_area set {} where code = 'KEN'"
IMPORT = "update sdg_targets_import set {}"
MEMBERSHIP = "insert into sdg_targets_groupmembership (group_id, member_id, valid_from, valid_to, source) {}"
PROFILE = "update sdg_targets_migrationprofile set {}"
INVITATION = "update sdg_targets_invitation set {}"
MANDATE = "update sdg_targets_mandate set {}"
METADATA = "update sdg_targets_metadata set {}"
UPLOAD = "update sdg_targets_upload set {}"
COPY = "insert into {0} ({1}) select {1} from {0} limit 1"

#: By constraint: a statement that it must refuse.
REFUSED = {
    "area_kind_known": AREA.format("kind = 'planet'"),
    "area_status_known": AREA.format("status = 'friend', counts_as_country = false"),
    "area_m49_is_three_digits": AREA.format("m49 = '4'"),
    "area_iso3_is_three_letters": AREA.format("iso3 = 'ken'"),
    "area_country_is_a_state": AREA.format("status = 'area'"),
    "area_dates_in_order": AREA.format("valid_from = '2020-01-02', valid_to = '2020-01-01'"),
    "membership_once": MEMBERSHIP.format("select group_id, member_id, null, '2030-01-01', '' from sdg_targets_groupmembership"),
    "membership_dates_in_order": "update sdg_targets_groupmembership set valid_from = '2020-01-02', valid_to = '2020-01-01'",
    "membership_of_another": "update sdg_targets_groupmembership set group_id = member_id",
    "breakdown_total_is_a_code": "update sdg_targets_breakdown set key = ''",
    "breakdown_category_once": COPY.format("sdg_targets_breakdown_categories", "breakdown_id, category_id"),
    "category_code_once": "update sdg_targets_category set code = '_T' where code = 'F'",
    "dataset_reporting_type_known": "update sdg_targets_dataset set reporting_type = 'X', area_id = 1",
    "dataset_evidence_known": "update sdg_targets_dataset set evidence = 'rumour'",
    "dataset_national_has_area": "update sdg_targets_dataset set reporting_type = 'N'",
    "goal_number_known": "update sdg_targets_goal set number = 18",
    "goal_colour_is_a_colour": "update sdg_targets_goal set colour = 'red'",
    "import_state_known": IMPORT.format("state = 'lost', revision_id = null"),
    "import_every_row_accounted_for": IMPORT.format("unchanged = 1"),
    "import_applied_has_revision": IMPORT.format("revision_id = null"),
    "import_undone_after_it_was_applied": IMPORT.format("undone_in_id = revision_id"),
    "indicator_dates_in_order": "update sdg_targets_indicator set valid_from = '2020-01-02', valid_to = '2020-01-01'",
    "latest_key": COPY.format(
        "sdg_targets_latest",
        "dataset_id, series_id, area_id, breakdown_id, period_id, observation_id, value, status, nature, unit_id",
    ),
    "invitation_waits_once": COPY.format(
        "sdg_targets_invitation", "email, language, role, area_id, invited_at, expires_at"
    ),
    "invitation_address_in_small_letters": INVITATION.format("email = 'A@example.org'"),
    "invitation_role_known": INVITATION.format("role = 'queen'"),
    "invitation_area_given_where_needed": INVITATION.format("role = 'focal_point'"),
    "invitation_language_known": INVITATION.format("language = 'xx'"),
    "invitation_ends_after_it_began": INVITATION.format("expires_at = invited_at"),
    "invitation_accepted_or_revoked": INVITATION.format("accepted_at = now(), revoked_at = now()"),
    "mandate_delegated_for_a_time": MANDATE.format("delegated_from_id = id"),
    "mandate_event_deed_known": "update sdg_targets_mandateevent set deed = 'sold'",
    "mandate_event_role_known": "update sdg_targets_mandateevent set role = 'queen'",
    "mandate_once": COPY.format("sdg_targets_mandate", "user_id, role, area_id, note"),
    "mandate_role_known": MANDATE.format("role = 'queen'"),
    "mandate_area_given_where_needed": MANDATE.format("role = 'focal_point'"),
    "mandate_dates_in_order": MANDATE.format("valid_from = '2020-01-02', valid_to = '2020-01-01'"),
    "mapping_once": COPY.format("sdg_targets_codemapping", "provider, concept, given, code"),
    "metadata_field_known": METADATA.format("field = 'gossip'"),
    "metadata_language_is_a_code": METADATA.format("language = 'E1'"),
    "metadata_once": COPY.format(
        "sdg_targets_metadata", "dataset_id, indicator_id, field, language, text, source, updated"
    ),
    "metadata_text_says_something": METADATA.format("text = ''"),
    "migration_relevance_known": PROFILE.format("relevance = 'none'"),
    "migration_direction_known": PROFILE.format("direction = 'up'"),
    "migration_operator_known": PROFILE.format("target_operator = '!=', target_value = 1"),
    "migration_rule_is_whole": PROFILE.format("target_operator = '<'"),
    "note_kind_known": "update sdg_targets_note set kind = 'joke'",
    "note_once": COPY.format("sdg_targets_note", "kind, text, digest, lang"),
    "period_start_before_end": """update sdg_targets_period set start = "end" + 1""",
    "period_frequency_known": "update sdg_targets_period set frequency = 'X'",
    "release_has_revision_or_time": "insert into sdg_targets_release (name, note, created_at) values ('x', '', now())",
    "revision_reason_known": "update sdg_targets_revision set reason = 'mood'",
    "revision_number_positive": "insert into sdg_targets_revision (number, made_at, reason, note, is_break)"
    " values (0, now(), 'error', '', false)",
    "series_kind_known": "update sdg_targets_series set kind = 'odd'",
    "series_limits_in_order": "update sdg_targets_series set minimum = 2, maximum = 1",
    "series_coverage_once": COPY.format(
        "sdg_targets_seriescoverage",
        "dataset_id, series_id, observations, areas, countries, first_end, last_end, periods, last_revision",
    ),
    "sealed_record_deed_known": f"""insert into sdg_targets_sealedrecord (number, made_at, deed, body, previous, sha256)
        select 1, now(), 'x', '', '{GENESIS}', encode(sha256(convert_to(concat_ws(E'\\n', 1,
               to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '', 'x', '', '{GENESIS}'), 'UTF8')), 'hex')""",
    "shipped_row_once": COPY.format("sdg_targets_shippedrow", '"table", key, "values"'),
    "tombstone_stands_once": """insert into sdg_targets_tombstone
        (dataset_id, series_id, area_id, period_id, breakdown_id, revision_id, reason, versions, lifted_reason)
        select dataset_id, series_id, area_id, period_id, breakdown_id, 2, reason, versions, '' from sdg_targets_tombstone""",
    "tombstone_says_why": "update sdg_targets_tombstone set reason = ''",
    "tombstone_lifted_says_why": "update sdg_targets_tombstone set lifted_at = now()",
    "upload_state_known": UPLOAD.format("state = 'lost'"),
    "upload_wanted_known": UPLOAD.format("wanted = 'eat'"),
    "upload_applied_has_import": UPLOAD.format("state = 'applied'"),
    "upload_checked_has_import": UPLOAD.format("state = 'checked'"),
    "organisation_kind_known": "update partners_organisation set kind = 'club'",
    "indicator_role_known": "update partners_indicatorrole set role = 'friend'",
    "indicator_role_once": COPY.format("partners_indicatorrole", "organisation_id, indicator_id, role, source"),
    "token_scopes_known": "update accounts_apitoken set scopes = '{read,everything}'",
    "token_ends_after_it_began": "update accounts_apitoken set expires_at = made_at",
    "user_email_once": """insert into accounts_user
        (email, password, name, language, is_active, is_superuser, date_joined, session_generation)
        select upper(email), '', '', 'en', true, false, now(), 0 from accounts_user""",
    "user_language_known": "update accounts_user set language = 'xx'",
}  # fmt: skip


@pytest.fixture(autouse=True)
def one_of_everything(tmp_path: Path) -> None:
    make_catalogue()
    group = make_area("LDC", kind="group", status="aggregate", counts_as_country=False, iso3=None, name_en="LDC")
    GroupMembership.objects.create(group=group, member=Area.objects.get(code="UGA"))
    path = tmp_path / "figures.csv"
    path.write_text("series,area,period,breakdown,value,source\nSI_RMT_COST,KEN,2015,SEX=F,5,A survey\n")
    import_file(path, dataset=Dataset.objects.get(), by=None)
    of = Observation.objects.with_names().get()
    key = {name: getattr(of, name) for name in ("dataset", "series", "area", "period", "breakdown")}
    Tombstone.objects.create(**key, revision_id=of.known_from, reason="disclosed", versions=1)
    Revision.objects.take()
    user = User.objects.create_user("a@example.org")
    Mandate.objects.create(user=user, role="importer")
    make_token(name="R", scopes=["read"], lasting=timedelta(days=1), by=user)
    then = {"invited_at": timezone.now(), "expires_at": timezone.now() + timedelta(days=1)}
    Invitation.objects.create(email="b@example.org", language="en", role="importer", **then)
    MandateEvent.objects.create(deed=MandateDeed.INVITED, person="b@example.org", role="importer")
    CodeMapping.objects.create(provider="test", concept="unit", given="x", code="PT")
    Metadata.objects.create(
        dataset=Dataset.objects.get(), indicator=Indicator.objects.get(), field="unit", language="en", text="Per cent"
    )
    ShippedRow.objects.create(table="t", key="k", values={})
    Upload.objects.create(stored="a", file_name="a.csv", file_size=1, sha256="0" * 64, dataset=Dataset.objects.get())
    organisation = Organisation.objects.create(slug="ilo", name_en="ILO", kind="un_agency")
    IndicatorRole.objects.create(
        organisation=organisation, indicator=Indicator.objects.get(), role="partner", source="x"
    )
    assert Revision.objects.exists() and Series.objects.exists()


@pytest.mark.parametrize("constraint", REFUSED)
def test_the_database_refuses_by_name_what_cannot_be(constraint: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(REFUSED[constraint])
    assert refused.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]


def test_every_named_constraint_of_the_models_is_tried_here() -> None:
    named = {
        constraint.name
        for app in ("sdg_targets", "partners", "accounts")
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }
    assert named == set(REFUSED)


def test_every_constraint_of_the_observations_is_tried_beside_them() -> None:
    """The table is made in SQL: its constraints are asked of the database, and sought in the tests of the store."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select conname from pg_constraint
               where conrelid = 'sdg_targets_observation'::regclass and contype in ('c', 'u')"""
        )
        named = {name for (name,) in cursor.fetchall()}
    tried = (Path(__file__).parent / "test_observations.py").read_text(encoding="utf-8")
    assert len(named) == 8
    assert {name for name in named if f'"{name}"' not in tried} == set()
