"""What the certification service's processes are told by their environment."""

from pydantic import Field

from shared.operations.settings import ServiceSettings


class Settings(ServiceSettings):
    """The settings of every process of this service."""

    status_requests_per_minute: int = Field(
        default=60, ge=1, description="How often a minute one address may ask for a file's status."
    )
