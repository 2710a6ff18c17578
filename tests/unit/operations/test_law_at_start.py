"""A process with a law that cannot be believed ends at its start: the old ones keep the old law."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from local_system.elliptic_keys import new_key
from shared.testing.sealing import KEY

ENVIRONMENT = {
    "CASOMB_DATABASE_URL": "postgresql://nobody:nothing@127.0.0.1:9/none",
    "CASOMB_KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:9",
    "CASOMB_HTTP_PORT": "9",
    "CASOMB_TOKEN_ISSUER": "https://issuer.invalid",
    "CASOMB_TOKEN_KEYS_URL": "https://issuer.invalid/keys",
    "CASOMB_SERVICE_TOKEN_URL": "https://issuer.invalid/token",
    "CASOMB_SERVICE_CLIENT_ID": "scoring",
    "CASOMB_SERVICE_CLIENT_SECRET": "nothing",
    "CASOMB_FIELD_ENCRYPTION_KEY": KEY,
    "CASOMB_BLIND_INDEX_KEY": KEY,
    "CASOMB_POLICY_FILE": "no-such-policy.yaml",
}
ENDING = """\
name: state-offices
title: Offices that end
covered:
  - {first_on: 2012-01-01, last_on: 2026-12-31, source: a test}
"""


BARE = """\
name: bare
title: An edition without the settings that a service names
facts: {receipt: Received}
rules:
  send:
    title: send
    regimes:
      - {name: only, chosen_by: receipt, effective_from: 2012-01-01, owner: officer,
         start: receipt, length: 3, unit: calendar-days, text: in 3 days, citation: a test}
"""


def started(
    service: str = "scoring", command: str = "migrate", **law: str
) -> subprocess.CompletedProcess[str]:
    """Start a process; one whose law is believed ends over its policy file, which is not there."""
    return subprocess.run(
        [sys.executable, "-m", service, command],
        env={"PATH": os.environ["PATH"], **ENVIRONMENT, **law},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "name: state-offices\nname: twice\n",
            "line 2: the key name is used twice, first on line 1",
        ),
        (ENDING.replace("last_on", "last"), "line 4, covered 1: last_on is missing"),
    ],
)
def test_a_calendar_that_cannot_be_believed_ends_the_process_with_one_line(
    tmp_path: Path, text: str, reason: str
) -> None:
    file = tmp_path / "calendars" / "state-offices.yaml"
    file.parent.mkdir()
    file.write_text(text)

    ended = started(CASOMB_LAW_FOLDER=str(tmp_path))

    assert ended.returncode == 2
    assert ended.stderr == f"settings refused: {file}, {reason}\n"


def test_an_edition_that_is_not_in_force_must_be_believable_too(tmp_path: Path) -> None:
    file = tmp_path / "editions" / "sb-1473.yaml"
    file.parent.mkdir()
    file.write_text("name: sb-1473\nextends: sb-1473\nrules: {idle: {title: idle}}\n")

    ended = started(CASOMB_LAW_FOLDER=str(tmp_path))

    assert ended.returncode == 2
    assert f"{file}, line 3, rules, idle: a rule must have a regime" in ended.stderr


def test_an_unknown_edition_ends_the_process_with_the_known_ones() -> None:
    ended = started(CASOMB_RULEBOOK_EDITION="standards-1999")

    assert ended.returncode == 2
    assert ended.stderr.startswith("settings refused: CASOMB_RULEBOOK_EDITION: there is no")


def test_an_edition_without_a_setting_that_a_services_data_names_ends_its_process(
    tmp_path: Path,
) -> None:
    file = tmp_path / "editions" / "bare.yaml"
    file.parent.mkdir()
    file.write_text(BARE)

    ended = started(
        "certification",
        "api",
        CASOMB_LAW_FOLDER=str(tmp_path),
        CASOMB_RULEBOOK_EDITION="bare",
        CASOMB_POLICY_FILE="",
        CASOMB_DOCUMENT_STORE_URL="file:///nowhere",
        CASOMB_REGISTER_SIGNING_KEY=new_key(),
    )

    assert ended.returncode == 2
    assert ended.stderr.startswith("settings refused: terms.yaml, line ")
    assert "the edition in force has no setting apprentice-term-months" in ended.stderr


def test_a_calendar_that_ends_soon_is_an_error_in_the_log(tmp_path: Path) -> None:
    file = tmp_path / "calendars" / "state-offices.yaml"
    file.parent.mkdir()
    file.write_text(ENDING)

    ended = started(CASOMB_LAW_FOLDER=str(tmp_path))

    assert "CASOMB_POLICY_FILE" in ended.stderr
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    (said,) = [line for line in lines if line["event"] == "calendar_ends_soon"]
    assert (said["level"], said["calendar"]) == ("error", "state-offices")
    assert said["covers_until"] == "2026-12-31"
