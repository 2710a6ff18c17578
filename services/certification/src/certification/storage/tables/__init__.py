"""The tables of this service, a module for each group that belongs together."""

from certification.storage.tables import applications, certifications, credentials, programs
from certification.storage.tables.metadata import METADATA

__all__ = ["METADATA", "applications", "certifications", "credentials", "programs"]
