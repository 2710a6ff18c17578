"""Passwords and keys of a local system: generated at its first start, stored with its data."""

import base64
import json
import secrets
from dataclasses import asdict, dataclass, field

from local_system.elliptic_keys import new_key
from local_system.state import StateFolder, write_secret

SERVICES = ("certification", "supervision", "scoring", "doj-gateway")
CLIENTS = (*SERVICES, "doj")


def _password() -> str:
    return secrets.token_urlsafe(24)


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


@dataclass(frozen=True)
class Credentials:
    """Every secret of one local system."""

    postgres: str = field(default_factory=_password)
    databases: dict[str, str] = field(default_factory=lambda: {s: _password() for s in SERVICES})
    field_encryption: dict[str, str] = field(default_factory=lambda: {s: _key() for s in SERVICES})
    blind_index: dict[str, str] = field(default_factory=lambda: {s: _key() for s in SERVICES})
    clients: dict[str, str] = field(default_factory=lambda: {c: _password() for c in CLIENTS})
    doj_intake: str = field(default_factory=_password)
    register_signing: str = field(default_factory=new_key)
    """Signs the register's extracts."""


def kept_credentials(state: StateFolder) -> Credentials:
    """Read the credentials of a state folder, generating those that are missing."""
    kept = json.loads(state.credentials.read_text()) if state.credentials.exists() else {}
    credentials = Credentials(**kept)
    for client in set(CLIENTS) - set(credentials.clients):  # a folder older than the client
        credentials.clients[client] = _password()
    if asdict(credentials) != kept:
        write_secret(state.credentials, json.dumps(asdict(credentials), indent=1))
    return credentials
