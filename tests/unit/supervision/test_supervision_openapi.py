"""The service describes itself without any database, and names the roles of every route."""

import base64

from pydantic import SecretStr

from supervision.app import build_api
from supervision.settings import Settings

KEY = SecretStr(base64.b64encode(bytes(32)).decode())
SETTINGS = Settings(
    database_url=SecretStr("postgresql://nobody@127.0.0.1:9/nowhere"),
    kafka_bootstrap_servers="127.0.0.1:9",
    http_port=1,
    token_issuer="http://127.0.0.1:9",
    token_keys_url="http://127.0.0.1:9/keys",
    service_token_url="http://127.0.0.1:9",
    service_client_id="supervision",
    service_client_secret=SecretStr("a secret"),
    field_encryption_key=KEY,
    blind_index_key=KEY,
)


def test_the_description_needs_no_database() -> None:
    document = build_api(SETTINGS).openapi()

    operations = [each for path in document["paths"].values() for each in path.values()]
    assert all(operation["x-roles"] for operation in operations)
    assert len({operation["operationId"] for operation in operations}) == len(operations)


def test_identifiers_are_in_no_path_and_in_no_query() -> None:
    document = build_api(SETTINGS).openapi()

    named = {
        parameter["name"]
        for path in document["paths"].values()
        for operation in path.values()
        for parameter in operation.get("parameters", [])
    }
    assert not named & {"cii_number", "birth_date", "family_name", "ssn", "cdcr_number"}
