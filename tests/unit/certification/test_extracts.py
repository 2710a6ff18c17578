"""What an extract of the register says, in plain values, before it is signed."""

from datetime import UTC, date, datetime

from certification.domain.applications import Kind
from certification.domain.extracts import ISSUER, Extract, claims_of
from certification.domain.register import entry_on
from unit.certification.register_examples import Life, holder

ISSUED_AT = datetime(2026, 11, 20, 18, tzinfo=UTC)
AS_OF = date(2026, 11, 19)
LIFE = Life("2025-11-20", "2027-11-20")


def test_an_extract_says_of_which_day_it_is_and_when_it_was_issued() -> None:
    claims = claims_of(Extract(AS_OF, ISSUED_AT, [entry_on(holder(LIFE), AS_OF)]))

    assert claims == {
        "iss": ISSUER,
        "iat": 1_795_197_600,
        "as_of": "2026-11-19",
        "entries": [
            {
                "kind": "provider",
                "number": "PRV-000001",
                "name": "Avery Example",
                "level": "associate",
                "status": "certified",
                "since": "2025-11-20",
                "certified_since": "2025-11-20",
                "effective_until": "2027-11-20",
                "next_change": {
                    "status": "expired",
                    "level": "associate",
                    "effective_on": "2027-11-20",
                },
                "conditions": [],
            }
        ],
    }


def test_what_is_not_known_is_null_and_never_left_out() -> None:
    revoked = Life("2025-11-20", "2027-11-20", [("revoked", "2026-01-01")], level=None)
    entry = entry_on(holder(revoked, kind=Kind.PROGRAM, number="PRG-000001"), AS_OF)

    claims = claims_of(Extract(AS_OF, ISSUED_AT, [entry]))

    assert claims["entries"] == [
        {
            "kind": "program",
            "number": "PRG-000001",
            "name": "Avery Example",
            "level": None,
            "status": "revoked",
            "since": "2026-01-01",
            "certified_since": None,
            "effective_until": None,
            "next_change": None,
            "conditions": [],
        }
    ]


def test_a_countys_extract_names_the_county() -> None:
    claims = claims_of(Extract(AS_OF, ISSUED_AT, [], county="06067"))

    assert (claims["county"], claims["entries"]) == ("06067", [])
