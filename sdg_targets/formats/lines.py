"""Rows of a CSV file, each with the line on which it begins: that is where a person looks for it."""

import csv
import io
from collections.abc import Iterator
from typing import IO

from sdg_targets.domain.rows import FileProblem


def numbered_rows(
    stream: IO[bytes], *, first: int = 1, delimiter: str = ",", encoding: str = "utf-8"
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a file with their lines; ``first`` is the line at which the stream stands.

    A cell may hold line breaks: the next row is then on a later line. Errors: ``FileProblem`` where the bytes are not
    text in that encoding (UTF-8 unless said) or no CSV, with the line.
    """
    with_mark = first == 1 and encoding == "utf-8"
    text = io.TextIOWrapper(stream, encoding="utf-8-sig" if with_mark else encoding, newline="")
    reader = csv.reader(text, strict=True, delimiter=delimiter)
    line = first
    try:
        for cells in reader:
            if any("\0" in cell for cell in cells):
                raise FileProblem(f"The file is no text: there is a NUL (at line {line}).")
            yield line, cells
            line = first + reader.line_num
    except UnicodeDecodeError as error:
        said = "UTF-8" if encoding == "utf-8" else encoding
        raise FileProblem(f"The file is not {said} text (at or after line {line}).") from error
    except csv.Error as error:
        raise FileProblem(f"The file is no CSV (at line {line}): {error}.") from error
    finally:
        if not stream.closed:
            text.detach()  # the stream stays its owner's
