"""Reads what was seeded from the running system, and prints it as a table."""

from collections.abc import Mapping
from dataclasses import dataclass

from local_system.boundaries.cases import CASES, PREVIEWS, BoundaryCase
from local_system.scenario.client import Body
from local_system.scenario.world import World

LINE = "{mark:<5} {boundary:<16} {story:<64} {rule:<21} due {due_on}  {state}"


@dataclass(frozen=True)
class Told:
    """The lines of the table, and whether every date matches the one counted by hand."""

    lines: list[str]
    is_ok: bool


async def tell(world: World, duties: Mapping[str, str]) -> Told:
    """Read each duty as an auditor, and compare it with what was counted by hand."""
    lines, is_ok = [], True
    for name, duty_id in duties.items():
        case = CASES[name]
        duty = (await world.auditor(case.service).get(f"/v1/duties/{duty_id}")).body
        holds = _is_expected(case, duty)
        is_ok = is_ok and holds
        lines += [_line(case, duty, holds), f"      {_explanation(world, case, duty_id)}"]
    for line, holds in await _previews(world):
        is_ok = is_ok and holds
        lines.append(line)
    return Told(lines, is_ok)


def _is_expected(case: BoundaryCase, duty: Body) -> bool:
    return duty["due_on"] == case.due_on.isoformat() and case.state in {None, duty["state"]}


def _line(case: BoundaryCase, duty: Body, holds: bool) -> str:  # noqa: FBT001 - one call, beside it
    overdue = ", overdue" if duty["is_overdue"] else ""
    line = LINE.format(
        mark="ok" if holds else "WRONG",
        boundary=case.boundary,
        story=case.story,
        rule=case.rule,
        due_on=duty["due_on"],
        state=f"{duty['state']}{overdue}",
    )
    return line if holds else f"{line}; must be {case.due_on} {case.state or ''}"


def _explanation(world: World, case: BoundaryCase, duty_id: str) -> str:
    return f"{world.system.urls[case.service]}/v1/duties/{duty_id}/explanation"


async def _previews(world: World) -> list[tuple[str, bool]]:
    """Preview due dates under edition sb-1473 before and after its change; stores nothing."""
    auditor = world.auditor("doj-gateway")
    told = []
    for each in PREVIEWS:
        question = {"edition": "sb-1473", "rule": "dynamic-score-to-doj", "facts": each.facts}
        answer = await auditor.post("/v1/deadline-previews", question, status=200)
        said = f"{answer['owner_role']} by {answer['due_on']}"
        holds = said == f"{each.owner} by {each.due_on}"
        mark = "ok" if holds else "WRONG"
        told.append((f"{mark:<5} {'sb-1473 would say':<16} {each.story}: {said}", holds))
    return told
