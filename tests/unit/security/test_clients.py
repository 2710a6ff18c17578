"""A token with the role `service` has the rights of the one service whose client it names."""

from collections.abc import Mapping

import pytest
from pydantic import ValidationError

from shared.process.settings import TokenSettings
from shared.security.clients import service_of

CLIENTS = {"scoring": "casomb-scoring", "doj-gateway": "0f4c"}


@pytest.mark.parametrize(
    ("claims", "service"),
    [
        ({"azp": "0f4c", "sub": "casomb-scoring"}, "doj-gateway"),
        ({"client_id": "0f4c", "sub": "casomb-scoring"}, "doj-gateway"),
        ({"sub": "0f4c"}, "doj-gateway"),
        ({"azp": None, "sub": "casomb-scoring"}, "scoring"),
        ({"azp": "another", "client_id": "0f4c", "sub": "0f4c"}, None),
        ({"azp": ["0f4c"], "sub": "0f4c"}, None),
        ({"sub": "doj-gateway"}, None),
    ],
)
def test_the_first_claim_that_names_a_client_counts(
    claims: Mapping[str, object], service: str | None
) -> None:
    assert service_of(claims, CLIENTS) == service


@pytest.mark.parametrize(
    ("clients", "reason"),
    [
        ({"scorring": "x"}, "no service is named scorring"),
        ({"scoring": "x", "supervision": "x"}, "two services have the same client ID"),
    ],
)
def test_a_map_of_clients_that_cannot_be_meant_is_refused(
    clients: dict[str, str], reason: str
) -> None:
    with pytest.raises(ValidationError, match=reason):
        TokenSettings(token_issuer="x", token_keys_url="x", service_clients=clients)
