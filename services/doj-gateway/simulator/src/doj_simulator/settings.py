"""Settings of the simulator, read from environment variables `DOJ_SIMULATOR_<NAME>`."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class SimulatorSettings(BaseSettings):
    """Address, state file, delays, and access to the gateway."""

    model_config = SettingsConfigDict(env_prefix="DOJ_SIMULATOR_", frozen=True)

    host: str = Field(default="127.0.0.1", description="Address on which the simulator listens.")
    port: int = Field(description="Port on which the simulator listens.")
    state_file: Path = Field(
        description="Path of the SQLite file with all data of the simulated DOJ."
    )
    intake_key: SecretStr = Field(description="Key that callers must send as `X-Intake-Key`.")
    time_offset_seconds: float = Field(
        default=0,
        description="Seconds added to the clock, to match a system that runs at another time.",
    )
    acknowledge_after_seconds: float = Field(
        default=2.0, ge=0, description="Seconds between acceptance and acknowledgment of a form."
    )
    gateway_url: str = Field(description="Base URL of the gateway, which receives the notices.")
    token_url: str = Field(description="URL of the identity provider's token endpoint.")
    client_id: str = Field(description="DOJ's client ID at the identity provider.")
    client_secret: SecretStr = Field(description="Secret of that client at the identity provider.")
