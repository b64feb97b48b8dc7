"""Uploads through the product's own way in."""

from typing import Any

from sdg_targets.actions.imports import Options
from sdg_targets.actions.upload_work import work
from sdg_targets.actions.uploads import receive, request_apply
from sdg_targets.models import Dataset, Upload

from .catalogue import make_dataset

HEADING = "series,area,period,breakdown,value\n"


def own_csv(*lines: str, series: str = "SI_RMT_COST") -> bytes:
    """A file in the product's own format: each line is ``area,period,breakdown,value``."""
    return (HEADING + "".join(f"{series},{line}\n" for line in lines)).encode()


def make_upload(
    content: bytes, *, by: Any = None, name: str = "figures.csv", dataset: Dataset | None = None, **options: Any
) -> Upload:
    """A file that has arrived and waits for its check."""
    into = dataset or make_dataset()
    return receive([content], file_name=name, dataset=into, by=by, options=Options(**options))


def checked(content: bytes, **given: Any) -> Upload:
    """A file that was checked."""
    return worked(make_upload(content, **given))


def worked(upload: Upload) -> Upload:
    """The upload after the worker did what was asked."""
    work(upload_id=upload.pk)
    upload.refresh_from_db()
    return upload


def applied(upload: Upload, *, by: Any = None) -> Upload:
    """The upload after somebody approved its check and the worker applied it."""
    return worked(request_apply(upload=upload, seen=upload.tried_id, by=by))
