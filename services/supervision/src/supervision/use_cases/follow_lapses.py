"""When a certification lapses or is restored, every case whose team needs it is updated.

While a certification is not in force, each such case has one work item for its officer; the cure
resolves it. The decision is always made from all known facts, so a repeated or late event does no
harm (Penal Code 9003, 290.09: provider and program must be certified).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from shared.database.transaction import Transaction
from shared.law.duty.duties import Subject
from shared.security.principals import Role
from shared.work_items import keeping, work_item_queries
from shared.work_items.work_items import Evidence, Opening, WorkItemOwner
from supervision.domain.cases import Case
from supervision.domain.lapses import KIND, Lapse, cures, lapses_of, of_teams
from supervision.domain.teams import Member
from supervision.storage import cases, credentials, teams

CASES_AT_ONCE = 500

Found = TypeVar("Found")


async def follow_member(tx: Transaction, member: Member) -> None:
    """Re-examine every case whose current or future team includes this member."""
    await follow_cases(tx, await teams.cases_counting_on(tx, member))


async def follow_cases(tx: Transaction, case_ids: Sequence[UUID]) -> None:
    """Open work items for lapses in these cases and resolve those that are cured."""
    for start in range(0, len(case_ids), CASES_AT_ONCE):
        await _follow(tx, case_ids[start : start + CASES_AT_ONCE])


async def _follow(tx: Transaction, case_ids: Collection[UUID]) -> None:
    locked = await cases.all_locked(tx, case_ids)
    at_work = _by_case(await teams.at_work_or_to_come(tx, case_ids), lambda team: team.case_id)
    members = {member for own in at_work.values() for team in own for member in team.members.each()}
    held = await credentials.holdings(tx, members)
    stand = _by_case(
        await work_item_queries.open_about(tx, KIND, case_ids), lambda item: item.opening.subject.id
    )
    cured: dict[UUID, str] = {}
    openings: list[Opening] = []
    for case in locked:
        own = at_work.get(case.id, ())
        lapses = lapses_of(own, held, tx.today)
        items = stand.get(case.id, ())
        cured |= cures(items, lapses, of_teams(own, held), tx.today)
        openings += [_opening(case, lapse) for lapse in lapses.values()]

    await keeping.resolve_by_facts(tx, cured)
    await keeping.open_work_items(tx, openings)


def _by_case(
    found: Iterable[Found], case_of: Callable[[Found], UUID]
) -> Mapping[UUID, Sequence[Found]]:
    grouped: dict[UUID, list[Found]] = defaultdict(list)
    for each in found:
        grouped[case_of(each)].append(each)
    return grouped


def _opening(case: Case, lapse: Lapse) -> Opening:
    return Opening(
        kind=KIND,
        subject=Subject("case", case.id),
        case_id=case.id,
        owner=WorkItemOwner(Role.OFFICER, case.agency, case.unit, case.officer_id),
        because=lapse.ending.because,
        evidence=Evidence(lapse.holding.kind, lapse.holding.id),
        fact_id=lapse.ending.fact_id,
        effective_on=lapse.effective_on,
    )
