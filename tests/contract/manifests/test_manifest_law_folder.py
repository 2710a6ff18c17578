"""An overlay that lays a folder of the law over the packaged one."""

import os
from pathlib import Path

import pytest

from check_manifests import ROOT, Manifest, built, faults_of
from contract.manifests.applied import NAME, SERVICES
from shared.law.in_force import load_law

KUBERNETES = ROOT / "deploy/kubernetes"
CLOSURE = """\
name: state-offices
extends: state-offices
special_closures:
  - {name: day of mourning, date: 2026-12-01, source: appointed by the Governor}
"""
OVERLAY = """\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: casomb-development
resources: [RESOURCE]
components: [COMPONENT]
configMapGenerator:
  - name: law-calendars
    files: [law/calendars/state-offices.yaml]
"""


@pytest.fixture(scope="module")
def manifests(tmp_path_factory: pytest.TempPathFactory) -> list[Manifest]:
    overlay = tmp_path_factory.mktemp("overlay")
    folder = overlay / "law" / "calendars"
    folder.mkdir(parents=True)
    (folder / "state-offices.yaml").write_text(CLOSURE)
    resource, component = (
        os.path.relpath(KUBERNETES / part, overlay)
        for part in ("overlays/development", "components/law")
    )
    text = OVERLAY.replace("RESOURCE", resource).replace("COMPONENT", component)
    (overlay / "kustomization.yaml").write_text(text)
    return built(overlay)


def test_every_process_of_every_service_is_told_of_the_folder_and_sees_it(
    manifests: list[Manifest],
) -> None:
    pods = [
        each["spec"]["template"]["spec"]
        for each in manifests
        if each["kind"] in {"Deployment", "Job"} and each["metadata"]["labels"][NAME] in SERVICES
    ]

    assert len(pods) > len(SERVICES) * 3
    for pod in pods:
        (container,) = pod["containers"]
        paths = {mount["mountPath"] for mount in container["volumeMounts"]}
        assert {"name": "CASOMB_LAW_FOLDER", "value": "/etc/casomb/law"} in container["env"]
        assert paths >= {"/etc/casomb/law/editions", "/etc/casomb/law/calendars"}


def test_the_files_are_mounted_under_a_name_that_changes_with_them(
    manifests: list[Manifest],
) -> None:
    (made,) = [each for each in manifests if each["metadata"]["name"].startswith("law-calendars-")]

    mounted = {
        volume["configMap"]["name"]
        for each in manifests
        if each["kind"] == "Deployment"
        for volume in each["spec"]["template"]["spec"]["volumes"]
        if volume["name"] == "law-calendars"
    }
    assert mounted == {made["metadata"]["name"]}
    assert made["data"] == {"state-offices.yaml": CLOSURE}


def test_what_the_overlay_applies_is_sound(manifests: list[Manifest]) -> None:
    assert [fault for each in manifests for fault in faults_of(each)] == []


def test_a_mounted_folder_with_one_of_the_two_empty_is_a_law(tmp_path: Path) -> None:
    (tmp_path / "editions").mkdir()
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars" / "state-offices.yaml").write_text(CLOSURE)

    assert len(load_law("standards-2012", str(tmp_path)).calendars) == 1
