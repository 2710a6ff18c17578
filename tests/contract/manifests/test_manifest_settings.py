"""Every setting a process reads is set where it runs, and nothing is set that none reads."""

import json
from typing import get_args

import pytest
from pydantic import SecretStr

from check_manifests import ROOT, built
from contract.manifests.applied import (
    SERVICES,
    SIMULATOR,
    Workload,
    named,
    settings_of,
    workloads,
)
from local_system.elliptic_keys import new_key

BASES = ROOT / "deploy/kubernetes/base"
SOME_SECRET = "a secret"
SECRETS = {"CASOMB_REGISTER_SIGNING_KEY": new_key()}
"""Those that are looked at when they are read."""


@pytest.mark.parametrize("workload", workloads(), ids=named)
def test_a_process_is_told_every_setting_it_reads_and_no_other(workload: Workload) -> None:
    told = set(workload.configured()) | workload.secrets()

    assert told == _read_by(workload.service)


@pytest.mark.parametrize("workload", workloads(), ids=named)
def test_secrets_come_from_the_secret_and_nothing_else_does(workload: Workload) -> None:
    assert workload.secrets() == _secrets_of(workload.service)
    assert not set(workload.configured()) & workload.secrets()


@pytest.mark.parametrize("workload", workloads(), ids=named)
def test_what_a_process_is_told_is_well_formed(
    workload: Workload, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured = workload.configured()
    for name, value in configured.items():
        monkeypatch.setenv(name, value)
    for name in workload.secrets():
        monkeypatch.setenv(name, SECRETS.get(name, SOME_SECRET))

    settings = settings_of(workload.service)()

    kept = json.loads(settings.model_dump_json())
    assert all(_same(kept[_field(workload, name)], value) for name, value in configured.items())


@pytest.mark.parametrize("service", SERVICES)
def test_a_base_sets_nothing_that_its_service_does_not_read(service: str) -> None:
    shared = [m for m in built(BASES / "platform") if m["kind"] == "ConfigMap"]
    own = [m for m in built(BASES / service) if m["kind"] == "ConfigMap"]

    told = {name for each in (*shared, *own) for name in each["data"]}

    assert told <= _read_by(service)


@pytest.mark.parametrize("service", SERVICES)
def test_platform_and_service_never_set_the_same(service: str) -> None:
    (shared,) = [m for m in built(BASES / "platform") if m["kind"] == "ConfigMap"]
    (own,) = [m for m in built(BASES / service) if m["kind"] == "ConfigMap"]

    assert not set(shared["data"]) & set(own["data"])


def _prefix(service: str) -> str:
    return "DOJ_SIMULATOR_" if service == SIMULATOR else "CASOMB_"


def _read_by(service: str) -> set[str]:
    fields = settings_of(service).model_fields
    return {f"{_prefix(service)}{name.upper()}" for name in fields}


def _secrets_of(service: str) -> set[str]:
    return {
        f"{_prefix(service)}{name.upper()}"
        for name, field in settings_of(service).model_fields.items()
        if SecretStr in (field.annotation, *get_args(field.annotation))
    }


def _field(workload: Workload, variable: str) -> str:
    return variable.removeprefix(_prefix(workload.service)).lower()


def _same(kept: object, told: str) -> bool:
    if isinstance(kept, dict):
        return bool(kept == json.loads(told))
    return str(kept).lower() == told or (isinstance(kept, float) and kept == float(told))
