"""``manage.py build_vega``: write the charts' script (Vega, Vega-Lite, Vega-Embed) from the wheel that draws images.

Nothing is downloaded and nothing of it is in the tree; it is written again when the wheel's version changes.
"""

from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import vl_convert
from django.conf import settings
from django.core.management.base import BaseCommand

#: What the script of our own (static/js/charts.js) finds on the window.
SNIPPET: Final = "window.vegaEmbed = vegaEmbed; window.vega = vega;"


class Command(BaseCommand):
    help = "Write the charts' script from the installed wheel, where it is not there yet."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "var" / "generated" / "vega"
        mark, made = folder / "version.txt", version("vl-convert-python")
        if mark.exists() and mark.read_text(encoding="utf-8") == made:
            return
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "vega.js").write_text(vl_convert.javascript_bundle(SNIPPET), encoding="utf-8")
        mark.write_text(made, encoding="utf-8")
        self.stdout.write(f"  the charts' script, from vl-convert-python {made}")
