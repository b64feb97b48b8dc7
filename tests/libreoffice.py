"""LibreOffice without a window, where it is installed: what it opens and saves, it saved."""

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
#: What stands after the format of a CSV: comma, quotation marks, UTF-8, and the number of the sheet.
CSV = "csv:Text - txt - csv (StarCalc):{separator},34,76,1,,0,false,true,false,false,false,{sheet}"


def saved_by_libreoffice(data: bytes, folder: Path, *, to: str = "xlsx", given: str = "xlsx") -> bytes:
    """The same file opened and saved by LibreOffice; the test is skipped where there is none."""
    if SOFFICE is None:
        pytest.skip("no LibreOffice here: apt-get install --no-install-recommends libreoffice-calc")
    home, out = folder / "home", folder / "out"
    home.mkdir(exist_ok=True)
    source = folder / f"given.{given}"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--norestore", "--convert-to", to, "--outdir", str(out), str(source)]
    subprocess.run(
        command, check=True, timeout=120, capture_output=True, env={"HOME": str(home), "PATH": "/usr/bin:/bin"}
    )
    (made,) = out.iterdir()
    try:
        return made.read_bytes()
    finally:
        made.unlink()
