"""Compiles the translations (locale/*/LC_MESSAGES/*.po) without gettext's programs: `python -m idm.catalogues`."""

import os
from pathlib import Path

import polib

CHECKOUT = Path(__file__).resolve().parent.parent


def compile_catalogues(folder: Path) -> list[Path]:
    """Write each .po file's .mo file where it is missing or older; the files that were written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        partial = target.with_name(f"{target.name}.{os.getpid()}")  # several test processes may do this at once
        polib.pofile(str(source)).save_as_mofile(str(partial))
        partial.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    for file in compile_catalogues(CHECKOUT / "locale"):
        print(f"Compiled {file.relative_to(CHECKOUT)}")
