"""What the development overlay would apply, read the way Kubernetes would read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from pydantic_settings import BaseSettings

from check_manifests import ROOT, Manifest, built

OVERLAY = ROOT / "deploy/kubernetes/overlays/development"
SERVICES = ("certification", "supervision", "scoring", "doj-gateway")
SIMULATOR = "doj-simulator"
NAME = "app.kubernetes.io/name"
COMPONENT = "app.kubernetes.io/component"


@dataclass(frozen=True)
class Workload:
    """A Deployment or a Job: pods of one process."""

    manifest: Manifest

    @property
    def name(self) -> str:
        """Its name in the cluster."""
        return str(self.manifest["metadata"]["name"])

    @property
    def labels(self) -> Mapping[str, str]:
        """The labels its pods carry."""
        labels: Mapping[str, str] = self.manifest["spec"]["template"]["metadata"]["labels"]
        return labels

    @property
    def service(self) -> str:
        """The service whose process it is."""
        return self.labels[NAME]

    @property
    def component(self) -> str:
        """Which of the service's processes it is."""
        return self.labels[COMPONENT]

    @property
    def pod(self) -> Manifest:
        """The pod's own specification."""
        pod: Manifest = self.manifest["spec"]["template"]["spec"]
        return pod

    @property
    def container(self) -> Manifest:
        """The one container of the pod."""
        (container,) = self.pod["containers"]
        return dict(container)

    @property
    def ports(self) -> Mapping[str, int]:
        """The container's ports by name."""
        return {port["name"]: port["containerPort"] for port in self.container.get("ports", [])}

    @property
    def probes(self) -> Mapping[str, Manifest]:
        """The container's probes by kind."""
        kinds = ("startupProbe", "livenessProbe", "readinessProbe")
        return {kind: self.container[kind] for kind in kinds if kind in self.container}

    def configured(self) -> dict[str, str]:
        """What its ConfigMaps set."""
        maps = {each["metadata"]["name"]: each["data"] for each in of_kind("ConfigMap")}
        sources = [source["configMapRef"]["name"] for source in self.container["envFrom"]]
        return {name: value for source in sources for name, value in maps[source].items()}

    def secrets(self) -> set[str]:
        """What it takes from its service's Secret, key and variable being one name."""
        variables = self.container["env"]
        for variable in variables:
            reference = variable["valueFrom"]["secretKeyRef"]
            assert reference == {"name": f"{self.service}-secrets", "key": variable["name"]}
        return {variable["name"] for variable in variables}


@cache
def everything() -> tuple[Manifest, ...]:
    """Every object of the overlay."""
    return tuple(built(OVERLAY))


def of_kind(*kinds: str) -> list[Manifest]:
    """The overlay's objects of some kinds."""
    return [manifest for manifest in everything() if manifest["kind"] in kinds]


def workloads(*kinds: str) -> list[Workload]:
    """Every pod-making object, or those of some kinds."""
    return [Workload(manifest) for manifest in of_kind(*(kinds or ("Deployment", "Job")))]


def named(workload: Workload) -> str:
    """How a workload appears in a test's id."""
    return workload.name


def package(service: str) -> str:
    """The Python package of a service."""
    return service.replace("-", "_")


def settings_of(service: str) -> type[BaseSettings]:
    """The settings class that every process of a service builds."""
    module = import_module(f"{package(service)}.settings")
    found: type[BaseSettings] = getattr(
        module, "SimulatorSettings" if service == SIMULATOR else "Settings"
    )
    return found


def commands_of(service: str) -> set[str]:
    """The commands of a service's command line."""
    group: Any = typer.main.get_command(import_module(f"{package(service)}.__main__").cli)
    return set(group.commands)


def loops_of(service: str) -> set[str]:
    """The loops of a service, each a process of its own in a cluster."""
    return set(import_module(f"{package(service)}.service").SERVICE.loops)


def matches(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Whether a label selector chooses something so labeled."""
    wanted = selector.get("matchLabels", {})
    choices = selector.get("matchExpressions", [])
    assert all(choice["operator"] == "In" for choice in choices)
    return all(labels.get(key) == value for key, value in wanted.items()) and all(
        labels.get(choice["key"]) in choice["values"] for choice in choices
    )


def dockerfile() -> str:
    """The text of the one Dockerfile."""
    return Path(ROOT / "deploy/image/Dockerfile").read_text()
