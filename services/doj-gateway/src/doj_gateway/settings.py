"""What the gateway's processes are told by their environment."""

from pydantic import Field, SecretStr

from shared.operations.settings import (
    FieldEncryptionSettings,
    ProcessSettings,
    ServiceSettings,
)


class DeliverySettings(ProcessSettings):
    """Whom the gateway calls, and when."""

    supervision_url: str = Field(
        description="The supervision service, for persons' identifiers on DOJ's form."
    )
    scoring_url: str = Field(description="The scoring service, for results on DOJ's form.")
    doj_intake_url: str = Field(description="DOJ's intake.")
    doj_intake_key: SecretStr = Field(description="The key DOJ gave us for its intake.")
    forward_on_receipt: bool = Field(
        default=True,
        description="Send a score to DOJ as soon as it is owed; false leaves it to who owes it.",
    )
    doj_acknowledgment_poll_seconds: float = Field(
        default=30.0,
        gt=0,
        description="Seconds until DOJ is first asked for its acknowledgment; then less often.",
    )


class Settings(ServiceSettings, FieldEncryptionSettings, DeliverySettings):
    """The settings of every process of this service."""
