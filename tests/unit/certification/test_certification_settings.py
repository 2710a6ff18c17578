"""Settings of the register's key and of the document store: what cannot be used is refused."""

import pytest
from obstore.store import S3Store
from typer.testing import CliRunner, Result

from certification.__main__ import cli
from certification.partners.document_store_clients import open_client
from certification.partners.document_store_place import (
    PlaceRefusedError,
    Scheme,
    StoreAddress,
    StorePlace,
    read_place,
)
from local_system.elliptic_keys import new_key
from local_system.environment import migration_environment

SIGNING, RETIRED = "CASOMB_REGISTER_SIGNING_KEY", "CASOMB_REGISTER_RETIRED_KEYS"
STORE = "CASOMB_DOCUMENT_STORE_URL"
TOLD = migration_environment("certification", "postgresql://nobody@127.0.0.1:9/nowhere")


def _started(told: dict[str, str]) -> Result:
    """Do what needs no database."""
    return CliRunner().invoke(cli, ["openapi"], env=told)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({SIGNING: "a-secret-of-ours"}, f"{SIGNING}: must be a private key"),
        ({SIGNING: ""}, f"{SIGNING}: must be a private key"),
        ({RETIRED: "a-secret-of-ours"}, f"{RETIRED}: must be"),
        ({STORE: "https://a-secret-of-ours"}, f"{STORE}: must be file:///folder or"),
    ],
)
def test_a_process_told_what_it_cannot_use_ends_with_one_line(
    changed: dict[str, str], reason: str
) -> None:
    done = _started(TOLD | changed)

    assert done.exit_code == 2
    assert done.stderr.startswith(f"settings refused: {reason}")
    assert done.stderr.count("\n") == 1
    assert "a-secret-of-ours" not in done.stdout + done.stderr


@pytest.mark.parametrize("missing", [SIGNING, STORE])
def test_a_process_that_is_not_told_ends_with_one_line(missing: str) -> None:
    done = _started({name: value for name, value in TOLD.items() if name != missing})

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"settings refused: {missing}: is required\n"


def test_a_process_told_a_key_starts() -> None:
    assert _started(TOLD | {SIGNING: new_key(), RETIRED: '{"keys": []}'}).exit_code == 0


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("file:///var/lib/documents", StoreAddress(Scheme.FOLDER, "", "/var/lib/documents")),
        ("file:///with%20blank", StoreAddress(Scheme.FOLDER, "", "/with blank")),
        ("s3://bucket", StoreAddress(Scheme.S3, "bucket", "")),
        ("s3://bucket/a/prefix/", StoreAddress(Scheme.S3, "bucket", "a/prefix")),
    ],
)
def test_an_address_is_a_folder_or_a_bucket(url: str, place: StoreAddress) -> None:
    assert read_place(url) == place


@pytest.mark.parametrize(
    "url",
    [
        *("", "documents", "/documents", "file:documents", "file:///", "file://host/documents"),
        *("https://bucket", "s3:///prefix", "s3://key:secret@bucket", "s3://bucket?region=one"),
    ],
)
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(PlaceRefusedError):
        read_place(url)


def test_a_place_never_shows_its_secret() -> None:
    place = StorePlace("s3://bucket", access_key_id="AKIDEXAMPLE", secret_access_key="secret")

    assert "AKIDEXAMPLE" not in repr(place)
    assert "secret" not in repr(place)


def test_without_an_endpoint_and_a_key_amazons_own_is_asked_by_the_machines_identity() -> None:
    client = open_client(StorePlace("s3://bucket/prefix", region="us-west-2"))

    assert isinstance(client, S3Store)
    assert client.config == {"bucket": "bucket", "region": "us-west-2"}
    assert client.prefix == "prefix"
