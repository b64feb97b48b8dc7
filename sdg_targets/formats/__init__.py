"""Bytes to rows and back. This is the registry: which reader a file, a workbook or a folder is for."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import IO, Final

from sdg_targets.domain.rows import FileProblem, Reading

from . import (
    ddf,
    idmc,
    iom,
    open_sdg,
    owid,
    plain_csv,
    plain_xlsx,
    remittance_prices,
    undesa,
    undesa_flat,
    unhcr,
    unsd,
    unsd_api,
    unsd_download,
    unsd_wide,
    unsd_workbook,
    wdi,
    wellbeing,
)
from .given import Folder
from .mapping import CodeMaps
from .workbook import Workbook, is_workbook, open_workbook

#: So many bytes of a file are looked at to know it.
HEAD: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class FileReader:
    """A format of text files: its name, the provider whose codes it uses, and how to know and read it."""

    format: str
    provider: str
    looks_like: Callable[[bytes], bool]
    read: Callable[[IO[bytes], CodeMaps], Reading]


@dataclass(frozen=True, slots=True)
class WorkbookReader:
    """A format of workbooks, known by its sheets and their cells."""

    format: str
    provider: str
    looks_like: Callable[[Workbook], bool]
    read: Callable[[Workbook, CodeMaps], Reading]


@dataclass(frozen=True, slots=True)
class FolderReader:
    """A format of folders of files, known by the names of its files."""

    format: str
    provider: str
    looks_like: Callable[[Folder], bool]
    read: Callable[[Folder, CodeMaps], Reading]


def _read_plain(stream: IO[bytes], codes: CodeMaps) -> Reading:
    return plain_csv.read(stream)


def _read_plain_workbook(workbook: Workbook, codes: CodeMaps) -> Reading:
    return plain_xlsx.read(workbook)


FILE_READERS: Final[tuple[FileReader, ...]] = (
    FileReader(unsd.FORMAT, unsd.PROVIDER, unsd.looks_like, unsd.read),
    FileReader(unsd_wide.FORMAT, unsd.PROVIDER, unsd_wide.looks_like, unsd_wide.read),
    FileReader(unsd_download.FORMAT, unsd.PROVIDER, unsd_download.looks_like, unsd_download.read),
    FileReader(unsd_api.FORMAT, unsd.PROVIDER, unsd_api.looks_like, unsd_api.read),
    FileReader(ddf.FORMAT, ddf.PROVIDER, ddf.looks_like, ddf.read),
    FileReader(owid.FORMAT, owid.PROVIDER, owid.looks_like, owid.read),
    FileReader(
        remittance_prices.FORMAT, remittance_prices.PROVIDER, remittance_prices.looks_like, remittance_prices.read
    ),
    FileReader(undesa_flat.FORMAT, undesa_flat.PROVIDER, undesa_flat.looks_like, undesa_flat.read),
    FileReader(wdi.FORMAT, wdi.PROVIDER, wdi.looks_like, wdi.read),
    FileReader(unhcr.FORMAT, unhcr.PROVIDER, unhcr.looks_like, unhcr.read),
    FileReader(idmc.CONFLICT, idmc.PROVIDER, idmc.looks_like_conflict, idmc.read_conflict),
    FileReader(idmc.DISASTERS, idmc.PROVIDER, idmc.looks_like_disasters, idmc.read_disasters),
    FileReader(iom.EUROPE_FORMAT, iom.PROVIDER, iom.looks_like_europe, iom.read_europe),
    FileReader(plain_csv.FORMAT, "", plain_csv.looks_like, _read_plain),
)
WORKBOOK_READERS: Final[tuple[WorkbookReader, ...]] = (
    WorkbookReader(plain_xlsx.FORMAT, "", plain_xlsx.looks_like, _read_plain_workbook),
    WorkbookReader(unsd_workbook.FORMAT, unsd.PROVIDER, unsd_workbook.looks_like, unsd_workbook.read),
    WorkbookReader(undesa.FORMAT, undesa.PROVIDER, undesa.looks_like, undesa.read),
    WorkbookReader(iom.WORLD_FORMAT, iom.PROVIDER, iom.looks_like_workbook, iom.read_workbook),
    WorkbookReader(wellbeing.FORMAT, wellbeing.PROVIDER, wellbeing.looks_like, wellbeing.read),
)
FOLDER_READERS: Final[tuple[FolderReader, ...]] = (
    FolderReader(ddf.FORMAT, ddf.PROVIDER, ddf.is_snapshot, ddf.read_folder),
    FolderReader(open_sdg.FORMAT, open_sdg.PROVIDER, open_sdg.looks_like, open_sdg.read),
)
#: The formats that can be read, in words, for whoever gave something else.
KNOWN: Final = (
    "the files of the UN Statistics Division (long JSON, wide tables, workbooks of a series, CSV downloads, pages of its"
    " API), DDF datapoint files of its 2020-10 snapshot (one, or their folder), Open SDG repositories as a folder or an"
    " archive, the population, solutions, IDMC and UNRWA tables of UNHCR, the conflict and disaster files of IDMC,"
    " incidents of IOM's Missing Migrants Project (workbook, and CSV for Europe), corridors of Remittance Prices Worldwide,"
    " files of the World Development Indicators, the International Migrant Stock of UN DESA, chart downloads of Our World"
    " in Data, the workbook of chapter 2 of the World Happiness Report 2018, and this product's own columns as CSV or XLSX"
)


def reading_of(stream: IO[bytes], codes_of: Callable[[str], CodeMaps]) -> Reading:
    """What the reader that knows a file makes of it; ``codes_of`` gives the mappings of a provider.

    Errors: ``FileProblem`` where no reader knows the file, or the one that does cannot read it.
    """
    head = stream.read(HEAD)
    stream.seek(0)
    if is_workbook(head):
        return _reading_of_workbook(open_workbook(stream), codes_of)
    for reader in FILE_READERS:
        if reader.looks_like(head):
            return replace(reader.read(stream, codes_of(reader.provider)), provider=reader.provider)
    raise FileProblem(f"No reader knows this file. Known are: {KNOWN}.")


def _reading_of_workbook(workbook: Workbook, codes_of: Callable[[str], CodeMaps]) -> Reading:
    for reader in WORKBOOK_READERS:
        if reader.looks_like(workbook):
            return replace(reader.read(workbook, codes_of(reader.provider)), provider=reader.provider)
    raise FileProblem(f"No reader knows this workbook (sheets: {', '.join(workbook.names[:10])}). Known are: {KNOWN}.")


def reading_of_folder(folder: Folder, codes_of: Callable[[str], CodeMaps]) -> Reading:
    """What the reader that knows a folder makes of it. Errors: ``FileProblem``."""
    for reader in FOLDER_READERS:
        if reader.looks_like(folder):
            return replace(reader.read(folder, codes_of(reader.provider)), provider=reader.provider)
    raise FileProblem(f"No reader knows this folder ({len(folder.names)} files). Known are: {KNOWN}.")


def providers() -> frozenset[str]:
    """Whose codes some reader asks for: the names under which codes can be mapped."""
    names = {r.provider for r in FILE_READERS} | {r.provider for r in WORKBOOK_READERS}
    return frozenset(names | {r.provider for r in FOLDER_READERS}) - {""}
