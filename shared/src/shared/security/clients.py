"""Which of the project's services a token is of: told by the client that the token was given to.

Identity providers name the client in `azp`, in `client_id`, or have no claim of their own for it
and put it into `sub`; what they call each service's client is a setting.
"""

from collections.abc import Mapping
from typing import Any

CLAIMS = ("azp", "client_id", "sub")
"""Where the client is named; the first that is there counts."""


def service_of(claims: Mapping[str, Any], clients: Mapping[str, str]) -> str | None:
    """Return the service whose client the token names; None for any other client.

    `clients` maps a service to its client's id, as CASOMB_SERVICE_CLIENTS does.
    """
    named = next((claims[claim] for claim in CLAIMS if claims.get(claim) is not None), None)
    return next((service for service, client in clients.items() if client == named), None)
