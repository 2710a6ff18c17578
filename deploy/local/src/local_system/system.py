"""One local system as its users see it: addresses, tokens, the broker, the DOJ simulator."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from local_system.credentials import Credentials, kept_credentials
from local_system.environment import Places
from local_system.kafka import Kafka, broker_of_your_own
from local_system.moved_time import kept_offset
from local_system.ports import Ports, ports_from
from local_system.postgres import Postgres, server_of_your_own
from local_system.state import StateFolder, state_from
from local_system.tokens import issue
from shared.security.principals import Role


@dataclass(frozen=True)
class System:
    """Where everything is; holds no connection and starts nothing."""

    state: StateFolder
    ports: Ports
    own_database_server: str | None = None
    """DATABASE_URL: a server of the user's own, instead of the embedded one."""
    own_broker: str | None = None
    """KAFKA_BOOTSTRAP_SERVERS: a Kafka of the user's own, instead of the embedded one."""

    @property
    def credentials(self) -> Credentials:
        """The system's secrets."""
        return kept_credentials(self.state)

    @property
    def postgres(self) -> Postgres:
        """The embedded database server, used unless DATABASE_URL names another."""
        password = self.credentials.postgres
        log = self.state.log("postgres")
        return Postgres(self.state.postgres, self.ports["postgres"], password, log)

    @property
    def kafka(self) -> Kafka:
        """The embedded broker, used unless KAFKA_BOOTSTRAP_SERVERS names another."""
        ports = (self.ports["kafka"], self.ports["kafka controller"])
        return Kafka(self.state.kafka, *ports, log=self.state.log("kafka"))

    @property
    def database_server(self) -> str:
        """Address of the database server, for a role that may create roles and databases."""
        return self.own_database_server or self.postgres.url()

    @property
    def kafka_bootstrap(self) -> str:
        """The address for Kafka clients."""
        return self.own_broker or self.kafka.bootstrap

    @property
    def places(self) -> Places:
        """Addresses and secrets as the processes' settings name them."""
        return Places(
            self.ports,
            self.credentials,
            kafka=self.kafka_bootstrap,
            simulator_state=str(self.state.folder / "doj-simulator.sqlite"),
            documents=self.state.documents,
            time_offset_seconds=kept_offset(self.state).total_seconds(),
        )

    def url(self, service: str) -> str:
        """Address of a service's API (`doj-gateway`), of the `simulator` or of the `issuer`."""
        return self.ports.url(service)

    @property
    def simulator_key(self) -> str:
        """The key that callers of DOJ's intake must send."""
        return self.credentials.doj_intake

    def token(
        self,
        role: str,
        *,
        sub: str | None = None,
        agency: str | None = None,
        unit: str | None = None,
        provider: str | None = None,
        program: str | None = None,
    ) -> str:
        """Sign a token that this system accepts."""
        return issue(
            self.state,
            Role(role),
            sub=sub,
            agency=agency,
            unit=unit,
            provider=provider,
            program=program,
        )


def system_from(environment: Mapping[str, str] = os.environ) -> System:
    """The system from the environment variables: state folder, ports, your own servers."""
    return System(
        state_from(environment),
        ports_from(environment),
        own_database_server=server_of_your_own(environment),
        own_broker=broker_of_your_own(environment),
    )
