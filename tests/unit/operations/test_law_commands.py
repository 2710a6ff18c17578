"""`rules check`: what an operator is shown of the law, and how what is wrong is said."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from shared.composition.service import Service
from shared.console.commands import command_line
from shared.process.settings import ServiceSettings, load_settings

SERVICES = ["certification", "supervision", "scoring", "doj-gateway"]
STRICTER = """\
name: standards-2012
extends: standards-2012
settings:
  deficiency-answer-days:
    value: 20
    text: In how many days an applicant must answer a deficiency notice
    citation: Configuration of this system, decided for a test
    configured: true
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
ENDING = """\
name: state-offices
title: Offices that end
covered:
  - {first_on: 2012-01-01, last_on: 2026-12-31, source: a test}
"""


def check(*files: Path, service: str = "supervision") -> Result:
    cli = command_line(Service(service, ()), lambda: load_settings(ServiceSettings))
    return CliRunner().invoke(cli, ["rules", "check", *(str(file) for file in files)])


def test_the_packaged_law_is_shown_with_the_edition_in_force_first() -> None:
    shown = check()

    lines = shown.stdout.splitlines()
    assert shown.exit_code == 0
    assert lines[0].startswith("edition standards-2012, in force: Board standards, 2012 (")
    assert any(line.startswith("edition sb-1473: Senate Bill 1473 (") for line in lines)
    assert any(
        line.startswith("calendar state-offices: California state offices") for line in lines
    )


@pytest.mark.parametrize(
    "line",
    [
        "    receipt from 2012-07-01 on: officer, 5 working days from receipt by state-offices",
        "    assessment from 2025-01-01 on: provider, 30 calendar days from assessment",
        "    notice from 2011-08-01 on: applicant, 30 calendar days from notice [configured]",
        "      at least every 12 months [Board standards page]",
        "  setting apprentice-term-months = 12 [configured]",
        "  setting month-not-required = custody, warrant, case-not-active-whole-month [configured]",
        "  setting maintenance-polygraph-months = 12 [provisional]",
        "      notices: owner 1 days before the due date; owner 0 days after it",
    ],
)
def test_each_regime_and_setting_is_shown_with_what_is_not_sure_of_it(line: str) -> None:
    assert line in check().stdout.splitlines()


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_shows_the_law(service: str) -> None:
    assert check(service=service).exit_code == 0


@pytest.mark.parametrize(
    ("service", "line"),
    [
        ("certification", "term of a provider, apprentice: 12 months from 2011-08-01 [configured]"),
        ("certification", "term of a program: 24 months from 2011-08-01"),
        ("certification", "checklist program-2011 of a program, from 2011-08-01"),
        (
            "scoring",
            "instrument sra-fv 1, from 2012-07-01, reported by dynamic-score-to-doj [provisional]",
        ),
        ("scoring", "instrument static-99r 1, from 2012-07-01, not reported"),
    ],
)
def test_a_services_own_data_is_shown_with_what_is_not_sure_of_it(service: str, line: str) -> None:
    assert line in check(service=service).stdout.splitlines()


def test_a_services_own_data_that_names_what_the_edition_lacks_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "editions").mkdir()
    (tmp_path / "editions" / "bare.yaml").write_text(BARE)
    monkeypatch.setenv("CASOMB_LAW_FOLDER", str(tmp_path))
    monkeypatch.setenv("CASOMB_RULEBOOK_EDITION", "bare")

    refused, accepted = check(service="certification"), check(service="supervision")

    assert (refused.exit_code, accepted.exit_code) == (1, 0)
    assert "terms.yaml, line 23, terms 4: the edition in force has no setting" in refused.stderr


def test_a_file_is_checked_over_the_law_and_shown_alone(tmp_path: Path) -> None:
    file = tmp_path / "standards-2012.yaml"
    file.write_text(STRICTER)

    shown = check(file)

    assert shown.exit_code == 0
    assert "applicant, 20 calendar days from notice [configured]" in shown.stdout
    assert "edition sb-1473" not in shown.stdout
    assert "calendar" not in shown.stdout.splitlines()[0]


def test_a_wrong_file_is_refused_with_its_line_and_the_reason(tmp_path: Path) -> None:
    file = tmp_path / "standards-2012.yaml"
    file.write_text(STRICTER.replace("value: 20", "value: twenty"))

    refused = check(file)

    assert refused.exit_code == 1
    assert refused.stderr == (
        f"{file}, line 5, settings, deficiency-answer-days:"
        " value is a length and must be a whole number of at least 1\n"
    )


@pytest.mark.parametrize("name", ["standards-2012", "law.yml"])
def test_what_is_no_file_of_the_law_is_refused(name: str) -> None:
    refused = check(Path(name))

    assert refused.exit_code == 1
    assert refused.stderr == f"{name}: the name of a file of the law must end in .yaml\n"


def test_a_calendar_that_ends_too_soon_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "state-offices.yaml"
    file.write_text(ENDING)

    refused = check(file)

    assert refused.exit_code == 1
    assert "calendar state-offices covers until 2026-12-31" in refused.stderr


def test_the_folder_of_the_law_is_checked_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "editions").mkdir()
    (tmp_path / "editions" / "standards-2012.yaml").write_text(f"{STRICTER}nonsense: x\n")
    monkeypatch.setenv("CASOMB_LAW_FOLDER", str(tmp_path))

    refused = check()

    assert refused.exit_code == 1
    assert "standards-2012.yaml, line 9: unknown key nonsense" in refused.stderr


def test_an_unknown_edition_in_force_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASOMB_RULEBOOK_EDITION", "standards-1999")

    refused = check()

    assert refused.exit_code == 1
    assert "there is no rulebook edition 'standards-1999'" in refused.stderr
