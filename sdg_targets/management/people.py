"""Whose deed a command is: the account of ``--by``, or the system's own."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError


def add_by(parser: ArgumentParser) -> None:
    """The option ``--by EMAIL``."""
    parser.add_argument("--by", metavar="EMAIL", help="Whose deed this is (default: the system's own)")


def person(email: str | None) -> Any:
    """The account with this address; ``None`` is the system itself. Errors: ``CommandError``."""
    if email is None:
        return None
    found = get_user_model().objects.filter(email__iexact=email).first()
    if found is None:
        raise CommandError(f"There is no account {email}.")
    return found
