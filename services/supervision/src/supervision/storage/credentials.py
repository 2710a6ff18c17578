"""Certifications and examiners' standings, as announced by the certification service."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, Table, delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from shared.credentials import kept_changes, program_links
from shared.credentials.changes import CredentialChange
from shared.database.transaction import Transaction
from shared.errors import NotYetKnownError
from shared.law.validity import Validity
from supervision.domain.lapses import Holding, HoldingKind, Holdings
from supervision.domain.teams import Member, MemberRole, Members, TeamCredentials
from supervision.storage.tables import CERTIFICATIONS, EXAMINER_STANDINGS

_KEEP_CERTIFICATION = insert(CERTIFICATIONS).on_conflict_do_nothing()
_KEEP_STANDING = insert(EXAMINER_STANDINGS).on_conflict_do_nothing()
_Found = dict[Member, dict[UUID, Validity]]


def insert_certification_if_new(
    tx: Transaction, certification_id: UUID, *, member: Member, term: Validity
) -> None:
    """Store a provider's or program's certification, unless it is stored already."""
    values = {"id": certification_id, "kind": member.role, "holder_id": member.id}
    tx.write_soon(_KEEP_CERTIFICATION, values | _span(term))


def insert_standing_if_new(
    tx: Transaction, standing_id: UUID, *, examiner_id: UUID, term: Validity
) -> None:
    """Store an examiner's standing, unless it is stored already."""
    tx.write_soon(_KEEP_STANDING, {"id": standing_id, "examiner_id": examiner_id} | _span(term))


async def insert_certification_change(tx: Transaction, change: CredentialChange) -> Member:
    """Store a change of a certification and return its holder. Raises NotYetKnownError."""
    row = await _locked(tx, CERTIFICATIONS, change.credential_id, HoldingKind.CERTIFICATION)
    kept_changes.insert_if_new(tx, change)
    return Member(MemberRole(row["kind"]), row["holder_id"])


async def insert_standing_end(tx: Transaction, change: CredentialChange) -> Member:
    """Store the end of a standing and return the examiner. Raises NotYetKnownError."""
    kind = HoldingKind.EXAMINER_STANDING
    row = await _locked(tx, EXAMINER_STANDINGS, change.credential_id, kind)
    kept_changes.insert_if_new(tx, change)
    return Member(MemberRole.EXAMINER, row["examiner_id"])


async def forget_certification(tx: Transaction, certification_id: UUID) -> None:
    """Delete a certification whose event was lost, with its changes."""
    await kept_changes.forget_all(tx, certification_id)
    await tx.execute(delete(CERTIFICATIONS).where(CERTIFICATIONS.c.id == certification_id))


async def forget_standing(tx: Transaction, standing_id: UUID) -> None:
    """Delete an examiner's standing whose event was lost, with its changes."""
    await kept_changes.forget_all(tx, standing_id)
    await tx.execute(delete(EXAMINER_STANDINGS).where(EXAMINER_STANDINGS.c.id == standing_id))


async def holder_of(tx: Transaction, credential_id: UUID) -> Member | None:
    """Read the holder of a certification or standing; None if it is not known here."""
    if (row := await tx.lock(CERTIFICATIONS, credential_id)) is not None:
        return Member(MemberRole(row["kind"]), row["holder_id"])
    if (row := await tx.lock(EXAMINER_STANDINGS, credential_id)) is not None:
        return Member(MemberRole.EXAMINER, row["examiner_id"])
    return None


async def of_members(tx: Transaction, members: Members) -> TeamCredentials:
    """Read the credentials of team members and lock them until the transaction ends."""
    held = await holdings(tx, members.each(), keep_still=True)
    provider, program, examiner = ([*_spans(held[each])] for each in members.each())
    in_program = await program_links.spans(
        tx, provider_id=members.provider_id, program_id=members.program_id
    )
    return TeamCredentials(provider, program, examiner, in_program)


async def holdings(
    tx: Transaction, members: Collection[Member], *, keep_still: bool = False
) -> Holdings:
    """Read the past, current and future credentials of each member."""
    certifications = await _certifications(tx, members, keep_still=keep_still)
    standings = await _standings(tx, members, keep_still=keep_still)
    terms = {key: term for found in (certifications, standings) for key, term in _flat(found)}
    held = await kept_changes.held(tx, terms)
    of_kinds = (
        (HoldingKind.CERTIFICATION, certifications),
        (HoldingKind.EXAMINER_STANDING, standings),
    )
    made: dict[Member, list[Holding]] = {member: [] for member in members}
    for kind, found in of_kinds:
        for member, own in found.items():
            made[member] += [Holding(kind, each, held[each]) for each in own]
    return made


async def _certifications(
    tx: Transaction, members: Collection[Member], *, keep_still: bool
) -> _Found:
    table = CERTIFICATIONS.c
    asked = [(each.role, each.id) for each in members if each.role is not MemberRole.EXAMINER]
    statement = select(CERTIFICATIONS).where(tuple_(table.kind, table.holder_id).in_(asked))
    found: _Found = defaultdict(dict)
    for row in await _rows(tx, statement, CERTIFICATIONS, keep_still=keep_still):
        found[Member(MemberRole(row["kind"]), row["holder_id"])][row["id"]] = _term(row)
    return found


async def _standings(tx: Transaction, members: Collection[Member], *, keep_still: bool) -> _Found:
    asked = [each.id for each in members if each.role is MemberRole.EXAMINER]
    table = EXAMINER_STANDINGS
    statement = select(table).where(table.c.examiner_id.in_(asked))
    found: _Found = defaultdict(dict)
    for row in await _rows(tx, statement, table, keep_still=keep_still):
        found[Member(MemberRole.EXAMINER, row["examiner_id"])][row["id"]] = _term(row)
    return found


async def _rows(
    tx: Transaction, statement: Select[Any], table: Table, *, keep_still: bool
) -> Sequence[RowMapping]:
    """Lock rows in order of ID, like every caller, and return them in order of first day."""
    ordered = statement.order_by(table.c.id)
    if keep_still:
        ordered = ordered.with_for_update(read=True)
    rows = (await tx.execute(ordered)).mappings().all()
    return sorted(rows, key=lambda row: (row["effective_from"], row["id"]))


async def _locked(tx: Transaction, table: Table, row_id: UUID, kind: HoldingKind) -> RowMapping:
    if (row := await tx.lock(table, row_id)) is None:
        raise NotYetKnownError(
            f"{kind} {row_id} is not known here yet", code=f"{kind}-not-yet-known"
        )
    return row


def _flat(found: Mapping[Member, Mapping[UUID, Validity]]) -> list[tuple[UUID, Validity]]:
    return [pair for own in found.values() for pair in own.items()]


def _spans(held: Sequence[Holding]) -> list[Validity]:
    return [span for each in held for span in each.spans]


def _term(row: RowMapping) -> Validity:
    return Validity(row["effective_from"], row["effective_until"])


def _span(term: Validity) -> dict[str, Any]:
    return {"effective_from": term.effective_from, "effective_until": term.effective_until}
