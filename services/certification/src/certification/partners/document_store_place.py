"""The address of the document store: `file:///folder` or `s3://bucket/prefix`."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import unquote, urlsplit


class Scheme(StrEnum):
    """The kinds of store."""

    FOLDER = "file"
    S3 = "s3"


class StoreAddress(NamedTuple):
    """The parts of an address; a folder has no bucket."""

    scheme: Scheme
    bucket: str
    path: str


class PlaceRefusedError(ValueError):
    """The address is not one of a document store."""


@dataclass(frozen=True)
class StorePlace:
    """The address, and for S3 the endpoint, region and credentials.

    Without an access key, the identity that the cloud gives the machine is used.
    """

    url: str
    endpoint: str = ""
    region: str = "us-east-1"
    access_key_id: str = field(default="", repr=False)
    secret_access_key: str = field(default="", repr=False)


def read_place(url: str) -> StoreAddress:
    """Parse an address; raise PlaceRefusedError if it is not valid."""
    parts = urlsplit(url)
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise PlaceRefusedError("must not contain a query or credentials")
    if parts.scheme == Scheme.FOLDER and not parts.netloc and _is_below_the_root(parts.path):
        return StoreAddress(Scheme.FOLDER, "", unquote(parts.path))
    if parts.scheme == Scheme.S3 and parts.netloc:
        return StoreAddress(Scheme.S3, parts.netloc, parts.path.strip("/"))
    raise PlaceRefusedError("must be file:///folder or s3://bucket/prefix")


def _is_below_the_root(path: str) -> bool:
    return path.startswith("/") and path != "/"
