"""Calendar files (RFC 5545): events with a time, a title and an address, for any calendar program."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

#: Octets on a line, without its end; a longer one goes on after a space.
WIDTH: Final = 75
_TIME: Final = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """A moment that has a title; ``uid`` stays the same when the time is changed."""

    uid: str
    at: datetime
    title: str
    address: str


def icalendar(events: Iterable[CalendarEvent], *, name: str, now: datetime) -> bytes:
    """A whole calendar. Times must bear a zone; they are written in UTC."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Migration in the SDGs//Release calendar//EN",
        "METHOD:PUBLISH",
        f"NAME:{_escaped(name)}",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    for event in events:
        lines += _event(event, now)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(event: CalendarEvent, now: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_escaped(event.uid)}",
        f"DTSTAMP:{now.astimezone(UTC):{_TIME}}",
        f"DTSTART:{event.at.astimezone(UTC):{_TIME}}",
        "DURATION:PT0S",
        f"SUMMARY:{_escaped(event.title)}",
        f"URL:{event.address}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> bytes:
    """The line in pieces of whole characters, each but the first begun with a space."""
    pieces: list[bytes] = [b""]
    for character in line:
        encoded = character.encode()
        if len(pieces[-1]) + len(encoded) > WIDTH:
            pieces.append(b" ")
        pieces[-1] += encoded
    return b"\r\n".join(pieces) + b"\r\n"
