"""What the supervision service's processes are told by their environment."""

from shared.process.settings import ServiceSettings


class Settings(ServiceSettings):
    """The settings of every process of this service."""
