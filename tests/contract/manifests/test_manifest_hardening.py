"""Pods have no more rights than they use, and speak with nobody they need not."""

import re

import pytest

from check_manifests import Manifest
from contract.manifests.applied import (
    COMPONENT,
    NAME,
    Workload,
    dockerfile,
    matches,
    named,
    of_kind,
    workloads,
)

RECOMMENDED = {
    "app.kubernetes.io/name",
    "app.kubernetes.io/instance",
    "app.kubernetes.io/version",
    "app.kubernetes.io/component",
    "app.kubernetes.io/part-of",
    "app.kubernetes.io/managed-by",
}
ANYWHERE: list[Manifest] = []


@pytest.mark.parametrize("workload", workloads(), ids=named)
def test_a_pod_satisfies_the_restricted_pod_security_standard(workload: Workload) -> None:
    pod, container = workload.pod["securityContext"], workload.container["securityContext"]

    assert pod["runAsNonRoot"] is True
    assert pod["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["allowPrivilegeEscalation"] is False
    assert container["readOnlyRootFilesystem"] is True
    assert container["capabilities"] == {"drop": ["ALL"]}
    assert "initContainers" not in workload.pod


@pytest.mark.parametrize("workload", workloads(), ids=named)
def test_a_pod_runs_as_the_user_of_the_image(workload: Workload) -> None:
    user = re.search(r"^USER (\d+):(\d+)$", dockerfile(), re.MULTILINE)

    assert user is not None
    assert workload.pod["securityContext"]["runAsUser"] == int(user[1])
    assert workload.pod["securityContext"]["runAsGroup"] == int(user[2])


@pytest.mark.parametrize("workload", workloads(), ids=named)
def test_a_pod_has_an_account_without_a_token(workload: Workload) -> None:
    accounts = {each["metadata"]["name"]: each for each in of_kind("ServiceAccount")}

    account = accounts[workload.pod["serviceAccountName"]]

    assert account["automountServiceAccountToken"] is False
    assert workload.pod["automountServiceAccountToken"] is False


@pytest.mark.parametrize("workload", workloads(), ids=named)
def test_no_variable_is_made_from_services(workload: Workload) -> None:
    assert workload.pod["enableServiceLinks"] is False


@pytest.mark.parametrize("workload", workloads(), ids=named)
def test_memory_is_bounded_and_asked_for(workload: Workload) -> None:
    resources = workload.container["resources"]

    assert set(resources["requests"]) == {"cpu", "memory"}
    assert set(resources["limits"]) == {"memory"}


@pytest.mark.parametrize("workload", workloads(), ids=named)
def test_labels_are_the_recommended_ones_and_the_version_is_the_images(workload: Workload) -> None:
    image, tag = workload.container["image"].split(":")

    assert set(workload.labels) >= RECOMMENDED
    assert image == f"casomb-{workload.service}"
    assert workload.labels["app.kubernetes.io/version"] == tag


def test_no_secret_is_committed() -> None:
    assert not of_kind("Secret")


def test_everything_is_in_the_one_namespace_which_refuses_weaker_pods() -> None:
    (namespace,) = of_kind("Namespace")

    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    assert {w.manifest["metadata"]["namespace"] for w in workloads()} == {
        namespace["metadata"]["name"]
    }


OWN_NEEDS: dict[tuple[str, str], set[int | str]] = {("doj-gateway", "api"): {"supervision"}}
"""What a process of one service alone reaches: operators compare both sides of a notice."""


def test_the_network_is_closed_unless_opened() -> None:
    (closed,) = [p for p in of_kind("NetworkPolicy") if p["metadata"]["name"] == "default-deny"]

    assert closed["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


@pytest.mark.parametrize(
    "policy", of_kind("NetworkPolicy"), ids=lambda p: str(p["metadata"]["name"])
)
def test_a_policy_concerns_pods_that_are_there(policy: Manifest) -> None:
    selectors = [policy["spec"]["podSelector"], *_peers(policy)]

    for selector in selectors:
        assert any(matches(selector, w.labels) for w in workloads())


@pytest.mark.parametrize("workload", workloads(), ids=named)
def test_a_process_reaches_what_it_needs_and_nothing_else(workload: Workload) -> None:
    needs: dict[str, set[int | str]] = {
        "api": {5432, 443},
        "publisher": {5432, 9092},
        "consumer": {5432, 9092, 443, "every api"},
        "sender": {5432, 443, "supervision", "scoring", "doj-simulator"},
        "clerk": {5432},
        "migration": {5432},
        "simulator": {443, "doj-gateway"},
    }

    own: set[int | str] = OWN_NEEDS.get((workload.labels[NAME], workload.component), set())
    assert _reached_from(workload) == needs[workload.component] | own | {53}


def test_a_caller_inside_is_let_in_where_it_is_let_out() -> None:
    inside = [(w, target) for w in workloads() for target in workloads() if _may_call(w, target)]

    assert inside
    assert all(_lets_in(target, w) for w, target in inside)


def test_callers_reach_the_port_of_requests_and_monitoring_the_port_of_operations() -> None:
    reached = {
        next(iter(peer["namespaceSelector"]["matchLabels"])): {
            each["port"] for each in rule["ports"]
        }
        for policy in of_kind("NetworkPolicy")
        for rule in policy["spec"].get("ingress", [])
        for peer in rule["from"]
        if "namespaceSelector" in peer
    }

    assert reached == {"casomb/calls-apis": {8080}, "casomb/monitoring": {9000}}


def test_no_proxy_is_believed_unless_an_overlay_names_it() -> None:
    apis = [each for each in workloads("Deployment") if each.component == "api"]

    assert {api.configured()["CASOMB_HTTP_TRUSTED_PROXIES"] for api in apis} == {""}


def _policies(workload: Workload, direction: str) -> list[Manifest]:
    chosen = (p["spec"] for p in of_kind("NetworkPolicy"))
    return [
        rule
        for spec in chosen
        if matches(spec["podSelector"], workload.labels)
        for rule in spec.get(direction, [])
    ]


def _reached_from(workload: Workload) -> set[int | str]:
    reached: set[int | str] = set()
    for rule in _policies(workload, "egress"):
        inside = [p["podSelector"] for p in rule.get("to", ANYWHERE) if "podSelector" in p]
        reached |= {_whom(selector["matchLabels"]) for selector in inside}
        reached |= {port["port"] for port in rule["ports"] if not inside}
    return reached


def _whom(labels: dict[str, str]) -> str:
    return labels[NAME] if NAME in labels else f"every {labels[COMPONENT]}"


def _may_call(workload: Workload, target: Workload) -> bool:
    return any(
        matches(peer["podSelector"], target.labels)
        for rule in _policies(workload, "egress")
        for peer in rule.get("to", ANYWHERE)
        if "podSelector" in peer and target.component in {"api", "simulator"}
    )


def _lets_in(target: Workload, caller: Workload) -> bool:
    port = target.ports["http"]
    return any(
        matches(peer.get("podSelector", {"matchLabels": {COMPONENT: ""}}), caller.labels)
        and {"port": port, "protocol": "TCP"} in rule["ports"]
        for rule in _policies(target, "ingress")
        for peer in rule["from"]
    )


def _peers(policy: Manifest) -> list[Manifest]:
    rules = policy["spec"].get("ingress", []) + policy["spec"].get("egress", [])
    peers = [peer for rule in rules for peer in rule.get("from", []) + rule.get("to", [])]
    return [peer["podSelector"] for peer in peers if "podSelector" in peer]
