"""What the simulator is told at its start, as environment variables `DOJ_SIMULATOR_<NAME>`."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class SimulatorSettings(BaseSettings):
    """Where it listens and keeps its state, and how it reaches the gateway."""

    model_config = SettingsConfigDict(env_prefix="DOJ_SIMULATOR_", frozen=True)

    host: str = Field(default="127.0.0.1", description="Address the intake listens on.")
    port: int = Field(description="Port the intake listens on.")
    state_file: Path = Field(description="SQLite file that holds everything DOJ knows.")
    intake_key: SecretStr = Field(description="The key callers send as `X-Intake-Key`.")
    time_offset_seconds: float = Field(
        default=0, description="Moves its clock along with a system's that is at another time."
    )
    acknowledge_after_seconds: float = Field(
        default=2.0, ge=0, description="Seconds from acceptance to acknowledgment."
    )
    gateway_url: str = Field(description="The gateway that is told of automatic results.")
    token_url: str = Field(description="The identity provider's token endpoint.")
    client_id: str = Field(description="DOJ's client id there.")
    client_secret: SecretStr = Field(description="Secret of that client.")
