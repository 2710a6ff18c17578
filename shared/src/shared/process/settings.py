"""Groups of settings, of which each service composes its own settings.

Every setting is an environment variable `CASOMB_<NAME>`. A variable with this prefix that is no
setting of the process is refused at start, so that a misspelling is found at once.
"""

import os
from collections.abc import Mapping
from ipaddress import ip_network
from typing import TypeVar

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from shared.events.catalog import SERVICES
from shared.validation_messages import message_of

PREFIX = "CASOMB_"
DEVELOPMENT = "development"
LONGEST_OFFSET = 100 * 366 * 86_400


class SettingsRefusedError(Exception):
    """The environment contains a setting that is unknown, missing or malformed."""


class ProcessSettings(BaseSettings):
    """Settings of every process: where it runs, its log level, its operations port."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    environment: str = Field(
        default="production",
        description="Name of the environment: production or development. Written to every "
        "log line.",
    )
    time_offset_seconds: float = Field(
        default=0,
        ge=-LONGEST_OFFSET,
        le=LONGEST_OFFSET,
        description="Shifts the process's clock, to test dates. Refused unless the "
        "environment is development. If omitted, the clock is not shifted.",
    )
    log_level: str = Field(
        default="info", description="Lowest level of log lines to write, from debug to error."
    )
    operations_host: str = Field(
        default="127.0.0.1", description="Address on which health and metrics are served."
    )
    operations_port: int = Field(
        default=9000,
        description="Port on which health with reasons and metrics are served. An API has "
        "this port in addition to its public one.",
    )

    @field_validator("time_offset_seconds")
    @classmethod
    def _moves_in_development_alone(cls, seconds: float, told: ValidationInfo) -> float:
        if seconds and told.data.get("environment") != DEVELOPMENT:
            raise ValueError(
                f"the clock may only be shifted in {DEVELOPMENT}, and the environment is "
                f"{told.data.get('environment')}"
            )
        return seconds


class DatabaseSettings(ProcessSettings):
    """The service's own PostgreSQL database."""

    database_url: SecretStr = Field(
        description="URL of the service's own database: postgresql://user:password@host:port/name."
    )
    database_pool_size: int = Field(
        default=8, ge=1, description="Maximum number of database connections of one process."
    )
    database_statement_timeout_ms: int = Field(
        default=15_000,
        ge=100,
        description="Milliseconds after which PostgreSQL cancels a statement.",
    )
    database_transaction_timeout_ms: int = Field(
        default=60_000,
        ge=1000,
        description="Milliseconds after which PostgreSQL ends a transaction.",
    )


class KafkaSettings(ProcessSettings):
    """The Kafka brokers that carry the events."""

    kafka_bootstrap_servers: str = Field(
        description="Addresses of the brokers as host:port, separated by commas."
    )
    kafka_partitions: int = Field(
        default=6,
        ge=1,
        description="Number of partitions of the service's topic. It cannot change once the "
        "topic is in use.",
    )
    kafka_replication_factor: int = Field(
        default=3,
        ge=1,
        description="Number of copies of each partition if the service creates its topic.",
    )
    kafka_watermark_seconds: float = Field(
        default=10,
        gt=0,
        description="Seconds without an event after which a watermark (heartbeat) is sent to"
        " a partition.",
    )
    applied_events_days: int = Field(
        default=35,
        ge=1,
        description="Days for which to remember which events of other services were applied. "
        "Must be at least the age of the oldest backup that any service may "
        "restore.",
    )


class HttpSettings(ProcessSettings):
    """The service's HTTP API."""

    http_host: str = Field(default="127.0.0.1", description="Address on which the API listens.")
    http_port: int = Field(description="Port on which the API listens.")
    http_body_limit_bytes: int = Field(
        default=262_144, ge=1024, description="Maximum size of a request body, in bytes."
    )
    http_header_seconds: float = Field(
        default=10,
        gt=0,
        description="Seconds within which a request's line and headers must arrive.",
    )
    http_body_seconds: float = Field(
        default=20,
        gt=0,
        description="Seconds within which a request's body must arrive, in addition to the "
        "time its size needs at the slowest allowed rate.",
    )
    http_body_bytes_per_second: int = Field(
        default=2_048,
        ge=1,
        description="Slowest allowed rate of a large body, in bytes per second.",
    )
    http_trusted_proxies: str = Field(
        default="",
        description="Addresses or networks of trusted proxies, separated by commas. Their "
        "X-Forwarded-For gives the caller's address. If empty, no proxy is "
        "trusted and the connection's address is the caller's.",
    )

    @field_validator("http_trusted_proxies")
    @classmethod
    def _names_networks(cls, proxies: str) -> str:
        for each in _listed(proxies):
            ip_network(each)
        return proxies

    @property
    def trusted_proxies(self) -> list[str]:
        """The trusted proxies as a list."""
        return _listed(self.http_trusted_proxies)


class KeptAnswerSettings(ProcessSettings):
    """How long answers are stored for repeated requests."""

    answers_kept_hours: int = Field(
        default=24,
        ge=1,
        le=720,
        description="Hours for which the answer to a request with an Idempotency-Key is stored.",
    )


class TokenSettings(ProcessSettings):
    """Which access tokens are accepted."""

    token_issuer: str = Field(description="The `iss` claim that tokens must have.")
    token_audience: str = Field(
        default="casomb", description="The `aud` claim that tokens must have."
    )
    token_keys_url: str = Field(description="URL of the issuer's key set (JWKS).")
    service_clients: dict[str, str] = Field(
        default={name: name for name in SERVICES},
        description="JSON object that maps each service's name to its client ID at the "
        "identity provider. A token with the role `service` has the rights of the"
        " service whose client it names.",
    )

    @field_validator("service_clients")
    @classmethod
    def _each_client_is_one_service(cls, clients: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(clients) - set(SERVICES)):
            raise ValueError(f"no service is named {', '.join(unknown)}")
        if len(set(clients.values())) < len(clients):
            raise ValueError("two services have the same client ID; each needs its own")
        return clients


class LawSettings(ProcessSettings):
    """The rulebook edition in force, and where additional editions and calendars are."""

    rulebook_edition: str = Field(
        default="standards-2012",
        description="Name of the rulebook edition under which new duties are opened.",
    )
    law_folder: str = Field(
        default="",
        description="Folder with editions/ and calendars/ that add to the packaged ones. If "
        "omitted, only the packaged ones are used.",
    )


class FieldEncryptionSettings(ProcessSettings):
    """Keys that encrypt personal fields and the answers stored for repeated requests."""

    field_encryption_key: SecretStr = Field(
        description="Key that encrypts personal fields (AES-256-GCM): 32 bytes, base64."
    )
    blind_index_key: SecretStr = Field(
        description="Key of the hashes that make identifiers searchable without storing them:"
        " 32 bytes, base64."
    )


class ServiceIdentitySettings(ProcessSettings):
    """How a process obtains its own token to call another service."""

    service_token_url: str = Field(description="URL of the identity provider's token endpoint.")
    service_client_id: str = Field(description="Client ID for the client-credentials grant.")
    service_client_secret: SecretStr = Field(description="Secret of that client.")


class PolicySettings(ProcessSettings):
    """Who may read this service's events, and how often."""

    policy_file: str = Field(
        default="",
        description="Path of the policy file on event access. If empty, the packaged policy "
        "is used.",
    )
    feed_requests_per_minute: int = Field(
        default=600,
        ge=1,
        description="Maximum number of event requests per minute from one partner, at each "
        "API process.",
    )
    feed_waiting_requests: int = Field(
        default=4,
        ge=1,
        description="Maximum number of requests of one partner that may wait for an event at "
        "the same time, at each API process.",
    )
    event_readers_per_partner: int = Field(
        default=5,
        ge=1,
        description="Maximum number of reader names that one partner may register. Events are"
        " kept for each reader.",
    )


class FeedSettings(ServiceIdentitySettings):
    """The feeds from which this service reads events that Kafka did not deliver."""

    feed_urls: dict[str, str] = Field(
        default={},
        description="JSON object that maps each service's name to the base URL whose "
        "/v1/events is read to fill gaps.",
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
    """The settings that the processes of every service share."""


Settings = TypeVar("Settings", bound=ProcessSettings)


def load_settings(kind: type[Settings], environment: Mapping[str, str] = os.environ) -> Settings:
    """Build the settings of one process; unknown variables are refused.

    Raises SettingsRefusedError with one line that names every wrong variable.
    """
    known = {f"{PREFIX}{name.upper()}" for name in kind.model_fields}
    unknown = sorted(name for name in environment if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise SettingsRefusedError(f"unknown settings: {', '.join(unknown)}")
    try:
        return kind()
    except ValidationError as error:
        faults = (f"{PREFIX}{str(e['loc'][0]).upper()}: {message_of(e)}" for e in error.errors())
        raise SettingsRefusedError("; ".join(faults)) from None
    except SettingsError as error:  # a list or mapping whose text is no JSON; it names the field
        faults = (
            f"{PREFIX}{name.upper()}" for name in kind.model_fields if f'"{name}"' in str(error)
        )
        raise SettingsRefusedError(f"{', '.join(faults)}: is not valid JSON") from None


def _listed(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]


def described(settings: ProcessSettings) -> dict[str, object]:
    """Every setting with its value, secrets masked, for the log line at start."""
    return {name: str(value) for name, value in settings}
