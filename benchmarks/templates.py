"""A filled template of 20,000 rows: the time from its upload to its preview, beside the time of reading the file alone.

Run: ``make bench ARGS=templates``. Reference (1.0): the workbook opened by the product's own safe reader, and every cell of
it walked over. What is measured beside it is the whole way through the pages: the file is posted, stored, read, compared
with what stands in the submission, and the page that shows it is fetched. One row in fifty is refused. Rounds are taken in
turns; what an upload kept is deleted between them. Printed: best of the rounds, and the median of the ratios of each round.
"""

import io
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import override_settings

from benchmarks import synthetic
from benchmarks.rounds import in_turns, seconds, table
from benchmarks.scratch import empty_database, make_references
from idm.accounts.models import User
from sdg_targets.actions.round_upload_saving import apply_upload
from sdg_targets.actions.round_uploads import discard_upload
from sdg_targets.formats.round_template import Made, TemplateRow, write_workbook
from sdg_targets.formats.workbook import open_workbook
from sdg_targets.models import Area, Cell, Mandate, Round, RoundArea, RoundItem, RoundUpload, Series, Submission
from sdg_targets.queries.round_templates import template_rows
from sdg_targets.queries.template_words import template_words

REFERENCE: Final = "reading the workbook alone"
NEW: Final = "upload and preview, every row new"
CHANGED: Final = "upload and preview, every row standing and changed"
LIMITS: Final = {NEW: "10", CHANGED: "10"}
AREA: Final = "BEN"
REFUSED_EACH: Final = 50
ADDRESS: Final = f"/my/{AREA}/bench/upload/"


def make_round(series: int, breakdowns: int, years: int) -> Round:
    """A round that asks one country for so many series, breakdowns and years."""
    made = Round.objects.create(code="bench", name_en="Bench", opens_on=date(2020, 1, 1), due_on=date(2099, 1, 1))
    RoundArea.objects.create(round=made, area=Area.objects.get(code=AREA))
    keys = list(synthetic.breakdown_keys(breakdowns))
    first = synthetic.LAST_YEAR - years + 1
    RoundItem.objects.bulk_create(
        RoundItem(round=made, series=one, breakdowns=keys, first_year=first, last_year=synthetic.LAST_YEAR, position=at)
        for at, one in enumerate(Series.objects.order_by("pk")[:series])
    )
    return made


def signed_in() -> tuple[User, Client]:
    person = User.objects.create_user("bench@example.org", name="bench")
    Mandate.objects.create(user=person, role="focal_point", area=Area.objects.get(code=AREA))
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return person, client


def filled(of_round: Round, decimals: str) -> bytes:
    """The template of now as a person would give it back: each row a value and a source, one in fifty a slip."""
    area = Area.objects.get(code=AREA)
    submission = Submission.objects.filter(round=of_round, area=area).first()

    def rows() -> Iterator[TemplateRow]:
        for number, row in enumerate(template_rows(of_round, area, submission)):
            value = "about 5" if number % REFUSED_EACH == 0 else f"{number % 90}.{decimals}"
            yield replace(row, said={"value": value, "status": "A", "source": f"Survey {number % 12} of the office"})

    made = Made(AREA, of_round.code, submission.pk if submission else 0, "en")
    stream = io.BytesIO()
    write_workbook(rows(), stream, made=made, words=template_words())
    return stream.getvalue()


def read_alone(data: bytes) -> None:
    book = open_workbook(io.BytesIO(data))
    for rows in book.sheets.values():
        for row in rows:
            len(row)


def previewed(client: Client, data: bytes) -> RoundUpload:
    """Upload a file and look at its page. Errors: ``SystemExit`` where either is not answered as it must be."""
    answer = client.post(ADDRESS, {"file": SimpleUploadedFile("filled.xlsx", data), "whole": "1"})
    if answer.status_code != 302 or client.get(answer["Location"]).status_code != 200:
        raise SystemExit(f"The upload was answered {answer.status_code}.")
    return RoundUpload.objects.latest("pk")


def measure(series: int, breakdowns: int, years: int, rounds: int) -> None:
    of_round = make_round(series, breakdowns, years)
    person, client = signed_in()

    def measured(name: str, data: bytes) -> None:
        def preview() -> float:
            taken = seconds(lambda: previewed(client, data))
            discard_upload(upload=RoundUpload.objects.latest("pk"), by=person)
            return taken

        table(
            in_turns(rounds, {REFERENCE: lambda: seconds(lambda: read_alone(data)), name: preview}),
            unit="s",
            limits=LIMITS,
        )

    first = filled(of_round, "5")
    measured(NEW, first)
    upload = previewed(client, first)
    saving = seconds(lambda: apply_upload(upload=upload, seen=upload.compared, by=person))
    measured(CHANGED, filled(of_round, "75"))
    writing = seconds(lambda: filled(of_round, "5"))
    kept = f"{Cell.objects.count():,} values saved as drafts in {saving:.1f} s"
    print(f"\n{len(first) / 1e6:.1f} MB; {kept}; the template written in {writing:.1f} s", flush=True)


def main(series: int = 200, breakdowns: int = 5, years: int = 20, rounds: int = 3) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        override_settings(UPLOADS=folder),
        empty_database(),
        connection.cursor() as cursor,
    ):
        make_references(cursor)
        Area.objects.filter(code="A1").update(code=AREA)  # addresses take codes of three letters
        measure(series, breakdowns, years, rounds)


if __name__ == "__main__":
    main()
