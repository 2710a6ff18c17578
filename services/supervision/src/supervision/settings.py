"""What the supervision service's processes are told by their environment."""

from shared.operations.settings import FieldEncryptionSettings, ServiceSettings


class Settings(ServiceSettings, FieldEncryptionSettings):
    """The settings of every process of this service."""
