"""The tables of this service, a module for each group that belongs together."""

from certification.storage.tables import (
    account_changes,
    amendments,
    applications,
    certifications,
    credentials,
    intakes,
    programs,
)
from certification.storage.tables.metadata import METADATA

__all__ = [
    "METADATA",
    "account_changes",
    "amendments",
    "applications",
    "certifications",
    "credentials",
    "intakes",
    "programs",
]
