"""The ports of a local system are reserved from the start: foreign clients use them."""

import socket

import pytest

from local_system.errors import CannotStartError
from local_system.ports import HOST, Ports, free_block, free_port, is_free, ports_from


def test_the_default_ports_are_the_reserved_ones() -> None:
    ports = ports_from({})

    assert ports.by_process() == {
        "certification": 8101,
        "supervision": 8102,
        "scoring": 8103,
        "doj-gateway": 8104,
        "simulator": 8110,
        "issuer": 8111,
        "certification worker": 8121,
        "supervision worker": 8122,
        "scoring worker": 8123,
        "doj-gateway worker": 8124,
        "postgres": 8132,
        "certification api": 8141,
        "supervision api": 8142,
        "scoring api": 8143,
        "doj-gateway api": 8144,
        "kafka": 8192,
        "kafka controller": 8193,
    }


def test_port_base_moves_every_port() -> None:
    ports = ports_from({"PORT_BASE": "9100"})

    assert ports.url("doj-gateway") == "http://127.0.0.1:9104"


@pytest.mark.parametrize("text", ["x", "80", "65001", "-1", "8100.5"])
def test_an_unusable_port_base_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(CannotStartError, match=f"PORT_BASE={text} is not usable"):
        ports_from({"PORT_BASE": text})


def test_a_block_with_a_taken_port_is_passed_over() -> None:
    first = free_block().offset_from
    with socket.socket() as other:
        other.bind((HOST, Ports(first)["kafka"]))
        other.listen()

        found = free_block(first)

        assert not is_free(Ports(first)["kafka"])
    assert found.offset_from > first


def test_a_port_is_given_once_whether_it_is_used_yet_or_not() -> None:
    given = [free_port() for _ in range(200)]

    assert len(set(given)) == len(given)
