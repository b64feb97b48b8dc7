"""The database holds the truth: every named constraint of every table is tried here by raw SQL, past the models."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from idm.accounts.actions import make_token
from idm.accounts.models import User
from partners.models import IndicatorRole, Organisation
from sdg_targets.actions.comments import comment
from sdg_targets.actions.imports import import_file
from sdg_targets.domain.seals import GENESIS
from sdg_targets.models import (
    Area,
    CodeMapping,
    CountryComment,
    Dataset,
    EarlierMetadata,
    EarlyAccess,
    EvidenceItem,
    GroupMembership,
    Import,
    Indicator,
    Invitation,
    Mandate,
    MandateDeed,
    MandateEvent,
    Metadata,
    MetadataProposal,
    Notice,
    Observation,
    Revision,
    RoundUpload,
    RoundUploadLine,
    Series,
    SeriesLimits,
    SeriesProposal,
    ShippedRow,
    Tombstone,
    Upload,
)
from tests.factories import make_area, make_catalogue
from tests.factories.accounts import make_account
from tests.factories.questionnaires import answer, asked_submission, make_version, scored
from tests.factories.submissions import enter, make_submission

pytestmark = pytest.mark.django_db

AREA = "update sdg_targets_area set {} where code = 'KEN'"
IMPORT = "update sdg_targets_import set {}"
MEMBERSHIP = "insert into sdg_targets_groupmembership (group_id, member_id, valid_from, valid_to, source) {}"
PROFILE = "update sdg_targets_migrationprofile set {}"
INVITATION = "update sdg_targets_invitation set {}"
MANDATE = "update sdg_targets_mandate set {}"
LIMITS = "update sdg_targets_serieslimits set {}"
METADATA = "update sdg_targets_metadata set {}"
UPLOAD = "update sdg_targets_upload set {}"
INSTRUMENT = "update sdg_targets_instrument set {}"
CLOSED = "(select id from sdg_targets_instrumentversion where not is_open)"
VERSION = "update sdg_targets_instrumentversion set {} where not is_open"
CLASS = f"update sdg_targets_scoreclass set {{}} where version_id in {CLOSED}"
SECTION = f"update sdg_targets_section set {{}} where version_id in {CLOSED}"
QUESTION = f"""update sdg_targets_question set {{}} where section_id in
    (select id from sdg_targets_section where version_id in {CLOSED})"""
OPTION = f"""update sdg_targets_option set {{}} where question_id in (select q.id from sdg_targets_question q
    join sdg_targets_section s on s.id = q.section_id where s.version_id in {CLOSED})"""
ROUND = "update sdg_targets_round set {}"
ITEM = "update sdg_targets_rounditem set {}"
SUBMISSION = "update sdg_targets_submission set {}"
CELL = "update sdg_targets_cell set {}"
COMMENT = "update sdg_targets_comment set {}"
COUNTRY_COMMENT = "update sdg_targets_countrycomment set {}"
EVIDENCE = "update sdg_targets_evidenceitem set {}"
SERIES = "update sdg_targets_seriesproposal set {}"
SAID = "update sdg_targets_metadataproposal set {}"
LINE = "update sdg_targets_rounduploadline set {}"
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
    "country_comment_state_known": COUNTRY_COMMENT.format("state = 'lost'"),
    "country_comment_says_something": """insert into sdg_targets_countrycomment
        (area_id, series_id, dataset_id, text, language, signed_by, said_on, state, entered_at)
        select area_id, series_id, dataset_id, '', 'en', 'x', said_on, state, now() from sdg_targets_countrycomment""",
    "country_comment_is_signed": """insert into sdg_targets_countrycomment
        (area_id, series_id, dataset_id, text, language, signed_by, said_on, state, entered_at)
        select area_id, series_id, dataset_id, 'x', 'en', '', said_on, state, now() from sdg_targets_countrycomment""",
    "country_comment_language_code": """insert into sdg_targets_countrycomment
        (area_id, series_id, dataset_id, text, language, signed_by, said_on, state, entered_at)
        select area_id, series_id, dataset_id, 'x', 'E1', 'x', said_on, state, now() from sdg_targets_countrycomment""",
    "early_access_once": COPY.format("sdg_targets_earlyaccess", "submission_id, user_id, granted_at"),
    "early_access_ended_with_time": "update sdg_targets_earlyaccess set ended_by_id = user_id",
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
    "instrument_code_is_a_code": INSTRUMENT.format("code = 'a b'"),
    "instrument_is_for_somebody": INSTRUMENT.format("area_kinds = '{}'"),
    "instrument_version_once": """insert into sdg_targets_instrumentversion (instrument_id, code, is_open, scoring, source,
        footnote_en, footnote_fr, footnote_es, official_languages)
        select instrument_id, code, false, scoring, '', '', '', '', '{}' from sdg_targets_instrumentversion where not is_open""",
    "instrument_version_is_a_code": VERSION.format("code = '/'"),
    "instrument_version_scoring_known": VERSION.format("scoring = 'guess'"),
    "instrument_version_benchmark_has_no_series": VERSION.format("scoring = 'none'"),
    "instrument_version_share_is_per_cent": VERSION.format("footnote_share = 101"),
    "instrument_version_dates_in_order": VERSION.format("valid_from = '2020-01-02', valid_to = '2020-01-01'"),
    "section_once": SECTION.format("code = 'A'"),
    "section_code_is_a_code": SECTION.format("code = '-'"),
    "question_once": QUESTION.format("code = 'a1'"),
    "question_code_is_a_code": QUESTION.format("code = ''"),
    "option_once": OPTION.format("code = 'NO'"),
    "option_code_is_a_code": OPTION.format("code = 'Yes!'"),
    "option_counts_from_0_to_1": OPTION.format("weight = 1.01"),
    "score_class_once": CLASS.format("value = 1"),
    "score_class_begins_once": CLASS.format("minimum = 0"),
    "score_class_is_per_cent": CLASS.format("minimum = 100.5 + value"),
    "evidence_of_a_value_or_an_answer": """update sdg_targets_evidenceitem
        set cell_id = (select min(id) from sdg_targets_cell), answer_id = (select min(id) from sdg_targets_answer)""",
    "response_once": COPY.format("sdg_targets_response", "submission_id, version_id, period_id"),
    "answer_once": COPY.format(
        "sdg_targets_answer", "response_id, question_id, version, changed_at, note, evidence, consent"
    ),
    "answer_version_once": COPY.format("sdg_targets_answerversion", "answer_id, version, at, note, evidence, consent"),
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
    "series_limits_factor_is_one": LIMITS.format("jump_factor = 0.5"),
    "series_limits_jump_difference_not_negative": LIMITS.format("jump_difference = -1"),
    "series_limits_range_in_order": LIMITS.format("minimum = 2, maximum = 1"),
    "series_limits_statuses_known": LIMITS.format("statuses = '{A,?}'"),
    "series_limits_sum_tolerance_not_negative": LIMITS.format("sum_tolerance = -1"),
    "series_limits_z_score_not_negative": LIMITS.format("z_score = -1"),
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
    "round_opens_before_due": ROUND.format("opens_on = due_on + 1"),
    "round_closes_after_due": ROUND.format("closes_on = due_on - 1"),
    "round_item_once": COPY.format(
        "sdg_targets_rounditem", "round_id, series_id, breakdowns, frequency, first_year, last_year, position"
    ),
    "round_item_frequency_known": ITEM.format("frequency = 'X'"),
    "round_item_years_in_order": ITEM.format("first_year = 2020, last_year = 2010"),
    "round_item_has_breakdowns": ITEM.format("breakdowns = '{{}}'"),
    "round_area_once": COPY.format("sdg_targets_roundarea", "round_id, area_id"),
    "submission_state_known": SUBMISSION.format("state = 'lost', submitted_at = now()"),
    "submission_reason_known": SUBMISSION.format("revision_reason = 'whim'"),
    "submission_in_work_once": COPY.format(
        "sdg_targets_submission",
        "area_id, round_id, dataset_id, state, version, revision_reason, opened_at, changed_at, publish_note",
    ),
    "submission_revision_when_published": SUBMISSION.format("revision_id = 1"),
    "submission_knows_when_submitted": SUBMISSION.format("state = 'approved'"),
    "submission_set_time_when_approved": SUBMISSION.format("publish_at = now()"),
    "cell_key": """insert into sdg_targets_cell
        select (json_populate_record(c, '{"id": 999999}')).* from sdg_targets_cell c""",
    "cell_mark_known": CELL.format("mark = 'loved', marked_version = version"),
    "cell_status_known": CELL.format("status = 'Z'"),
    "cell_nature_known": CELL.format("nature = 'Z'"),
    "cell_mark_is_of_this_version": CELL.format("mark = 'accepted', marked_version = 7"),
    "cell_version_once": """insert into sdg_targets_cellversion
        select (json_populate_record(v, '{"id": 999999, "key": null}')).* from sdg_targets_cellversion v""",
    "cell_version_key_once": """insert into sdg_targets_cellversion
        select (json_populate_record(v, '{"id": 999999, "version": 2}')).* from sdg_targets_cellversion v""",
    "comment_says_something": COMMENT.format("text = ''"),
    "comment_names_the_version": COMMENT.format("cell_version = 1"),
    "comment_settled_with_time": COMMENT.format("settled_by_id = by_id"),
    "notice_is_about_one_thing": "update sdg_targets_notice set days_before = 7",
    "notice_of_an_event_once": """insert into sdg_targets_notice (user_id, event_id, made_at, tries)
        select user_id, event_id, now(), 0 from sdg_targets_notice where event_id is not null""",
    "notice_of_what_is_due_once": """insert into sdg_targets_notice (user_id, due_id, days_before, made_at, tries)
        select user_id, due_id, days_before, now(), 0 from sdg_targets_notice where due_id is not null""",
    "evidence_purpose_known": EVIDENCE.format("purpose = 'gift'"),
    "evidence_is_a_file_or_a_link": EVIDENCE.format("url = ''"),
    "evidence_removed_with_time": EVIDENCE.format("removed_by_id = by_id") + " where by_id is not null",
    "evidence_stored_once": EVIDENCE.format("url = '', stored = 'a', file_name = 'a', file_size = 1"),
    "earlier_metadata_once": """insert into sdg_targets_earliermetadata
        select (json_populate_record(e, '{"id": 999999}')).* from sdg_targets_earliermetadata e""",
    "earlier_metadata_nothing_is_nobody_s": "update sdg_targets_earliermetadata set text = '', source = 'x'",
    "series_own_speaks_to_a_target": "update sdg_targets_series set owner_id = (select min(id) from sdg_targets_area)",
    "series_proposal_decision_known": SERIES.format("decision = 'x', decided_at = now()"),
    "series_proposal_kind_known": SERIES.format("kind = 'x'"),
    "series_proposal_decided_with_time": SERIES.format("decision = 'returned'"),
    "series_proposal_code_is_a_code": SERIES.format("code = 'x'"),
    "series_proposal_accepted_has_series": SERIES.format("decision = 'accepted', decided_at = now()"),
    "metadata_proposal_decision_known": SAID.format("decision = 'x', decided_at = now()"),
    "metadata_proposal_decided_with_time": SAID.format("decision = 'returned'"),
    "metadata_proposal_field_known": SAID.format("field = 'x'"),
    "metadata_proposal_says_something": SAID.format("text = ''"),
    "metadata_proposal_waits_once": """insert into sdg_targets_metadataproposal
        select (json_populate_record(m, '{"id": 999999}')).* from sdg_targets_metadataproposal m""",
    "round_upload_state_known": "update sdg_targets_roundupload set state = 'lost', ended_at = now()",
    "round_upload_ended_with_time": "update sdg_targets_roundupload set state = 'applied'",
    "round_upload_line_outcome_known": LINE.format("outcome = 'lost', chosen = false"),
    "round_upload_line_once": """insert into sdg_targets_rounduploadline
        select (json_populate_record(l, '{"id": 999999}')).* from sdg_targets_rounduploadline l""",
    "round_upload_line_chosen_can_be_saved": LINE.format("outcome = 'refused', chosen = true"),
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
    indicator = Indicator.objects.get(code="10.c.1")
    Metadata.objects.create(
        dataset=Dataset.objects.get(),
        indicator=Indicator.objects.get(code="10.c.1"),
        field="unit",
        language="en",
        text="Per cent",
    )
    SeriesLimits.objects.create(series=Series.objects.get(), reason_en="A test")
    ShippedRow.objects.create(table="t", key="k", values={})
    Upload.objects.create(stored="a", file_name="a.csv", file_size=1, sha256="0" * 64, dataset=Dataset.objects.get())
    make_version(scored(code="2020"), is_open=False)
    focal_point = make_account("focal_point")
    submission = make_submission(focal_point)
    enter(submission, focal_point, key=uuid.uuid4())
    comment(submission=submission, by=focal_point, text="To be looked at")
    said = {"text": "x", "language": "en", "signed_by": "x", "said_on": submission.round.opens_on}
    CountryComment.objects.create(area=of.area, series=of.series, dataset=of.dataset, **said)
    EarlyAccess.objects.create(submission=submission, user=focal_point)
    Notice.objects.create(user=focal_point, event=submission.events.get())
    answer(asked_submission(focal_point), focal_point, a1="ALL", a2="NO")
    for _each in range(2):
        EvidenceItem.objects.create(submission=submission, title="A law", url="https://example.org", by=focal_point)
    EarlierMetadata.objects.create(
        replaced_by=Import.objects.get(), dataset=of.dataset, indicator=indicator, field="unit", language="en", text="x"
    )
    whose = {"area": of.area, "by": focal_point}
    SeriesProposal.objects.create(
        code="PERMITS", target=indicator.target, unit=of.unit, kind="number", name_en="x", definition="x", **whose
    )
    MetadataProposal.objects.create(indicator=indicator, field="unit", language="en", text="x", **whose)
    upload = RoundUpload.objects.create(
        submission=submission, file_name="a.xlsx", file_size=1, sha256="0" * 64, language="en"
    )
    RoundUploadLine.objects.create(upload=upload, position=1, place="A1", outcome="new", chosen=True)
    Notice.objects.create(user=focal_point, due=submission.round.areas.get(), days_before=7)
    organisation = Organisation.objects.create(slug="ilo", name_en="ILO", kind="un_agency")
    IndicatorRole.objects.create(organisation=organisation, indicator=indicator, role="partner", source="x")
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
