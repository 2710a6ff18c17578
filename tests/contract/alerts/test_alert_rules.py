"""Every alert rests on metrics that exist, leads to words that help, and was tried."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer

from architecture.source_tree import ROOT
from contract.alerts.alert_files import (
    ALERTS,
    RULES,
    RUNBOOKS,
    TRIALS,
    anchors,
    metrics_of_the_code,
    rules,
    series_in,
    trials,
)
from contract.manifests.applied import commands_of
from local_system.credentials import SERVICES
from shared.console.desk_commands import COMMANDS

EVERY_RULE = pytest.mark.parametrize("rule", rules(), ids=lambda rule: str(rule["alert"]))
PROMTOOL = shutil.which("promtool")


@EVERY_RULE
def test_every_metric_of_a_rule_exists_in_the_code(rule: dict[str, Any]) -> None:
    known = metrics_of_the_code()
    named = dict(series_in(rule["expr"]))

    assert named
    assert {name: labels for name, labels in named.items() if name not in known} == {}
    assert all(labels <= known[name] for name, labels in named.items())


@EVERY_RULE
def test_every_alert_says_how_urgent_it_is_what_happened_and_what_to_do(
    rule: dict[str, Any],
) -> None:
    page, _, anchor = rule["annotations"]["runbook_url"].partition("#")

    assert rule["labels"]["severity"] in {"critical", "warning"}
    assert "{{ $labels.service }}" in rule["annotations"]["summary"]
    assert (ROOT / page).parent == RUNBOOKS
    assert anchor in anchors(ROOT / page)


@pytest.mark.parametrize("alert", ["NoLeader", "NoClerk"])
def test_no_service_is_forgotten_where_a_silent_one_is_noticed(alert: str) -> None:
    (rule,) = [each for each in rules() if each["alert"] == alert]

    assert set(re.findall(r'service="([a-z-]+)"', rule["expr"])) == set(SERVICES)


def test_every_alert_was_seen_to_fire() -> None:
    assert {trial["alertname"] for trial in trials()} == {rule["alert"] for rule in rules()}


def test_the_runbook_names_commands_of_the_desk_that_exist() -> None:
    named = set(re.findall(r"\bdesk ([a-z-]+)", "\n".join(commands_in_the_runbook())))
    group = typer.main.get_command(COMMANDS)

    assert named == set(group.commands)  # type: ignore[attr-defined] # a group, as it has commands
    assert "desk" in commands_of("scoring")


@pytest.mark.parametrize("runbook", sorted(RUNBOOKS.glob("*.md")), ids=lambda page: page.stem)
def test_a_runbook_names_metrics_that_exist(runbook: Path) -> None:
    named = {name for name, _ in series_in(runbook.read_text())}

    assert named <= metrics_of_the_code().keys()


@pytest.mark.skipif(PROMTOOL is None, reason="promtool is not here (Debian: prometheus)")
@pytest.mark.parametrize(
    "words",
    [
        ["check", "rules", *(file.name for file in RULES)],
        ["test", "rules", *(file.name for file in TRIALS)],
    ],
)
def test_prometheus_reads_the_rules_and_fires_them_as_expected(words: list[str]) -> None:
    done = subprocess.run(
        ["promtool", *words], cwd=ALERTS, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


def commands_in_the_runbook() -> list[str]:
    """What the runbook sets as code."""
    text = (RUNBOOKS / "event-log.md").read_text()
    return [*re.findall(r"`([^`\n]+)`", text), *re.findall(r"^ {4}(.+)$", text, re.MULTILINE)]
