"""The policy on events: who may read what, and a file that cannot be believed is refused."""

from pathlib import Path

import pytest

from shared.security.entitlements import EventPolicy, PolicyRefusedError, load_policy
from shared.security.principals import Actor, Role

POLICY = """
entitlements:
  everything:
    purpose: running the system
    types: "*"
  months:
    purpose: counting months
    types: [supervision.month.*, supervision.case.opened]
roles:
  operator: everything
services:
  doj-gateway: months
partners:
  a-county: months
"""


@pytest.fixture
def policy(tmp_path: Path) -> EventPolicy:
    return load_policy(written(tmp_path, POLICY))


def written(folder: Path, text: str) -> str:
    """Write a policy and return its path."""
    file = folder / "policy.yaml"
    file.write_text(text)
    return str(file)


def names(policy: EventPolicy, subject: str, *roles: Role) -> list[str]:
    return [each.name for each in policy.entitlements_of(Actor(subject, frozenset(roles)))]


def test_a_role_and_a_named_partner_have_what_the_file_gives_them(policy: EventPolicy) -> None:
    assert names(policy, "anybody", Role.OPERATOR) == ["everything"]
    assert names(policy, "a-county", Role.PARTNER) == ["months"]


def test_a_partner_that_the_file_does_not_name_has_nothing(policy: EventPolicy) -> None:
    assert names(policy, "another", Role.PARTNER) == []


def test_a_service_has_what_the_file_gives_to_the_client_of_its_token(
    policy: EventPolicy,
) -> None:
    gateway = Actor("any", frozenset({Role.SERVICE}), service="doj-gateway")
    scoring = Actor("any", frozenset({Role.SERVICE}), service="scoring")

    assert [each.name for each in policy.entitlements_of(gateway)] == ["months"]
    assert policy.entitlements_of(scoring) == []
    assert names(policy, "doj-gateway", Role.SERVICE) == []


def test_a_name_alone_makes_nobody_a_partner(policy: EventPolicy) -> None:
    assert names(policy, "a-county", Role.OFFICER) == []


@pytest.mark.parametrize(
    ("event_type", "is_covered"),
    [
        ("supervision.month.met", True),
        ("supervision.case.opened", True),
        ("supervision.case.closed", False),
        ("scoring.month.met", False),
    ],
)
def test_a_pattern_covers_what_it_says(
    policy: EventPolicy, event_type: str, *, is_covered: bool
) -> None:
    (months,) = policy.entitlements_of(Actor("a-county", frozenset({Role.PARTNER})))

    assert months.covers(event_type) is is_covered


def test_the_packaged_policy_gives_partners_nothing() -> None:
    policy = load_policy()

    assert names(policy, "anybody", Role.PARTNER) == []
    assert names(policy, "anybody", Role.AUDITOR) == ["every-event"]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (POLICY.replace("a-county: months", "a-county: weeks"), "unknown entitlement weeks"),
        (POLICY.replace("operator: every", "servant: every"), "unknown role servant"),
        (POLICY.replace("operator: every", "service: every"), "list each service under `services`"),
        (POLICY.replace("doj-gateway: months", "doj: months"), "unknown service doj"),
        (POLICY.replace("services:\n  doj-gateway: months\n", ""), "services is missing"),
        (POLICY.replace("purpose: counting months", "porpoise: x"), "purpose is missing"),
        (POLICY + "extra: 1\n", "unknown key extra"),
        ("- a list", "must be a mapping"),
        ("a: [", "not valid YAML"),
    ],
)
def test_a_file_that_cannot_be_believed_is_refused_with_its_reason(
    tmp_path: Path, wrong: str, reason: str
) -> None:
    with pytest.raises(PolicyRefusedError, match=reason):
        load_policy(written(tmp_path, wrong))


def test_a_file_that_is_not_there_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(PolicyRefusedError, match=r"nowhere\.yaml: No such file"):
        load_policy(str(tmp_path / "nowhere.yaml"))
