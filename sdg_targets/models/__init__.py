"""The nouns: one a file, its QuerySet above it."""

from .catalogue import (
    Goal,
    Indicator,
    Series,
    Target,
    Unit,
    ValueKind,
)
from .cells import Cell, CellVersion, Comment, Mark
from .confidentiality import Deed, SealedRecord, Tombstone
from .country_comments import CommentStatus, CountryComment, CountryCommentEvent
from .datasets import Dataset, Evidence, ReportingType
from .dimensions import Category, Dimension
from .early_access import EarlyAccess, EarlyLook
from .evidence import EvidenceItem, EvidencePurpose
from .geography import Area, AreaKind, AreaStatus, GroupMembership
from .imports import Import, ImportState, Refusal
from .invitations import Invitation
from .limits import SeriesLimits
from .mandate_events import MandateDeed, MandateEvent
from .mandates import Mandate
from .mappings import CodeMapping
from .metadata import EarlierMetadata, Metadata
from .notices import Notice
from .observations import (
    MISSING_STATUSES,
    OPEN,
    Breakdown,
    BreakdownCategory,
    Latest,
    Nature,
    Note,
    Observation,
    Period,
    SeriesCoverage,
    Status,
)
from .profiles import Direction, MigrationProfile, Relevance
from .proposals import Decision, MetadataProposal, SeriesProposal
from .questionnaires import Instrument, InstrumentVersion, Option, Question, ScoreClass, Scoring, Section
from .releases import Release, Revision, RevisionReason
from .responses import Answer, AnswerVersion, Response
from .round_uploads import LineOutcome, RoundUpload, RoundUploadLine, RoundUploadState
from .rounds import Frequency, ReportingCountry, Round, RoundArea, RoundItem
from .shipped import ShippedFile, ShippedRow
from .submissions import Event, Submission, SubmissionState
from .uploads import Upload, UploadDeed, UploadReason, UploadState

__all__ = [
    "MISSING_STATUSES",
    "OPEN",
    "Answer",
    "AnswerVersion",
    "Area",
    "AreaKind",
    "AreaStatus",
    "Breakdown",
    "BreakdownCategory",
    "Category",
    "Cell",
    "CellVersion",
    "CodeMapping",
    "Comment",
    "CommentStatus",
    "CountryComment",
    "CountryCommentEvent",
    "Dataset",
    "Decision",
    "Deed",
    "Dimension",
    "Direction",
    "EarlierMetadata",
    "EarlyAccess",
    "EarlyLook",
    "Event",
    "Evidence",
    "EvidenceItem",
    "EvidencePurpose",
    "Frequency",
    "Goal",
    "GroupMembership",
    "Import",
    "ImportState",
    "Indicator",
    "Instrument",
    "InstrumentVersion",
    "Invitation",
    "Latest",
    "LineOutcome",
    "Mandate",
    "MandateDeed",
    "MandateEvent",
    "Mark",
    "Metadata",
    "MetadataProposal",
    "MigrationProfile",
    "Nature",
    "Note",
    "Notice",
    "Observation",
    "Option",
    "Period",
    "Question",
    "Refusal",
    "Release",
    "Relevance",
    "ReportingCountry",
    "ReportingType",
    "Response",
    "Revision",
    "RevisionReason",
    "Round",
    "RoundArea",
    "RoundItem",
    "RoundUpload",
    "RoundUploadLine",
    "RoundUploadState",
    "ScoreClass",
    "Scoring",
    "SealedRecord",
    "Section",
    "Series",
    "SeriesCoverage",
    "SeriesLimits",
    "SeriesProposal",
    "ShippedFile",
    "ShippedRow",
    "Status",
    "Submission",
    "SubmissionState",
    "Target",
    "Tombstone",
    "Unit",
    "Upload",
    "UploadDeed",
    "UploadReason",
    "UploadState",
    "ValueKind",
]
