"""Calendar files: read again by the rules of RFC 5545."""

from datetime import UTC, datetime, timedelta, timezone

from sdg_targets.formats.icalendar import WIDTH, CalendarEvent, icalendar

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


def unfolded(content: bytes) -> list[str]:
    assert content.endswith(b"\r\n")
    assert all(len(line) <= WIDTH for line in content.split(b"\r\n"))
    return content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def test_an_event_has_its_time_in_utc_and_its_title() -> None:
    at = datetime(2026, 12, 1, 12, 30, tzinfo=timezone(timedelta(hours=3)))
    lines = unfolded(icalendar([CalendarEvent("a@b", at, "Kenya: Round 2026", "https://x/")], name="C", now=NOW))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert "DTSTART:20261201T093000Z" in lines
    assert "DTSTAMP:20261125T040000Z" in lines
    assert "SUMMARY:Kenya: Round 2026" in lines


def test_signs_with_a_meaning_are_escaped_and_long_lines_folded_between_characters() -> None:
    title = "Côte d’Ivoire; a, b\\c\r\nBEGIN:VEVENT " + "é" * 100
    lines = unfolded(icalendar([CalendarEvent("a@b", NOW, title, "https://x/")], name="C", now=NOW))
    assert lines.count("BEGIN:VEVENT") == 1
    (summary,) = [line for line in lines if line.startswith("SUMMARY:")]
    assert summary == "SUMMARY:Côte d’Ivoire\\; a\\, b\\\\c\\nBEGIN:VEVENT " + "é" * 100


def test_a_calendar_without_events_is_one() -> None:
    assert unfolded(icalendar([], name="C", now=NOW))[-1] == "END:VCALENDAR"
