"""The script for partners: it believes what the register signed, and nothing else."""

import base64
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import jwt
import pytest

from architecture.source_tree import ROOT
from certification.domain.extracts import KIND, Extract, claims_of
from certification.domain.register import entry_on
from local_system.elliptic_keys import new_key
from shared.security.signing import SigningKey
from unit.certification.register_examples import Life, holder

SCRIPT = ROOT / "docs/partners/verify_extract.py"
KEY = SigningKey.read(new_key())
AS_OF = date(2026, 11, 20)
ENTRY = entry_on(holder(Life("2025-11-20", "2027-11-20")), AS_OF)
CLAIMS = claims_of(Extract(AS_OF, datetime(2026, 11, 20, 18, tzinfo=UTC), [ENTRY]))


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    saved = tmp_path / "keys.json"
    saved.write_text(json.dumps(KEY.key_set()))
    return saved


def _asked(extract: str, keys: Path) -> subprocess.CompletedProcess[str]:
    file = keys.with_name("extract.jose")
    file.write_text(extract)
    return subprocess.run(
        [sys.executable, "-I", SCRIPT, file, keys], capture_output=True, text=True, check=False
    )


def _encoded(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def _altered(extract: str) -> str:
    header, _, signature = extract.split(".")
    return f"{header}.{_encoded({**CLAIMS, 'as_of': '2026-11-21'})}.{signature}"


def _unsigned() -> str:
    return f"{_encoded({'alg': 'none', 'typ': KIND, 'kid': KEY.key_id})}.{_encoded(CLAIMS)}."


def _signed_with_what_is_public() -> str:
    header = {"typ": KIND, "kid": KEY.key_id}
    return jwt.encode(CLAIMS, KEY.public["x"], "HS256", header)


def test_a_genuine_extract_says_what_it_says(keys: Path) -> None:
    done = _asked(KEY.sign(CLAIMS, kind=KIND), keys)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "genuine; as of 2026-11-20:",
        "provider PRV-000001 Avery Example: certified since 2025-11-20",
    ]


def test_a_countys_list_names_its_county_so_that_it_is_not_shown_for_another(keys: Path) -> None:
    done = _asked(KEY.sign({**CLAIMS, "county": "06067"}, kind=KIND), keys)

    assert done.stdout.splitlines()[0] == "genuine; as of 2026-11-20 for county 06067:"


def test_an_extract_signed_before_the_key_was_changed_stays_genuine(tmp_path: Path) -> None:
    newer = SigningKey.read(new_key(), json.dumps(KEY.key_set()))
    saved = tmp_path / "keys.json"
    saved.write_text(json.dumps(newer.key_set()))

    assert _asked(KEY.sign(CLAIMS, kind=KIND), saved).returncode == 0


@pytest.mark.parametrize(
    ("extract", "because"),
    [
        (_altered(KEY.sign(CLAIMS, kind=KIND)), "Signature verification failed"),
        (SigningKey.read(new_key()).sign(CLAIMS, kind=KIND), "not in this key set"),
        (
            SigningKey(SigningKey.read(new_key()).private, KEY.public).sign(CLAIMS, kind=KIND),
            "Signature verification failed",
        ),
        (_unsigned(), "alg value is not allowed"),
        (_signed_with_what_is_public(), "alg value is not allowed"),
        (KEY.sign(CLAIMS, kind="JWT"), "not an extract"),
        (KEY.sign({**CLAIMS, "iss": "another"}, kind=KIND), "issuer"),
        (KEY.sign({"iss": CLAIMS["iss"], "iat": 1}, kind=KIND), "as_of"),
        ("no extract at all", "segments"),
    ],
    ids=[
        *("altered", "key nobody published", "another key under the id", "alg none", "hmac"),
        *("another kind", "another issuer", "without a day", "junk"),
    ],
)
def test_a_forged_extract_is_refused_with_a_reason(keys: Path, extract: str, because: str) -> None:
    done = _asked(extract, keys)

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("REFUSED: ")
    assert because in done.stderr


def test_an_extract_that_is_not_even_text_is_refused(keys: Path) -> None:
    file = keys.with_name("extract.jose")
    file.write_bytes(b"\xff" + KEY.sign(CLAIMS, kind=KIND).encode())

    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", SCRIPT, file, keys],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("REFUSED: ")


def test_a_key_set_that_is_none_is_refused(tmp_path: Path) -> None:
    saved = tmp_path / "keys.json"
    saved.write_text('{"keys": []}')

    assert _asked(KEY.sign(CLAIMS, kind=KIND), saved).stderr.startswith("REFUSED: ")


def test_a_list_of_keys_without_its_frame_is_refused_in_one_line(tmp_path: Path) -> None:
    saved = tmp_path / "keys.json"
    saved.write_text("[]")

    done = _asked(KEY.sign(CLAIMS, kind=KIND), saved)

    assert done.stderr == "REFUSED: the key file is not an answer of GET /v1/register/keys\n"


def test_a_missing_file_is_named_in_one_line(tmp_path: Path) -> None:
    done = _asked(KEY.sign(CLAIMS, kind=KIND), tmp_path / "nowhere.json")

    assert done.returncode == 1
    assert done.stderr == f"{tmp_path / 'nowhere.json'} cannot be read: No such file or directory\n"


def test_without_files_it_says_how_it_is_used() -> None:
    done = subprocess.run([sys.executable, SCRIPT], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "verify_extract.py extract.jose keys.json" in done.stderr
