"""What keeps a system from starting is said in one line each, with what to do."""

import shutil
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from local_system.__main__ import cli
from local_system.errors import CannotStartError
from local_system.java import java
from local_system.launch import take
from local_system.ports import HOST, free_block
from local_system.preflight import findings
from local_system.state import StateFolder
from local_system.system import System


def test_nothing_is_found_where_nothing_stands_in_the_way(tmp_path: Path) -> None:
    found = list(findings(System(StateFolder(tmp_path), free_block(20_000))))

    assert found == []


def test_a_taken_port_is_named_with_its_process_and_a_way_out(tmp_path: Path) -> None:
    ports = free_block(21_000)
    with socket.socket() as other:
        other.bind((HOST, ports["scoring"]))
        other.listen()

        found = list(findings(System(StateFolder(tmp_path), ports)))

    assert len(found) == 1
    assert f"Port {ports['scoring']} (scoring) is in use by" in found[0]
    assert "PORT_BASE=" in found[0]


def test_a_full_disk_is_named_with_what_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=5_000_000))

    found = list(findings(System(StateFolder(tmp_path / "new"), free_block(22_000))))

    assert len(found) == 1
    assert found[0].startswith("The disk is full: 5 MB are free")


def test_a_missing_java_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(CannotStartError, match=r"Java is missing.*install Java 17 or newer"):
        java({"USE_PATH_JAVA": "1", "PATH": str(tmp_path)})


def test_a_java_that_is_too_old_is_refused(tmp_path: Path) -> None:
    old = tmp_path / "java"
    old.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    old.chmod(0o755)

    with pytest.raises(CannotStartError, match="is Java 11, but Kafka needs 17 or newer"):
        java({"USE_PATH_JAVA": "1", "PATH": f"{tmp_path}:/bin:/usr/bin"})


def test_a_second_system_on_the_same_state_is_refused(tmp_path: Path) -> None:
    with (
        take(StateFolder(tmp_path)),
        pytest.raises(CannotStartError, match=r"is already running on "),
    ):
        take(StateFolder(tmp_path))


def test_an_operators_command_without_a_system_says_to_start_one_and_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATE", str(tmp_path / "state"))

    refused = CliRunner().invoke(cli, ["operate", "scoring", "log", "status"])

    assert refused.exit_code == 1
    assert refused.stderr.startswith(
        f"No system is running on {tmp_path / 'state'}: start one with"
    )
    assert not (tmp_path / "state").exists()
