"""Settings of the gateway, read from environment variables."""

from pydantic import Field, SecretStr

from doj_gateway.domain.notices import LARGEST_DAY_TOLERANCE
from shared.process.settings import ProcessSettings, ServiceSettings


class DeliverySettings(ProcessSettings):
    """Addresses, keys and intervals of the gateway's outbound calls."""

    supervision_url: str = Field(
        description="Base URL of the supervision service, which gives the identifiers on DOJ's "
        "form."
    )
    scoring_url: str = Field(
        description="Base URL of the scoring service, which gives the results on DOJ's form."
    )
    doj_intake_url: str = Field(description="Base URL of DOJ's intake.")
    doj_intake_key: SecretStr = Field(description="Key that DOJ issued for its intake.")
    forward_on_receipt: bool = Field(
        default=True,
        description="If true, a score is sent to DOJ as soon as it is owed. If false, it is held "
        "until the side that owes it releases it.",
    )
    doj_acknowledgment_poll_seconds: float = Field(
        default=30.0,
        gt=0,
        description="Seconds until DOJ is first asked for its acknowledgment. Later intervals "
        "grow.",
    )
    doj_watch_hours: float = Field(
        default=24.0,
        gt=0,
        description="Hours between checks whether DOJ still has a form that it acknowledged.",
    )
    doj_watch_days: float = Field(
        default=30.0,
        ge=0,
        description="Days after the acknowledgment during which these checks continue. 0: no "
        "checks.",
    )
    doj_clock_tolerance_seconds: float = Field(
        default=300.0,
        ge=0,
        description="Seconds by which times in DOJ's receipts may differ from our clock.",
    )
    notice_patience_hours: float = Field(
        default=24.0,
        ge=0,
        description="Hours for which a DOJ notice waits for its score to be recorded here, before "
        "a work item for operators is opened.",
    )
    notice_day_tolerance: int = Field(
        default=1,
        ge=0,
        le=LARGEST_DAY_TOLERANCE,
        description="Days by which the day of scoring in a DOJ notice may differ from ours.",
    )


class Settings(ServiceSettings, DeliverySettings):
    """The settings of all processes of this service."""
