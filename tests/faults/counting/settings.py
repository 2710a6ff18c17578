"""What the counting service's processes are told besides what every service's are."""

from pathlib import Path

from pydantic import Field

from shared.process.settings import ServiceSettings


class Settings(ServiceSettings):
    """Its name is a setting: each test has a topic of its own."""

    counting_service: str = Field(description="Name of this service, and so of its topic.")
    counting_reads: str = Field(default="", description="Service whose numbers it notes.")
    counting_version: int = Field(default=1, description="Newest schema version it understands.")
    counting_behavior: Path = Field(description="File that says how its handler is to fail.")
