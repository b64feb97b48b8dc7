"""The nouns: one a file, its QuerySet above it."""

from .catalogue import (
    Goal,
    Indicator,
    Series,
    Target,
    Unit,
    ValueKind,
)
from .confidentiality import Deed, SealedRecord, Tombstone
from .datasets import Dataset, Evidence, ReportingType
from .dimensions import Category, Dimension
from .geography import Area, AreaKind, AreaStatus, GroupMembership
from .imports import Import, ImportState, Refusal
from .invitations import Invitation
from .mandate_events import MandateDeed, MandateEvent
from .mandates import Mandate
from .mappings import CodeMapping
from .metadata import Metadata
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
from .releases import Release, Revision, RevisionReason
from .shipped import ShippedFile, ShippedRow
from .uploads import Upload, UploadDeed, UploadReason, UploadState

__all__ = [
    "MISSING_STATUSES",
    "OPEN",
    "Area",
    "AreaKind",
    "AreaStatus",
    "Breakdown",
    "BreakdownCategory",
    "Category",
    "CodeMapping",
    "Dataset",
    "Deed",
    "Dimension",
    "Direction",
    "Evidence",
    "Goal",
    "GroupMembership",
    "Import",
    "ImportState",
    "Indicator",
    "Invitation",
    "Latest",
    "Mandate",
    "MandateDeed",
    "MandateEvent",
    "Metadata",
    "MigrationProfile",
    "Nature",
    "Note",
    "Observation",
    "Period",
    "Refusal",
    "Release",
    "Relevance",
    "ReportingType",
    "Revision",
    "RevisionReason",
    "SealedRecord",
    "Series",
    "SeriesCoverage",
    "ShippedFile",
    "ShippedRow",
    "Status",
    "Target",
    "Tombstone",
    "Unit",
    "Upload",
    "UploadDeed",
    "UploadReason",
    "UploadState",
    "ValueKind",
]
