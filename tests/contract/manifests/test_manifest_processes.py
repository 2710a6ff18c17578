"""Every process runs a command that exists, and is asked about its health where it answers."""

import pytest

from contract.manifests.applied import (
    SERVICES,
    SIMULATOR,
    Workload,
    commands_of,
    dockerfile,
    loops_of,
    matches,
    named,
    of_kind,
    workloads,
)

HEALTH = {
    "startupProbe": "/health/live",
    "livenessProbe": "/health/live",
    "readinessProbe": "/health/ready",
}


@pytest.mark.parametrize("workload", workloads(), ids=named)
def test_the_command_is_one_of_the_services_own(workload: Workload) -> None:
    (command,) = workload.container["args"]

    assert command in commands_of(workload.service)
    assert "command" not in workload.container


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_its_api_its_migration_and_each_of_its_loops_once(service: str) -> None:
    deployed = [w.container["args"][0] for w in workloads() if w.service == service]

    assert sorted(deployed) == sorted({"api", "migrate"} | loops_of(service))


def test_the_image_starts_the_package_of_its_service() -> None:
    text = dockerfile()

    assert "exec /opt/service/bin/python -m %s" in text
    assert 'ENTRYPOINT ["/opt/service/bin/run"]' in text


@pytest.mark.parametrize("workload", workloads("Deployment"), ids=named)
def test_ports_are_those_the_settings_name(workload: Workload) -> None:
    told = workload.configured()
    operations, requests = ("operations", "CASOMB_OPERATIONS"), ("http", "CASOMB_HTTP")
    expected = {
        "api": [operations, requests],
        "simulator": [("http", "DOJ_SIMULATOR")],
    }
    ports = expected.get(workload.component, [operations])

    assert workload.ports == {name: int(told[f"{prefix}_PORT"]) for name, prefix in ports}
    for _, prefix in ports:
        assert told[f"{prefix}_HOST"] == "0.0.0.0"  # noqa: S104 - in a pod the kubelet asks from outside


@pytest.mark.parametrize(
    "workload", [w for w in workloads("Deployment") if w.service != SIMULATOR], ids=named
)
def test_probes_and_prometheus_ask_on_the_processs_own_port(workload: Workload) -> None:
    annotations = workload.manifest["spec"]["template"]["metadata"]["annotations"]

    asked = {kind: probe["httpGet"] for kind, probe in workload.probes.items()}

    assert asked == {kind: {"path": path, "port": "operations"} for kind, path in HEALTH.items()}
    assert annotations["prometheus.io/port"] == str(workload.ports["operations"])
    assert annotations["prometheus.io/path"] == "/metrics"


def test_the_simulator_is_ready_when_it_says_so() -> None:
    (simulator,) = [w for w in workloads() if w.service == SIMULATOR]

    ready = simulator.probes["readinessProbe"]["httpGet"]

    assert ready == {"path": "/health/ready", "port": "http"}


@pytest.mark.parametrize("service", of_kind("Service"), ids=lambda s: str(s["metadata"]["name"]))
def test_a_service_leads_to_the_pods_of_one_workload(service: dict[str, dict[str, object]]) -> None:
    selector = {"matchLabels": service["spec"]["selector"]}

    chosen = [w for w in workloads() if matches(selector, w.labels)]

    assert [w.component in {"api", "simulator"} for w in chosen] == [True]
    assert service["spec"]["ports"] == [
        {"name": "http", "port": 80, "targetPort": "http", "appProtocol": "http"}
    ]


@pytest.mark.parametrize("workload", workloads("Deployment"), ids=named)
def test_a_deployment_selects_its_own_pods_alone(workload: Workload) -> None:
    selector = workload.manifest["spec"]["selector"]

    chosen = [w.name for w in workloads() if matches(selector, w.labels)]

    assert chosen == [workload.name]


def test_urls_inside_the_cluster_name_services_that_are_there() -> None:
    there = {f"http://{service['metadata']['name']}" for service in of_kind("Service")}
    told = {value for w in workloads() for value in w.configured().values()}

    assert {value for value in told if value.startswith("http://")} <= there
