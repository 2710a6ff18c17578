"""Settings groups: each service composes its own from these.

Every setting is an environment variable `CASOMB_<NAME>`; a variable with that prefix that no
setting of the process claims is refused at start, so a misspelling is found at once.
"""

import os
from collections.abc import Mapping
from ipaddress import ip_network
from typing import TypeVar

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from shared.events.catalog import SERVICES

PREFIX = "CASOMB_"
DEVELOPMENT = "development"
LONGEST_OFFSET = 100 * 366 * 86_400


class SettingsRefusedError(Exception):
    """The environment holds a setting that is unknown, missing or malformed."""


class ProcessSettings(BaseSettings):
    """What every process has: where it runs, how it logs, where it answers about its health."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    environment: str = Field(
        default="production", description="production or development; shown in logs."
    )
    time_offset_seconds: float = Field(
        default=0,
        ge=-LONGEST_OFFSET,
        le=LONGEST_OFFSET,
        description="Moves the process's clock, to try dates; refused outside development.",
    )
    log_level: str = Field(default="info", description="Lowest level written: debug to error.")
    operations_host: str = Field(
        default="127.0.0.1", description="Address of the process's health and metrics."
    )
    operations_port: int = Field(
        default=9000,
        description="Port of the process's health with reasons and its metrics; an API has it"
        " beside the port of its requests.",
    )

    @field_validator("time_offset_seconds")
    @classmethod
    def _moves_in_development_alone(cls, seconds: float, told: ValidationInfo) -> float:
        if seconds and told.data.get("environment") != DEVELOPMENT:
            raise ValueError(
                f"time is moved in {DEVELOPMENT} alone, this is {told.data.get('environment')}"
            )
        return seconds


class DatabaseSettings(ProcessSettings):
    """The service's own PostgreSQL database."""

    database_url: SecretStr = Field(
        description="postgresql://user:password@host:port/name of this service's own database."
    )
    database_pool_size: int = Field(
        default=8, ge=1, description="Connections one process keeps at the most."
    )
    database_statement_timeout_ms: int = Field(
        default=15_000, ge=100, description="Milliseconds after which PostgreSQL ends a statement."
    )
    database_transaction_timeout_ms: int = Field(
        default=60_000, ge=1000, description="Milliseconds after which a transaction is ended."
    )


class KafkaSettings(ProcessSettings):
    """The broker that carries the events."""

    kafka_bootstrap_servers: str = Field(description="host:port of brokers, comma separated.")
    kafka_partitions: int = Field(
        default=6, ge=1, description="Partitions of this service's topic; fixed once it is in use."
    )
    kafka_replication_factor: int = Field(
        default=3, ge=1, description="Copies of each partition, when this service makes its topic."
    )
    kafka_watermark_seconds: float = Field(
        default=10, gt=0, description="Seconds after which a quiet partition gets a watermark."
    )
    applied_events_days: int = Field(
        default=35,
        ge=1,
        description="Days to keep which events of other services were applied here; at least as"
        " long as a backup of any service may be restored.",
    )


class HttpSettings(ProcessSettings):
    """The service's own HTTP API."""

    http_host: str = Field(default="127.0.0.1", description="Address the API listens on.")
    http_port: int = Field(description="Port the API listens on.")
    http_body_limit_bytes: int = Field(
        default=262_144, ge=1024, description="Largest request body taken, in bytes."
    )
    http_header_seconds: float = Field(
        default=10,
        gt=0,
        description="Seconds within which a request's line and headers must have come.",
    )
    http_body_seconds: float = Field(
        default=20,
        gt=0,
        description="Seconds within which a request's body must have come, besides what its size"
        " takes at the slowest rate.",
    )
    http_body_bytes_per_second: int = Field(
        default=2_048, ge=1, description="The slowest rate at which a large body may come."
    )
    http_trusted_proxies: str = Field(
        default="",
        description="Addresses or networks, comma separated, of proxies whose X-Forwarded-For says"
        " who asks; empty: nobody's, and the address is that of the connection.",
    )

    @field_validator("http_trusted_proxies")
    @classmethod
    def _names_networks(cls, proxies: str) -> str:
        for each in _listed(proxies):
            ip_network(each)
        return proxies

    @property
    def trusted_proxies(self) -> list[str]:
        """The proxies one by one."""
        return _listed(self.http_trusted_proxies)


class KeptAnswerSettings(ProcessSettings):
    """How long answers are kept for requests that are repeated."""

    answers_kept_hours: int = Field(
        default=24,
        ge=1,
        le=720,
        description="Hours for which the answer to a request with an Idempotency-Key is kept.",
    )


class TokenSettings(ProcessSettings):
    """Whose tokens are believed."""

    token_issuer: str = Field(description="The `iss` that tokens must carry.")
    token_audience: str = Field(default="casomb", description="The `aud` that tokens must carry.")
    token_keys_url: str = Field(description="Where the issuer publishes its key set (JWKS).")
    service_clients: dict[str, str] = Field(
        default={name: name for name in SERVICES},
        description="JSON object: service name to the id of its client at the identity provider;"
        " a token with the role `service` has the rights of the service whose client it names.",
    )

    @field_validator("service_clients")
    @classmethod
    def _each_client_is_one_service(cls, clients: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(clients) - set(SERVICES)):
            raise ValueError(f"there is no service {', '.join(unknown)}")
        if len(set(clients.values())) < len(clients):
            raise ValueError("two services have the same client: each needs one of its own")
        return clients


class LawSettings(ProcessSettings):
    """Which edition of the rulebook is in force, and where more of the law lies."""

    rulebook_edition: str = Field(
        default="standards-2012", description="Edition by which new duties are opened."
    )
    law_folder: str = Field(
        default="",
        description="Folder with editions/ and calendars/ that add to the packaged ones.",
    )


class FieldEncryptionSettings(ProcessSettings):
    """Keys for personal fields at rest, and for answers kept for repeated requests."""

    field_encryption_key: SecretStr = Field(
        description="32 bytes, base64: encrypts personal fields (AES-256-GCM)."
    )
    blind_index_key: SecretStr = Field(
        description="32 bytes, base64: makes identifiers searchable without storing them."
    )


class ServiceIdentitySettings(ProcessSettings):
    """How a process obtains a token of its own to call another service."""

    service_token_url: str = Field(description="The identity provider's token endpoint.")
    service_client_id: str = Field(description="Client id for the client-credentials grant.")
    service_client_secret: SecretStr = Field(description="Secret of that client.")


class PolicySettings(ProcessSettings):
    """Who may read this service's events, and how much."""

    policy_file: str = Field(
        default="", description="Path of the policy on events; empty is the packaged one."
    )
    feed_requests_per_minute: int = Field(
        default=600,
        ge=1,
        description="Requests for events that one reader besides our own services may make in a"
        " minute, at each process of the API.",
    )
    feed_waiting_requests: int = Field(
        default=4,
        ge=1,
        description="Requests of one reader that may wait for an event at the same time, at each"
        " process of the API.",
    )
    event_readers_per_partner: int = Field(
        default=5,
        ge=1,
        description="Names under which one partner may report how far it is; the log is kept for"
        " each of them.",
    )


class FeedSettings(ServiceIdentitySettings):
    """Where this service reads what it missed of the others' events, and as whom."""

    feed_urls: dict[str, str] = Field(
        default={},
        description="JSON object: service name to the address whose /v1/events repairs its gaps.",
    )


class ServiceSettings(
    DatabaseSettings,
    KafkaSettings,
    HttpSettings,
    KeptAnswerSettings,
    TokenSettings,
    FieldEncryptionSettings,
    LawSettings,
    PolicySettings,
    FeedSettings,
):
    """What the processes of every service are told."""


Settings = TypeVar("Settings", bound=ProcessSettings)


def load_settings(kind: type[Settings], environment: Mapping[str, str] = os.environ) -> Settings:
    """Build the settings of one process, refusing what it does not know.

    Raises SettingsRefusedError with one line that names every variable at fault.
    """
    known = {f"{PREFIX}{name.upper()}" for name in kind.model_fields}
    unknown = sorted(name for name in environment if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise SettingsRefusedError(f"unknown settings: {', '.join(unknown)}")
    try:
        return kind()
    except ValidationError as error:
        faults = (f"{PREFIX}{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise SettingsRefusedError("; ".join(faults)) from None
    except SettingsError as error:  # a list or mapping whose text is no JSON; it names the field
        faults = (
            f"{PREFIX}{name.upper()}" for name in kind.model_fields if f'"{name}"' in str(error)
        )
        raise SettingsRefusedError(f"{', '.join(faults)}: is not JSON") from None


def _listed(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]


def described(settings: ProcessSettings) -> dict[str, object]:
    """Every setting with its value, secrets masked by their type, for the log line at start."""
    return {name: str(value) for name, value in settings}
