"""Shows a provider's certifications and linked programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from certification.domain.amendments import Period
from certification.domain.program_links import LinkedHolder
from certification.storage import (
    amendments,
    certifications,
    program_providers,
    providers,
    standings,
)
from certification.storage.providers import Provider
from certification.use_cases.show_certification import CertificationFile
from shared.database.transaction import Transaction


@dataclass(frozen=True)
class ProviderFile:
    """A provider with all certifications and all programs it worked with."""

    provider: Provider
    names: Sequence[Period]
    certifications: list[CertificationFile]
    programs: list[LinkedHolder]


async def show_provider(tx: Transaction, provider_id: UUID) -> ProviderFile:
    """Read one provider."""
    provider = await providers.by_id(tx, provider_id)
    names = await amendments.names(tx, provider_id, provider.name)
    held = await certifications.of_holder(tx, provider_id)
    files = [
        CertificationFile(each, await standings.of_certification(tx, each.id)) for each in held
    ]
    linked = await program_providers.programs_of(tx, provider_id, tx.today)
    return ProviderFile(provider, names, files, linked)
