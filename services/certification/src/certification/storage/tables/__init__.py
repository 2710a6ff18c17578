"""The tables of this service, one module per group."""

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
