"""The four services as their APIs are built, whatever each of them needs to be told."""

import base64
import importlib
from functools import cache
from typing import Any, cast

from fastapi import FastAPI

from local_system.credentials import SERVICES
from local_system.databases import database_name
from local_system.elliptic_keys import new_key
from shared.process.settings import ServiceSettings

__all__ = ["BODY_LIMIT", "SERVICES", "build_api", "openapi_document", "settings_of"]

BODY_LIMIT = 65_536
NOWHERE = "http://127.0.0.1:9"
KEY = base64.b64encode(bytes(32)).decode()
TOLD = {
    "database_url": "postgresql://nobody@127.0.0.1:9/nowhere",
    "database_pool_size": 3,
    "kafka_bootstrap_servers": "127.0.0.1:9",
    "http_port": 1,
    "http_body_limit_bytes": BODY_LIMIT,
    "token_issuer": NOWHERE,
    "token_keys_url": NOWHERE,
    "field_encryption_key": KEY,
    "blind_index_key": KEY,
    "service_token_url": NOWHERE,
    "service_client_id": "a-client",
    "service_client_secret": "a-secret",
    "supervision_url": NOWHERE,
    "scoring_url": NOWHERE,
    "doj_intake_url": NOWHERE,
    "doj_intake_key": "a-key",
    "document_store_url": "file:///nowhere",
    "register_signing_key": new_key(),
}
"""What any service may ask for; each takes what it knows."""


def build_api(service: str, **told: object) -> FastAPI:
    """Build a service's API; nothing connects before the first request."""
    settings = settings_of(service, **told)
    app = importlib.import_module(f"{database_name(service)}.app")
    return cast("FastAPI", app.build_api(settings))


def settings_of(service: str, **told: object) -> ServiceSettings:
    """The settings of a service's processes."""
    package = importlib.import_module(f"{database_name(service)}.settings")
    return cast("ServiceSettings", package.Settings.model_validate(TOLD | told))


@cache
def openapi_document(service: str) -> dict[str, Any]:
    """The OpenAPI document as the code makes it today."""
    return build_api(service).openapi()
