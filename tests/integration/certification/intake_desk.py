"""The Board's manager with a list in hand, and the clerk who works it off."""

from dataclasses import dataclass
from typing import Any

import httpx
from sqlalchemy import text

from certification.use_cases.work_off_intakes import work_off_next
from integration.certification.board_office import BoardOffice, Json
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.law.in_force import load_law
from shared.security.principals import Role, process_actor

LAW = load_law("standards-2012")
PROGRAM_HEADER = "number,name,headquarters_county,served_counties,effective_from,effective_until\n"
PROVIDER_HEADER = "name;level;effective_from;effective_until\n"


def program_lines(count: int, *, name: str) -> str:
    """Lines of as many programs, each with a name of its own and without a number."""
    return "".join(
        f",{name} {place},Sacramento,Yolo|06061,2026-01-01,2028-01-01\n" for place in range(count)
    )


def provider_lines(count: int, *, name: str) -> str:
    """Lines of as many providers."""
    return "".join(f"{name} {place};independent;2026-01-01;2028-01-01\n" for place in range(count))


@dataclass
class IntakeDesk:
    """Sends lists, has them taken in or undone, and looks at what came of it."""

    office: BoardOffice

    @property
    def manager(self) -> dict[str, str]:
        """The manager's header."""
        return self.office.issuer.authorization(Role.BOARD_MANAGER, sub=self.office.reviewer_id)

    async def send(self, content: str | bytes, *, kind: str = "program") -> httpx.Response:
        """Send a list to be looked at."""
        return await self.office.http.post(
            "/v1/intakes",
            params={"kind": kind},
            content=content,
            headers=self.manager | {"Content-Type": "text/csv; charset=utf-8"},
        )

    async def checked(self, content: str, *, kind: str = "program") -> Json:
        """Send a list that can be read."""
        answer = await self.send(content, kind=kind)
        assert answer.status_code == 201, answer.text
        checked: Json = answer.json()
        return checked

    async def run(self, intake_id: str, what: str = "runs", **body: object) -> httpx.Response:
        """Have it taken in or undone."""
        return await self.office.http.post(
            f"/v1/intakes/{intake_id}/{what}", json=body, headers=self.manager
        )

    async def work(self) -> int:
        """Let the clerk do one batch."""
        cause = Cause(process_actor("certification clerk"), new_id())
        async with self.office.database.transaction(cause) as tx:
            return await work_off_next(tx, LAW)

    async def work_all(self) -> None:
        """Let the clerk do every batch."""
        while await self.work():
            pass

    async def taken_in(self, content: str, *, kind: str = "program") -> Json:
        """Send a list and have it taken in to its end."""
        checked = await self.checked(content, kind=kind)
        begun = await self.run(checked["intake_id"])
        assert begun.status_code == 202, begun.text
        await self.work_all()
        return await self.show(checked["intake_id"])

    async def undone(self, intake_id: str) -> Json:
        """Have it undone to its end."""
        begun = await self.run(intake_id, "undoings")
        assert begun.status_code == 202, begun.text
        await self.work_all()
        return await self.show(intake_id)

    async def show(self, intake_id: str) -> Json:
        """Look at it."""
        shown: Json = (await self._get(f"/v1/intakes/{intake_id}")).json()
        return shown

    async def rows(self, intake_id: str, **query: object) -> list[Json]:
        """Look at a page of its lines."""
        asked = {name: str(value) for name, value in query.items()}
        answer = await self._get(f"/v1/intakes/{intake_id}/rows", asked)
        rows: list[Json] = answer.json()["items"]
        return rows

    async def report(self, intake_id: str) -> str:
        """Read the report as a table."""
        return (await self._get(f"/v1/intakes/{intake_id}/report")).text

    async def counted(self, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - any parameter of SQL
        """Read from the database."""
        async with self.office.database.engine.connect() as connection:
            return [tuple(row) for row in await connection.execute(text(statement), parameters)]

    async def write(self, statement: str, **parameters: object) -> None:
        """Write what no route of this service writes yet."""
        async with self.office.database.engine.begin() as connection:
            await connection.execute(text(statement), parameters)

    async def _get(self, path: str, query: dict[str, str] | None = None) -> httpx.Response:
        answer = await self.office.http.get(path, params=query, headers=self.manager)
        assert answer.status_code == 200, answer.text
        return answer
