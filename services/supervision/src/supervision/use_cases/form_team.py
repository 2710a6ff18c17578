"""An officer forms the containment team of a case, whose members must have their credentials.

All three members communicate (the Board's standards page). The monthly contact is owed from the
team's first month on, if program duties apply to the supervision (Penal Code 1203.067, 3008).
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.in_force import Law
from supervision import published
from supervision.domain.cases import Case
from supervision.domain.months import Month
from supervision.domain.teams import Members, Team, already_formed, check_team
from supervision.storage import audit_record, cases, credentials, officers, teams, timeline
from supervision.use_cases.follow_lapses import follow_cases
from supervision.use_cases.owe_monthly_contact import owe_monthly_contact, take_back_monthly_contact


async def form_team(
    tx: Transaction, law: Law, case_id: UUID, members: Members, effective_from: date
) -> Team:
    """Form a team that replaces the previous one. The error names everything that is missing.

    Teams that would begin on its first day or later are replaced before they begin. Raises
    ConflictError if the case already has a team with these members and this first day.
    """
    await officers.acting(tx)
    known = await credentials.of_members(
        tx, members
    )  # locked before the case, as in event handlers
    case = await cases.locked(tx, case_id)
    if (first := await teams.first_with(tx, case.id, members, effective_from)) is not None:
        raise already_formed(first, effective_from)
    at_work_since = await teams.at_work_since(tx, case.id)
    check_team(members, known, effective_from, at_work_since=at_work_since, today=tx.today)
    team = Team(
        id=new_id(),
        case_id=case.id,
        officer_id=case.officer_id,
        members=members,
        effective_from=effective_from,
        effective_until=None,
        formed_at=tx.now,
    )

    never_work = await teams.supersede(tx, team)
    await cases.count_version(tx, case)
    await timeline.announce(tx, published.team_changed(case, team), case.id)
    await follow_cases(tx, [case.id])
    await _owe_contacts(tx, law, case, effective_from, never_work)
    audit_record.of_case(tx, "team.formed", case)
    return team


async def _owe_contacts(
    tx: Transaction, law: Law, case: Case, effective_from: date, never_work: Sequence[date]
) -> None:
    """Open the contact duty of the team's first month; cancel those of teams that never worked.

    Duties of this month and earlier stay open, because some team was at work then.
    """
    begins_in = {Month.of(day) for day in await teams.first_days(tx, case.id)}
    for month in {Month.of(day) for day in never_work} - begins_in:
        if month > Month.of(tx.today):
            await take_back_monthly_contact(tx, case, month, reason="its team never worked")
    teamed_from = await teams.first_day(tx, case.id) or effective_from
    month = Month.of(effective_from)
    await owe_monthly_contact(tx, law, case, month, teamed_from=teamed_from)
