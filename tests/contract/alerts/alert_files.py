"""The alert rules, the runbook they point to, and the metrics that the code has."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from prometheus_client import Counter, Gauge

from architecture.source_tree import ROOT
from certification.partners import document_store_metrics
from doj_gateway.sender import metrics as doj_metrics
from shared.law.clerk import metrics as clerk_metrics
from shared.messaging import metrics

ALERTS = ROOT / "deploy" / "alerts"
RULES = sorted(file for file in ALERTS.glob("*.yaml") if ".test" not in file.name)
TRIALS = sorted(ALERTS.glob("*.test.yaml"))
RUNBOOKS = ROOT / "docs" / "operations"
_SERIES = re.compile(r"(casomb_\w+)(?:\{([^}]*)\})?")


def rules() -> list[dict[str, Any]]:
    """Every rule of the files."""
    groups = [group for file in RULES for group in yaml.safe_load(file.read_text())["groups"]]
    return [rule for group in groups for rule in group["rules"]]


def trials() -> list[dict[str, Any]]:
    """Every alert that the trials expect to fire."""
    tests = [test for file in TRIALS for test in yaml.safe_load(file.read_text())["tests"]]
    expected = (trial for test in tests for trial in test["alert_rule_test"])
    return [trial for trial in expected if trial["exp_alerts"]]


def series_in(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The metrics that an expression names, each with the labels it is narrowed by."""
    for name, labels in _SERIES.findall(text):
        yield name, frozenset(re.findall(r"(\w+)\s*=", labels))


def metrics_of_the_code() -> dict[str, frozenset[str]]:
    """The labels of every metric that is looked at, by the name under which it is served."""
    modules = (metrics, clerk_metrics, document_store_metrics, doj_metrics)
    return {
        _served(each): frozenset(each._labelnames)  # noqa: SLF001 - told nowhere else before use
        for module in modules
        for each in vars(module).values()
        if isinstance(each, Counter | Gauge)
    }


def _served(metric: Counter | Gauge) -> str:
    (described,) = metric.describe()
    return f"{described.name}_total" if isinstance(metric, Counter) else described.name


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as readers of Markdown make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {heading.lower().replace(" ", "-") for heading in headings}
