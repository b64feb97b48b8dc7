"""Sentences that are kept as they were said, in English, and shown in the reader's language.

What was wrong with a file or a row is written into the record of its import when it is read, whoever will read the record.
Each such sentence is one of these, with what was found in the place of a name in braces. Shown to a reader of another
language, the sentence is found again by its fixed words. A test holds the list against every place that says one.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from .languages import gettext_noop

#: Rules of readers under which also what was found is said in words of ours, not of the file.
SAID_BY_READER: Final = frozenset(("R03", "R04"))
#: Of whole files.
_FILES: Final = (
    gettext_noop("The file is empty."),
    gettext_noop("This kind of file is not taken as evidence. Give {known}."),
    gettext_noop("The document holds macros. Save it without them and give it again."),
    gettext_noop("The document is damaged: it cannot be opened."),
    gettext_noop("The file has more than {size} MiB."),
    gettext_noop("The file unpacks to more than {size} MiB."),
    gettext_noop("The file is not whole gzip: {said}."),
    gettext_noop("The file cannot be read to its end: {said} ({place})."),
    gettext_noop("The file begins as UTF-8 text and is damaged or cut: it is in no one encoding."),
    gettext_noop("The file is text neither in UTF-8 nor in cp1252."),
    gettext_noop("The file is not {encoding} text (at or after line {line})."),
    gettext_noop("The file is no text: there is a NUL (at line {line})."),
    gettext_noop("The file is no CSV (at line {line}): {said}."),
    gettext_noop("The first line is not UTF-8 text."),
    gettext_noop("A file has a name that is no text: {name}."),
    gettext_noop(
        "There is not enough room {where}: this file needs about {size} MiB and {kept} MiB stay free for others, and {free}"
        " MiB are free. Nothing was written."
    ),
    gettext_noop("where the database stands"),
    gettext_noop("where files are unpacked"),
    gettext_noop("where uploaded files are kept"),
    gettext_noop("No reader knows this file. Known are: {known}."),
    gettext_noop("No reader knows this workbook (sheets: {sheets}). Known are: {known}."),
    gettext_noop("No reader knows this folder ({count} files). Known are: {known}."),
    gettext_noop("The heading lacks: {names}."),
    gettext_noop("The heading is not that of an observation file ({said})."),
    gettext_noop("The heading is not that of a DDF datapoint file by reference area and year."),
    gettext_noop("{name}: The heading is not that of a DDF datapoint file by reference area and year."),
    gettext_noop("The heading does not begin with {names}."),
    gettext_noop("The heading {name} names no series of the UN SDG database and is mapped to none."),
    gettext_noop("Columns stand twice in the heading: {names}."),
    gettext_noop("The column {name} is headed by no year."),
    gettext_noop("The column {name} is headed by no quarter, such as 2011Q1 [YR2011Q1]."),
    gettext_noop("The column {name} is none of the estimates of refugees by destination."),
    gettext_noop("No line of the first {count} is the heading {names}."),
    gettext_noop("This wide file has a heading and no row."),
    gettext_noop("This table of UNHCR has columns that are not known here: {names}."),
    gettext_noop("No row tells whether this table is of Palestine refugees or of people displaced by conflict."),
    gettext_noop(
        "An Open SDG repository holds the figures of one country: import it into that country's dataset (such as"
        " national:KEN), which names the reference area."
    ),
    gettext_noop(
        "The file's own list of areas calls {code} “{name}”; here that code is {area}, {known}. If it is the same place, map"
        " the name (concept area_name); if not, the file uses another list, which must be mapped."
    ),
    gettext_noop("This text was removed: it held a value that was withdrawn for confidentiality."),
)
#: Of what a file is of, against what it is imported as.
_WHAT_IT_IS_OF: Final = (
    gettext_noop("The rows are of the dataset {given}, not of {asked}."),
    gettext_noop("One file is of one {column}; this one has {count}: {names}."),
    gettext_noop("One file is of one release; this one has {names}."),
    gettext_noop("One file is of one release; this one has {one} and, in line {line}, {other}."),
    gettext_noop("A vintage has at most {most} signs; this one begins {given}."),
    gettext_noop("A reason is one of {names}, not {given}."),
    gettext_noop("A backfill withdraws nothing: import it without --complete."),
    gettext_noop(
        "This file is of {vintage}; {series} is already loaded from {newer}, which is newer. To put the older publication"
        " into the past on purpose, import it with --backfill."
    ),
)
#: Of archives and workbooks.
_PACKED: Final = (
    gettext_noop("The archive cannot be read: {said}."),
    gettext_noop("The archive has a link ({name}): give plain files only."),
    gettext_noop("The archive has a link or a device ({name}): give plain files only."),
    gettext_noop("The archive has a member that is no file ({name})."),
    gettext_noop("The archive has a name that leads elsewhere: {name}."),
    gettext_noop("The archive has two files of the name {name}."),
    gettext_noop("The archive has more than {most} members."),
    gettext_noop("The files of the archive have more than {size} MiB together."),
    gettext_noop("The archive is encrypted: give it without a password."),
    gettext_noop("The archive is packed in an uncommon way: pack it as plain zip (deflate)."),
    gettext_noop("This workbook cannot be read: {said}."),
    gettext_noop("This workbook cannot be read: it asks for more {what} than a workbook may."),
    gettext_noop("it is protected by a password"),
    gettext_noop("it needs more than {size} MiB of memory"),
    gettext_noop("it is damaged, or no workbook ({said})"),
    gettext_noop("it is damaged ({said})"),
    gettext_noop("This workbook has more than {size} MiB."),
    gettext_noop("This workbook takes more than {seconds} seconds to read."),
    gettext_noop("This workbook has no sheet of cells."),
    gettext_noop("This workbook of the International Migrant Stock has no sheet named Table 1."),
    gettext_noop("The sheet {name} has no heading {names} in its first rows."),
    gettext_noop("{place}: {given} is no measure known here."),
    gettext_noop("{place}: {given} is no year and no span of years."),
    gettext_noop("Save this workbook as XLSX: in the older format an error cannot be told from a blank cell."),
    gettext_noop("Several sheets hold observations ({names}): give a workbook with one of them."),
)
#: Of JSON, and of the pages of an API.
_JSON: Final = (
    gettext_noop("This is not readable JSON: {said}."),
    gettext_noop("This JSON has no list of reference areas (refAreas): it is not a UNSD long file."),
    gettext_noop("This file names no series (seriesCode)."),
    gettext_noop("A page is no text: there is a NUL in it."),
    gettext_noop("A page is not readable JSON: {said}."),
    gettext_noop("A page has no list of data."),
    gettext_noop("A page does not say its number, how many pages there are and how many observations."),
    gettext_noop("Page {number} of {pages} is missing."),
    gettext_noop("Page {number} should come here; this is page {given}."),
    gettext_noop(
        "The data changed while they were fetched: page {number} speaks of {total} observations on {pages} pages, the first"
        " page of {first_total} on {first_pages}. Fetch them again."
    ),
    gettext_noop("The pages hold {counted} observations and speak of {total}."),
)
#: Of single rows and cells: what was found, and what would be right.
_ROWS: Final = (
    gettext_noop("{text} is not a number: write digits with a decimal point, such as 1234.5."),
    gettext_noop("a whole number, not below 0"),
    gettext_noop("{text} is not a time period: write 2015, 2015-Q3, 2015-07, 2015-07-31 or 2010/2015."),
    gettext_noop("{text} is not a year between {first} and {last}."),
    gettext_noop("{text} has no month {month}."),
    gettext_noop("{text} is not a day of the calendar."),
    gettext_noop("{text} ends before it begins."),
    gettext_noop("{dimension}={code} is not a pair of codes."),
    gettext_noop("{text} is not DIMENSION=CODE; the total is {total}."),
    gettext_noop("{dimension} stands twice in {text}."),
    gettext_noop("A breakdown's key has at most {most} signs; this one has {count}."),
    gettext_noop("codes of letters, digits and _ + - ."),
    gettext_noop("One key has one value: rows of the same key do not disagree. ({places})"),
    gettext_noop("{count} cells"),
    gettext_noop("{count} cells, as in the heading"),
    gettext_noop("no cell below a blank heading"),
    gettext_noop("a file that can be read"),
    gettext_noop("columns for the year and the value"),
    gettext_noop("an area with a list of data"),
    gettext_noop("an object with timePeriod and value_detail"),
    gettext_noop("an object with series, geoAreaCode and value"),
    gettext_noop("one of {codes}"),
    gettext_noop("no such code is mapped"),
    gettext_noop("an area of the list of areas; regions and groups of a publisher's own are none"),
    gettext_noop("a series mapped to this part of the file"),
    gettext_noop("one category of the dimension"),
    gettext_noop("one reference area"),
    gettext_noop("a location code and a name that mean the same area here"),
    gettext_noop("the name of an area as UN DESA writes it"),
    gettext_noop("G: national figures are of their countries"),
    gettext_noop("one country, for people displaced within it"),
    gettext_noop("PSE, in a table of Palestine refugees"),
    gettext_noop("a number of displacements"),
    gettext_noop("a number of dead or missing"),
    gettext_noop("the dead and the missing together"),
    gettext_noop("a day in that year"),
    gettext_noop("the year of the incident"),
    gettext_noop("an incident, or a split incident"),
    gettext_noop("a demonstration file of the template"),
    gettext_noop("reporting status {status}"),
    gettext_noop("the groups A and B of the template's example"),
    gettext_noop("a cell without an error, or a blank one"),
    gettext_noop("a text or a number, not a truth value"),
    gettext_noop("6.2 for 6.2 per cent, in a cell without that format"),
    gettext_noop("a number"),
    gettext_noop("a text, not a date or time"),
    gettext_noop("a day without a time of the day"),
)
#: All of them; what is in braces stands for what was found.
SENTENCES: Final = (*_FILES, *_WHAT_IT_IS_OF, *_PACKED, *_JSON, *_ROWS)
_BLANK: Final = re.compile(r"\{([a-z_]+)\}")


def in_words(text: str, translate: Callable[[str], str]) -> str:
    """A kept sentence in the language of ``translate`` (gettext's); one that is none of these as it is.

    What stands in a blank may itself be a sentence of ours: why a file of a folder could not be read.
    """
    if not text:
        return text  # of nothing gettext gives the heading of its catalogue
    if (whole := translate(text)) != text:
        return whole
    for sentence, form in _forms():
        if found := form.fullmatch(text):
            said = translate(sentence)
            return said.format(**{name: in_words(given, translate) for name, given in found.groupdict().items()})
    return text


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each sentence that has blanks and the form of what may be said by it, those with most fixed words first."""
    blanks = [sentence for sentence in SENTENCES if _BLANK.search(sentence)]
    ordered = sorted(blanks, key=lambda sentence: -len(_BLANK.sub("", sentence)))
    return tuple((sentence, re.compile(_form_of(sentence), re.DOTALL)) for sentence in ordered)


def _form_of(sentence: str) -> str:
    fixed_and_names = _BLANK.split(sentence)
    parts = [re.escape(part) if n % 2 == 0 else f"(?P<{part}>.*?)" for n, part in enumerate(fixed_and_names)]
    return "".join(parts)
