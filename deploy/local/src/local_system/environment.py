"""The settings of every process of a local system: only those that it reads."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from local_system.credentials import SERVICES, Credentials
from local_system.ports import HOST, Ports

AUDIENCE = "casomb"
ACKNOWLEDGE_AFTER_SECONDS = 0.5
POLL_SECONDS = 0.5


@dataclass(frozen=True)
class Places:
    """Where the parts of one local system are, and the secrets they share."""

    ports: Ports
    credentials: Credentials
    kafka: str
    simulator_state: str = "doj-simulator.sqlite"
    documents: Path = Path("documents")
    policy_file: str = str(Path(__file__).with_name("policy.yaml"))
    overrides: Mapping[str, str] = field(default_factory=dict)
    time_offset_seconds: float = 0

    def service(self, service: str, database_url: str, process: str = "worker") -> dict[str, str]:
        """The settings of a service's processes: `api` and `worker` differ only in one port."""
        settings = self._common(service, database_url)
        settings |= {"OPERATIONS_PORT": str(self.ports[f"{service} {process}"])}
        if service == "certification":
            settings |= self._certification()
        if service == "doj-gateway":
            settings |= self._gateway()
        settings |= {**self._moved_time(), **self.overrides}
        return {f"CASOMB_{name}": value for name, value in settings.items()}

    def simulator(self) -> dict[str, str]:
        """The settings of the DOJ simulator."""
        settings = {
            "HOST": HOST,
            "PORT": str(self.ports["simulator"]),
            "STATE_FILE": self.simulator_state,
            "INTAKE_KEY": self.credentials.doj_intake,
            "ACKNOWLEDGE_AFTER_SECONDS": str(ACKNOWLEDGE_AFTER_SECONDS),
            "GATEWAY_URL": self.ports.url("doj-gateway"),
            "TOKEN_URL": f"{self.ports.url('issuer')}/token",
            "CLIENT_ID": "doj",
            "CLIENT_SECRET": self.credentials.clients["doj"],
        }
        settings |= self._moved_time()
        return {f"DOJ_SIMULATOR_{name}": value for name, value in settings.items()}

    def _moved_time(self) -> dict[str, str]:
        """The setting for shifted time; empty if time is not shifted."""
        offset = self.time_offset_seconds
        return {"TIME_OFFSET_SECONDS": str(offset)} if offset else {}

    def _common(self, service: str, database_url: str) -> dict[str, str]:
        issuer = self.ports.url("issuer")
        return {
            "ENVIRONMENT": "development",
            "OPERATIONS_HOST": HOST,
            "DATABASE_URL": database_url,
            "KAFKA_BOOTSTRAP_SERVERS": self.kafka,
            "KAFKA_REPLICATION_FACTOR": "1",
            "HTTP_HOST": HOST,
            "HTTP_PORT": str(self.ports[service]),
            "TOKEN_ISSUER": issuer,
            "TOKEN_AUDIENCE": AUDIENCE,
            "TOKEN_KEYS_URL": f"{issuer}/.well-known/jwks.json",
            "SERVICE_TOKEN_URL": f"{issuer}/token",
            "FIELD_ENCRYPTION_KEY": self.credentials.field_encryption[service],
            "BLIND_INDEX_KEY": self.credentials.blind_index[service],
            "SERVICE_CLIENT_ID": service,
            "SERVICE_CLIENT_SECRET": self.credentials.clients[service],
            "FEED_URLS": json.dumps({each: self.ports.url(each) for each in SERVICES}),
            "POLICY_FILE": self.policy_file,
        }

    def _certification(self) -> dict[str, str]:
        return {
            "DOCUMENT_STORE_URL": self.documents.absolute().as_uri(),
            "REGISTER_SIGNING_KEY": self.credentials.register_signing,
        }

    def _gateway(self) -> dict[str, str]:
        return {
            "SUPERVISION_URL": self.ports.url("supervision"),
            "SCORING_URL": self.ports.url("scoring"),
            "DOJ_INTAKE_URL": self.ports.url("simulator"),
            "DOJ_INTAKE_KEY": self.credentials.doj_intake,
            "DOJ_ACKNOWLEDGMENT_POLL_SECONDS": str(POLL_SECONDS),
        }


def migration_environment(service: str, database_url: str) -> dict[str, str]:
    """Settings for migrating one database without a running system."""
    nowhere = Places(Ports(), Credentials(), kafka=f"{HOST}:9")
    return nowhere.service(service, database_url)
