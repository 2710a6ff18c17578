"""Cases and their teams, as supervision announced them."""

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
    """Keep an opened case; one already kept is left as it is."""
    values = {
        "id": case.id,
        "agency": case.supervision.agency,
        "agency_kind": case.agency_kind,
        "unit": case.supervision.unit,
        "officer_id": case.supervision.officer_id,
    }
    await tx.execute(insert(CASES).values(values).on_conflict_do_nothing())


async def insert_team_if_new(tx: Transaction, team: Team) -> None:
    """Keep a team beside those before it; NotYetKnownError until its case has arrived."""
    if (await tx.execute(select(CASES.c.id).where(CASES.c.id == team.case_id))).first() is None:
        raise NotYetKnownError(
            f"case {team.case_id} has not arrived here yet", code="case-not-yet-known"
        )
    values = {
        "id": team.id,
        "case_id": team.case_id,
        **team.supervision.__dict__,
        **team.treatment.__dict__,
    }
    await tx.execute(insert(TEAMS).values(values).on_conflict_do_nothing())


async def forget(tx: Transaction, case_id: UUID) -> bool:
    """Forget a case that there never was; whether nobody has scored in it."""
    scored = select(ASSESSMENTS.c.id).where(ASSESSMENTS.c.case_id == case_id)
    statement = delete(CASES).where(CASES.c.id == case_id, ~scored.exists())
    return (await tx.execute(statement)).rowcount > 0


async def forget_team(tx: Transaction, team_id: UUID) -> None:
    """Forget a team that there never was: the one before it stands."""
    await tx.execute(delete(TEAMS).where(TEAMS.c.id == team_id))


async def by_id(tx: Transaction, case_id: UUID) -> Case:
    """Read a case with the team that stands today; NotFoundError."""
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
    """Read a case with the team of a day, or today's where there was none yet; NotFoundError."""
    case = await by_id(tx, case_id)
    team = await _team_on(tx, case_id, day)
    return case if team is None else replace(case, treatment=_treatment(team))


async def _team_on(tx: Transaction, case_id: UUID, day: date) -> RowMapping | None:
    """The team announced last of those that begin by then: it replaced what was told before."""
    begun = TEAMS.c.effective_from <= day
    statement = select(TEAMS).where(TEAMS.c.case_id == case_id, begun)
    last = statement.order_by(TEAMS.c.number.desc()).limit(1)
    return (await tx.execute(last)).mappings().first()


def not_found(case_id: UUID) -> NotFoundError:
    """The refusal for a case that is not there, has not arrived or is not the asker's."""
    return NotFoundError(
        f"no case {case_id} is known here that is yours to score or see; "
        "a case or a team that is new in supervision arrives here within seconds",
        code="case-not-found",
    )


def _supervision(row: RowMapping) -> Supervision:
    return Supervision(row["agency"], row["unit"], row["officer_id"])


def _treatment(row: RowMapping) -> Treatment:
    return Treatment(
        row["provider_id"], row["program_id"], row["examiner_id"], row["effective_from"]
    )
