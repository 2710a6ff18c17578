"""The Board records which providers work with a program, and in which period."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from certification import published
from certification.domain.applications import Kind
from certification.domain.day_bounds import day_bounds
from certification.domain.program_changes import ProgramChange
from certification.domain.program_links import ProgramLink, refuse_second, refuse_uncertified
from certification.domain.span_ends import end_of
from certification.storage import (
    certifications,
    program_providers,
    programs,
    providers,
    standings,
)
from certification.use_cases.bar_interested import refuse_barred_from
from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.in_force import Law
from shared.versions import Seen, check_version


@dataclass(frozen=True)
class LinkProvider:
    """The provider, by ID or number, the program, and the first day (None means today)."""

    program_id: UUID
    provider_id: UUID | None
    number: str | None
    effective_from: date | None
    seen_version: Seen | None


@dataclass(frozen=True)
class LinkKept:
    """A link, and the new version of its program."""

    link: ProgramLink
    program_version: int


async def link_provider(tx: Transaction, law: Law, command: LinkProvider) -> LinkKept:
    """Link a provider and a program; both must be certified on the first day.

    Their certifications are locked first, then the program, in the order a grant uses. Otherwise an
    intake could be undone meanwhile without seeing this link.
    """
    bounds = day_bounds(law.edition.settings, tx.today)
    bounds.refuse_beginning("effective_from", command.effective_from)
    provider_id = await _provider(tx, command)
    await refuse_barred_from(tx, command.program_id, provider_id)
    await certifications.locked_of_holders(tx, command.program_id, provider_id)
    before = await programs.locked(tx, command.program_id)
    check_version(command.seen_version, before.version)
    begins = command.effective_from or tx.today
    held = await standings.of_holder_on(tx, before.id, begins)
    refuse_uncertified(Kind.PROGRAM, held, begins)
    held = await standings.of_holder_on(tx, provider_id, begins)
    refuse_uncertified(Kind.PROVIDER, held, begins)
    refuse_second(await program_providers.of_pair(tx, before.id, provider_id), begins)
    link = ProgramLink(new_id(), before.id, provider_id, begins)
    program = replace(before, version=before.version + 1)

    await program_providers.insert(tx, link)
    await programs.update(tx, program, ProgramChange.PROVIDER_LINKED, None, link.told)
    tx.publish(published.provider_linked(link))
    tx.audit("program.provider-linked", subject_kind="program", subject_id=program.id)
    return LinkKept(link, program.version)


async def end_link(
    tx: Transaction, program_id: UUID, link_id: UUID, *, on: date | None, seen_version: Seen | None
) -> LinkKept:
    """End a link from a day on, by default today, or correct its end. It stays on record."""
    before = await programs.locked(tx, program_id)
    check_version(seen_version, before.version)
    was = await program_providers.by_id(tx, program_id, link_id)
    await refuse_barred_from(tx, program_id, was.provider_id)
    until = end_of(was.effective_from, was.effective_until, on, tx.today)
    of_pair = await program_providers.of_pair(tx, program_id, was.provider_id)
    refuse_second((each for each in of_pair if each.id != link_id), was.effective_from, until)
    link, program = replace(was, effective_until=until), replace(before, version=before.version + 1)

    await program_providers.update_end(tx, link)
    unlinked = ProgramChange.PROVIDER_UNLINKED
    await programs.update(tx, program, unlinked, was.told, link.told)
    tx.publish(published.provider_link_ended(link))
    tx.audit("program.provider-unlinked", subject_kind="program", subject_id=program.id)
    return LinkKept(link, program.version)


async def _provider(tx: Transaction, command: LinkProvider) -> UUID:
    if command.provider_id is not None:
        return (await providers.by_id(tx, command.provider_id)).id
    return await providers.numbered(tx, command.number or "")
