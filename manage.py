#!/usr/bin/env python
"""Runs Django's administrative commands for this project, with the embedded database started where it is used."""

import contextlib
import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import connections

from idm import devdb


def main() -> None:
    """Hand the command line to Django with this project's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idm.settings")
    with contextlib.ExitStack() as stack:
        try:
            embedded = devdb.url() == settings.DATABASE_URL
        except ImproperlyConfigured as refusal:
            sys.exit(str(refusal))
        if embedded:
            stack.enter_context(devdb.cluster_of(devdb.CHECKOUT).used())
            stack.callback(connections.close_all)
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
