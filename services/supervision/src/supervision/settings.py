"""Settings of the supervision service, read from environment variables."""

from shared.process.settings import ServiceSettings


class Settings(ServiceSettings):
    """The settings of all processes of this service."""
