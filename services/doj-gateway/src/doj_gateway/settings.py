"""What the gateway's processes are told by their environment."""

from pydantic import Field, SecretStr

from doj_gateway.domain.notices import LARGEST_DAY_TOLERANCE
from shared.process.settings import ProcessSettings, ServiceSettings


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
        description="If true, a score is sent to DOJ as soon as it is owed. If false, it is held "
        "until whoever owes it releases it.",
    )
    doj_acknowledgment_poll_seconds: float = Field(
        default=30.0,
        gt=0,
        description="Seconds until DOJ is first asked for its acknowledgment; then less often.",
    )
    doj_watch_hours: float = Field(
        default=24.0,
        gt=0,
        description="Hours between two questions whether DOJ still holds what it acknowledged.",
    )
    doj_watch_days: float = Field(
        default=30.0,
        ge=0,
        description="For how many days after its acknowledgment DOJ is asked so; 0 never asks.",
    )
    doj_clock_tolerance_seconds: float = Field(
        default=300.0,
        ge=0,
        description="By how many seconds DOJ's clock may differ from ours in a receipt.",
    )
    notice_patience_hours: float = Field(
        default=24.0,
        ge=0,
        description="For how many hours DOJ's notice waits for its score to be recorded here "
        "before operators are told of it.",
    )
    notice_day_tolerance: int = Field(
        default=1,
        ge=0,
        le=LARGEST_DAY_TOLERANCE,
        description="By how many days the day of the assessment in DOJ's notice may differ.",
    )


class Settings(ServiceSettings, DeliverySettings):
    """The settings of all processes of this service."""
