"""A program and those who speak for it: what the tests of programs do again and again."""

from dataclasses import dataclass

import httpx

from integration.certification.board_office import ANOTHER, BoardOffice, Json
from shared.security.principals import Role

DETAILS = {
    "languages": ["en", "es"],
    "accepting_clients": True,
    "public_phone": "(916) 555-0100",
    "website": "https://river.example/",
}
SITE = {
    "name": "Main office",
    "street": "1 J Street",
    "city": "Sacramento",
    "county": "Sacramento",
    "zip_code": "95814",
}


@dataclass
class ProgramDesk:
    """The API, one certified program, its representative and the Board."""

    office: BoardOffice
    certified: Json

    @property
    def program_id(self) -> str:
        """The program's id."""
        found: str = self.certified["holder_id"]
        return found

    @property
    def number(self) -> str:
        """The program's public number."""
        found: str = self.certified["number"]
        return found

    @property
    def url(self) -> str:
        """Where the program is."""
        return f"/v1/programs/{self.program_id}"

    @property
    def representative(self) -> dict[str, str]:
        """The header of who speaks for the program."""
        return self.office.holding(Role.PROGRAM_REPRESENTATIVE, program=self.program_id)

    @property
    def board(self) -> dict[str, str]:
        """The header of the Board's reviewer."""
        return self.office.reviewer

    async def show(self) -> Json:
        """The program as the Board sees it."""
        answer = await self.office.http.get(self.url, headers=self.board)
        assert answer.status_code == 200, answer.text
        shown: Json = answer.json()
        return shown

    async def etag(self) -> str:
        """The version that stands."""
        answer = await self.office.http.get(self.url, headers=self.board)
        tag: str = answer.headers["etag"]
        return tag

    async def post(
        self, path: str, body: Json, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """Ask for a change, the Board if nobody else."""
        sent = self.board if headers is None else headers
        return await self.office.http.post(f"{self.url}/{path}", json=body, headers=sent)

    async def changed(self, path: str, body: Json, headers: dict[str, str] | None = None) -> Json:
        """A change that is made."""
        answer = await self.post(path, body, headers)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    async def provider(self, name: str = "Avery Example", **changes: object) -> Json:
        """A certified provider."""
        return await self.office.certified(
            self.office.provider_body(name=name, **ANOTHER, **changes)
        )

    async def changes(self) -> list[Json]:
        """What changed of the program."""
        answer = await self.office.http.get(f"{self.url}/changes", headers=self.board)
        found: list[Json] = answer.json()["items"]
        return found

    async def providers(self, **query: str) -> list[Json]:
        """Who works with the program."""
        url = f"{self.url}/providers"
        answer = await self.office.http.get(url, params=query, headers=self.board)
        assert answer.status_code == 200, answer.text
        found: list[Json] = answer.json()["items"]
        return found

    async def entry(self, **query: str) -> Json:
        """The program in the public directory."""
        answer = await self.office.http.get(f"/v1/directory/{self.number}", params=query)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found


async def open_desk(office: BoardOffice) -> ProgramDesk:
    """A program that is certified today."""
    return ProgramDesk(office, await office.certified(office.program_body(**ANOTHER)))


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Why something was refused: the status and the code of the problem."""
    return answer.status_code, answer.json()["type"].rsplit(":", 1)[-1]
