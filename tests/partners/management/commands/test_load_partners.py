"""``manage.py load_partners``: says what it loaded, and nothing where nothing changed."""

import io

import pytest
from django.core.management import call_command

from sdg_targets.actions.catalogue import load_catalogue

pytestmark = pytest.mark.django_db


def run() -> str:
    out = io.StringIO()
    call_command("load_partners", stdout=out)
    return out.getvalue()


def test_it_says_what_it_loaded_once() -> None:
    load_catalogue()
    assert run() == "  partners: 69 organisations, 577 roles\n"
    assert run() == ""
