"""Fetching: all pages of series from the API of the UN Statistics Division, imported as one file.

Nothing is written before every page is there and holds together: as many observations as the first page spoke of, and the
same total on each. A server that is busy, or breaks off, is asked again after a pause; one that says no is believed.
"""

import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from http.client import HTTPException
from pathlib import Path
from typing import IO, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.utils import timezone

from sdg_targets.domain.roles import Permission
from sdg_targets.domain.rows import FileProblem
from sdg_targets.formats.unsd_api import Course, Page, page_of
from sdg_targets.models import Dataset, Import
from sdg_targets.permissions import require

from .imports import Options, import_file

#: Where the API is.
BASE_URL: Final = "https://unstats.un.org/sdgapi/v1/sdg"
_SERIES: Final = re.compile(r"[A-Z0-9_]{1,40}")
_BUSY: Final = frozenset((408, 425, 429, 500, 502, 503, 504))


class FetchError(Exception):
    """The publisher's server did not give what was asked for; the message says what happened."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How a server is asked: rows a page, seconds until it is given up, how often, the first pause, and how much at most."""

    page_size: int = 2_000
    timeout: float = 60
    attempts: int = 5
    pause: float = 1
    most_bytes: int = 512 * 1024**2
    wait: Callable[[float], None] = time.sleep


def fetch_and_import(
    series: Sequence[str],
    *,
    dataset: Dataset,
    by: Any,
    base_url: str = BASE_URL,
    options: Options | None = None,
    manners: Manners | None = None,
) -> Import:
    """Fetch series and import them as one file; its vintage is the day of fetching where none is given.

    Errors: ``PermissionDenied``; ``FetchError`` where the pages do not come whole: then nothing is written.
    """
    require(by, Permission.IMPORT_DATA)
    today = timezone.localdate().isoformat()
    chosen = options or Options()
    chosen = replace(chosen, vintage=chosen.vintage or today, origin=chosen.origin or base_url)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"unsd-api-{today}.jsonl"
        with path.open("wb") as file:
            fetch(series, into=file, base_url=base_url, manners=manners or Manners())
        return import_file(path, dataset=dataset, by=by, options=chosen)


def fetch(series: Sequence[str], *, into: IO[bytes], base_url: str, manners: Manners) -> int:
    """Write all pages of the series, one a line; returns how many observations they hold. Errors: ``FetchError``."""
    if not base_url.startswith(("https://", "http://")):
        raise FetchError(f"{base_url} is no web address.")
    if strange := [code for code in series if not _SERIES.fullmatch(code)]:
        raise FetchError(f"No code of a series: {', '.join(strange)}.")
    return sum(_fetch_one(code, into, base_url, manners) for code in series)


def _fetch_one(code: str, into: IO[bytes], base_url: str, manners: Manners) -> int:
    course = Course()
    for text, page in _pages(code, base_url, manners):
        try:
            course.take(page)
        except FileProblem as problem:
            raise FetchError(f"{code}: {problem}") from problem
        # JSON has no line breaks inside its texts: blanks for those between make a page one line, word for word.
        into.write(text.replace(b"\r", b" ").replace(b"\n", b" ") + b"\n")
        if into.tell() > manners.most_bytes:
            raise FetchError(f"{code}: more than {manners.most_bytes // 1024**2} MiB were sent.")
    if not course.total:
        raise FetchError(f"{code}: the server knows no observation of this series.")
    return course.counted


def _pages(code: str, base_url: str, manners: Manners) -> Iterator[tuple[bytes, Page]]:
    number, pages = 1, 1
    while number <= pages:
        query = urlencode({"seriesCode": code, "page": number, "pageSize": manners.page_size})
        text, page = _ask(f"{base_url.rstrip('/')}/Series/Data?{query}", manners)
        yield text, page
        number, pages = number + 1, page.pages


def _ask(url: str, manners: Manners) -> tuple[bytes, Page]:
    """One page, asked for again after a pause (doubled each time) where the server is busy or breaks off."""
    said = ""
    for attempt in range(manners.attempts):
        if attempt:
            manners.wait(manners.pause * 2 ** (attempt - 1))
        try:
            text = _read(url, manners)
            return text, page_of(text)
        except HTTPError as error:
            said = f"{error.code} {error.reason}"
            if error.code not in _BUSY:
                break
        except (URLError, HTTPException, OSError, FileProblem) as error:
            said = str(error.reason if isinstance(error, URLError) else error)
    raise FetchError(f"{url}: {said.removesuffix('.')}.")


def _read(url: str, manners: Manners) -> bytes:
    request = Request(url, headers={"Accept": "application/json"})  # noqa: S310 - the scheme was checked
    with urlopen(request, timeout=manners.timeout) as response:  # noqa: S310
        text: bytes = response.read(manners.most_bytes + 1)
    if len(text) > manners.most_bytes:
        raise FetchError(f"{url}: more than {manners.most_bytes // 1024**2} MiB were sent.")
    return text
