"""Clients for a folder and for S3: every wait is limited, and the first call connects."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from obstore.store import LocalStore, ObjectStore, S3Store

from certification.partners.document_store_place import Scheme, StorePlace, read_place

if TYPE_CHECKING:
    from obstore.store import S3Config

CONNECT_SECONDS = 2
CALL_SECONDS = 20
TRY_AGAIN_SECONDS = 5
RETRIES = 2


def open_client(place: StorePlace) -> ObjectStore:
    """Open the store; a missing folder is created."""
    scheme, bucket, path = read_place(place.url)
    if scheme is Scheme.FOLDER:
        return LocalStore(Path(path), mkdir=True)
    return S3Store(
        bucket,
        prefix=path or None,
        config=_config(place),
        client_options={
            "allow_http": place.endpoint.startswith("http://"),
            "connect_timeout": timedelta(seconds=CONNECT_SECONDS),
            "timeout": timedelta(seconds=CALL_SECONDS),
        },
        retry_config={
            "max_retries": RETRIES,
            "retry_timeout": timedelta(seconds=TRY_AGAIN_SECONDS),
        },
    )


def _config(place: StorePlace) -> "S3Config":
    config: S3Config = {"region": place.region}
    if place.endpoint:
        config["endpoint"] = place.endpoint
    if place.access_key_id:
        config["access_key_id"] = place.access_key_id
        config["secret_access_key"] = place.secret_access_key
    return config
