"""Queries for cases and their teams, as announced by the supervision service."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping, delete, select
from sqlalchemy.dialects.postgresql import insert

from scoring.domain.cases import Case, Supervision, Team, Treatment
from scoring.storage.tables import ASSESSMENTS, CASES, TEAMS
from shared.database.transaction import Transaction
from shared.errors import NotFoundError, NotYetKnownError
from shared.visibility.known_cases import KnownCases

KNOWN_CASES = KnownCases(CASES)


async def insert_if_new(tx: Transaction, case: Case) -> None:
    """Store an opened case, unless it is stored already."""
    values = {
        "id": case.id,
        "agency": case.supervision.agency,
        "agency_kind": case.agency_kind,
        "unit": case.supervision.unit,
        "officer_id": case.supervision.officer_id,
    }
    await tx.execute(insert(CASES).values(values).on_conflict_do_nothing())


async def insert_team_if_new(tx: Transaction, team: Team) -> None:
    """Store a team beside earlier ones. Raises NotYetKnownError until its case is known."""
    if (await tx.execute(select(CASES.c.id).where(CASES.c.id == team.case_id))).first() is None:
        raise NotYetKnownError(
            f"case {team.case_id} is not known here yet", code="case-not-yet-known"
        )
    values = {
        "id": team.id,
        "case_id": team.case_id,
        **team.supervision.__dict__,
        **team.treatment.__dict__,
    }
    await tx.execute(insert(TEAMS).values(values).on_conflict_do_nothing())


async def forget(tx: Transaction, case_id: UUID) -> bool:
    """Delete a case whose event was lost. Returns False if it has assessments and stays."""
    scored = select(ASSESSMENTS.c.id).where(ASSESSMENTS.c.case_id == case_id)
    statement = delete(CASES).where(CASES.c.id == case_id, ~scored.exists())
    return (await tx.execute(statement)).rowcount > 0


async def forget_team(tx: Transaction, team_id: UUID) -> None:
    """Delete a team whose event was lost, so that the previous team counts."""
    await tx.execute(delete(TEAMS).where(TEAMS.c.id == team_id))


async def by_id(tx: Transaction, case_id: UUID) -> Case:
    """Read a case with its current team. Raises NotFoundError."""
    case = (await tx.execute(select(CASES).where(CASES.c.id == case_id))).mappings().first()
    if case is None:
        raise not_found(case_id)
    team = await _team_on(tx, case_id, tx.today)
    return Case(
        id=case["id"],
        agency_kind=case["agency_kind"],
        supervision=_supervision(team or case),
        treatment=_treatment(team) if team else None,
    )


async def treated_on(tx: Transaction, case_id: UUID, day: date) -> Case:
    """Read a case with its team of a day, or today's before the first. Raises NotFoundError."""
    case = await by_id(tx, case_id)
    team = await _team_on(tx, case_id, day)
    return case if team is None else replace(case, treatment=_treatment(team))


async def _team_on(tx: Transaction, case_id: UUID, day: date) -> RowMapping | None:
    """Return the last announced team that begins by a day; it replaced the earlier ones."""
    begun = TEAMS.c.effective_from <= day
    statement = select(TEAMS).where(TEAMS.c.case_id == case_id, begun)
    last = statement.order_by(TEAMS.c.number.desc()).limit(1)
    return (await tx.execute(last)).mappings().first()


def not_found(case_id: UUID) -> NotFoundError:
    """Return the error for a case that does not exist, is not known yet or is not visible."""
    return NotFoundError(
        f"there is no case {case_id} that you may score or see; "
        "a case or team that is new in supervision arrives here within seconds",
        code="case-not-found",
    )


def _supervision(row: RowMapping) -> Supervision:
    return Supervision(row["agency"], row["unit"], row["officer_id"])


def _treatment(row: RowMapping) -> Treatment:
    return Treatment(
        row["provider_id"], row["program_id"], row["examiner_id"], row["effective_from"]
    )
