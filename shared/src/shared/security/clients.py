"""Finds which of the project's services a token belongs to, by the client it was issued to.

Identity providers name the client in `azp`, in `client_id` or in `sub`. The client's ID of each
service is a setting.
"""

from collections.abc import Mapping
from typing import Any

CLAIMS = ("azp", "client_id", "sub")
"""Claims that may name the client; the first one present counts."""


def service_of(claims: Mapping[str, Any], clients: Mapping[str, str]) -> str | None:
    """Return the service whose client the token names; None for any other client.

    `clients` maps each service to its client's ID, as CASOMB_SERVICE_CLIENTS does.
    """
    named = next((claims[claim] for claim in CLAIMS if claims.get(claim) is not None), None)
    return next((service for service, client in clients.items() if client == named), None)
