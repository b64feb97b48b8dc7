"""Prepared statements: parsed once by each connection, and again by the next."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sdg_targets.queries.prepared import Prepared, asked_for

SUM = Prepared.of("select %s::integer + %s + %s, %s", [asked_for(1), asked_for(2), 10, "of a %"])


def sent(times: int) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        for number in range(times):
            assert SUM.ask(number, 2) == (number + 12, "of a %")
    return [query["sql"].partition(" ")[0] for query in captured.captured_queries]


@pytest.mark.django_db(transaction=True)
def test_each_connection_parses_it_once() -> None:
    connection.close()
    assert sent(3) == ["prepare", "set", "set", "set"]
    assert sent(1) == ["set"]
    connection.close()
    assert sent(2) == ["prepare", "set", "set"]


@pytest.mark.django_db(transaction=True)
def test_how_it_is_planned_is_said_for_it_alone() -> None:
    SUM.ask(1, 2)
    with connection.cursor() as cursor:
        cursor.execute("show plan_cache_mode")
        assert cursor.fetchone() == ("auto",)


def test_other_statements_have_other_names() -> None:
    names = {Prepared.of("select %s", [given]).name for given in (asked_for(1), asked_for(2), 1, "1")}
    assert len(names) == 4
