"""Where the documents' bytes are: `file:///folder` or `s3://bucket/prefix`, as the settings say."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import unquote, urlsplit


class Scheme(StrEnum):
    """The kinds of store there are."""

    FOLDER = "file"
    S3 = "s3"


class StoreAddress(NamedTuple):
    """An address taken apart; a folder has no bucket."""

    scheme: Scheme
    bucket: str
    path: str


class PlaceRefusedError(ValueError):
    """The address is none of a document store."""


@dataclass(frozen=True)
class StorePlace:
    """The address, and for S3 how to reach it and as whom.

    Without an access key the identity that the machine itself was given is used, as a cloud
    hands it to its workloads.
    """

    url: str
    endpoint: str = ""
    region: str = "us-east-1"
    access_key_id: str = field(default="", repr=False)
    secret_access_key: str = field(default="", repr=False)


def read_place(url: str) -> StoreAddress:
    """Take an address apart; raises PlaceRefusedError for any other."""
    parts = urlsplit(url)
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise PlaceRefusedError("an address of a document store has no query and no sign-in")
    if parts.scheme == Scheme.FOLDER and not parts.netloc and _is_below_the_root(parts.path):
        return StoreAddress(Scheme.FOLDER, "", unquote(parts.path))
    if parts.scheme == Scheme.S3 and parts.netloc:
        return StoreAddress(Scheme.S3, parts.netloc, parts.path.strip("/"))
    raise PlaceRefusedError("must be file:///folder or s3://bucket/prefix")


def _is_below_the_root(path: str) -> bool:
    return path.startswith("/") and path != "/"
