"""What may be said to a question: evidence that leads somewhere, notes of a length, and blank rows that say nothing."""

from typing import Any

import pytest

from sdg_targets.domain.answers import (
    LONGEST_NOTE,
    MOST_EVIDENCE,
    Evidence,
    EvidenceKind,
    Said,
    SaidError,
    read_evidence,
    read_note,
)


def test_rows_of_a_form_become_evidence_and_blank_ones_do_not() -> None:
    rows = [
        {"kind": "law", "title": "  Immigration   Act 2011 ", "url": ""},
        {"kind": "link", "title": " ", "url": " "},
        {"kind": "policy", "title": "Labour migration policy", "url": "https://example.org/p.pdf"},
        {"kind": "link", "title": "", "url": "http://example.org/?a=1#b"},
        {},
    ]
    assert read_evidence(rows) == (
        Evidence(EvidenceKind.LAW, "Immigration Act 2011"),
        Evidence(EvidenceKind.POLICY, "Labour migration policy", "https://example.org/p.pdf"),
        Evidence(EvidenceKind.LINK, "", "http://example.org/?a=1#b"),
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"kind": "rumour", "title": "x"}, "a law, a policy or a link"),
        ({"kind": "law", "url": "https://example.org"}, "needs its title"),
        ({"kind": "link", "title": "x"}, "needs an address"),
        ({"kind": "link", "url": "javascript:alert(1)"}, "begins with https"),
        ({"kind": "link", "url": "https://"}, "begins with https"),
        ({"kind": "link", "url": "https://exa mple.org"}, "begins with https"),
        ({"kind": "link", "url": "https://[bad"}, "begins with https"),
        ({"kind": "law", "title": "x" * 301}, "at most 300"),
    ],
)
def test_what_is_no_evidence_says_what_would_be(row: dict[str, Any], said: str) -> None:
    with pytest.raises(SaidError, match=said):
        read_evidence([row])


def test_there_is_a_most() -> None:
    row = {"kind": "law", "title": "x"}
    assert len(read_evidence([row] * MOST_EVIDENCE)) == MOST_EVIDENCE
    with pytest.raises(SaidError, match="at most 20"):
        read_evidence([row] * (MOST_EVIDENCE + 1))
    assert read_note(" a\r\nb\0 ") == "a\nb"
    with pytest.raises(SaidError, match="at most 5,000"):
        read_note("x" * (LONGEST_NOTE + 1))


def test_nothing_said_is_empty_and_consent_alone_is_something() -> None:
    assert Said().is_empty
    assert not Said(consent=True).is_empty and not Said(note="x").is_empty and not Said("YES").is_empty
