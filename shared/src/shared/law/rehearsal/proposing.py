"""Makes a proposal from an operator's argument: the name of an edition or calendar, or a file."""

from contextlib import suppress
from pathlib import Path

from shared.database.database import Database
from shared.database.transaction import Cause
from shared.law.duty import kept_laws
from shared.law.duty.kept_laws import LawNotKeptError
from shared.law.in_force import Law
from shared.law.reading.law_files import LawKind
from shared.law.reading.law_library import is_path
from shared.law.rehearsal.open_duties import editions_in_use
from shared.law.rehearsal.proposals import NewCalendar, NewEdition, Proposal


async def new_edition(law: Law, database: Database, cause: Cause, new: str) -> Proposal:  # noqa: ARG001 - as for a calendar
    """Propose an edition; raises UnknownEditionError or DataFileError."""
    return NewEdition(law.library.edition_at(new), law.calendars)


async def new_calendar(law: Law, database: Database, cause: Cause, new: str) -> Proposal:
    """Propose a calendar for the duties that are counted with it; raises DataFileError."""
    library = law.library.with_files(Path(new)) if is_path(new) else law.library
    name = law.library.calendar_at(new).name
    editions = {}
    async with database.transaction(cause) as tx:
        for digest in await editions_in_use(tx):
            with suppress(LawNotKeptError):  # its duties are left alone, and counted
                editions[digest] = await kept_laws.edition_of_duty(tx, law, digest)
    return NewCalendar(name, library.calendars, editions)


def caution(law: Law, proposal: Proposal) -> str | None:
    """What to configure so that new duties follow the proposal; None if they already do."""
    is_file = proposal.kind is LawKind.CALENDAR or law.edition.name == proposal.name
    if proposal.kind is LawKind.EDITION and not is_file:
        return (
            f"new duties are still opened under {law.edition.name}: set "
            f"CASOMB_RULEBOOK_EDITION to {proposal.name} for every process, then apply again"
        )
    in_force = law.edition if proposal.kind is LawKind.EDITION else law.calendars.get(proposal.name)
    if in_force is None or in_force.hash != proposal.hash:
        return (
            f"new duties are still counted by the old {proposal.name}: put the file in "
            "CASOMB_LAW_FOLDER for every process, then apply again"
        )
    return None
