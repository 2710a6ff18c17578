"""A notice as DOJ writes it, pushed or pulled: what cannot be read is kept and looked at."""

from typing import Annotated

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    WithJsonSchema,
)

from doj_gateway.domain.said_notices import SaidNotice

LONGEST = 200
ANYTHING: dict[str, JsonValue] = {}
"""The JSON schema that allows any value."""


def _as_text(value: object) -> str | None:
    """Numbers are text to us; what is no text at all says nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value)[:LONGEST]


def _as_part(value: object) -> object:
    return value if isinstance(value, dict) else {}


Said = Annotated[
    str | None,
    BeforeValidator(_as_text),
    WithJsonSchema(ANYTHING),
]
"""What DOJ wrote, up to 200 characters; None where it is no text. Any JSON value is taken."""

NoticeId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,62}$")]


class NoticedPersonBody(BaseModel):
    """By what DOJ names the person; kept sealed."""

    model_config = ConfigDict(extra="ignore")

    cii_number: Said = Field(default=None, examples=["12345678"])
    birth_date: Said = Field(default=None, description="As YYYY-MM-DD.", examples=["1980-02-29"])
    family_name: Said = Field(default=None, examples=["Example"])


NoticedPerson = Annotated[
    NoticedPersonBody,
    BeforeValidator(_as_part),
    WithJsonSchema({"anyOf": [NoticedPersonBody.model_json_schema(), ANYTHING]}),
]
"""The person; one that is no object says nothing."""


class NoticeBody(BaseModel):
    """DOJ saw a result that its online tool submitted by itself.

    Only the id is checked; every other field takes any JSON value. If one is missing or cannot be
    read, the notice is kept and an operator looks at it.
    """

    model_config = ConfigDict(extra="ignore")

    notice_id: NoticeId = Field(
        description="DOJ's own id. A repeated one gets the same answer; with other content, it "
        "is a correction."
    )
    instrument: Said = Field(
        default=None, description="Any spelling of LS/CMI.", examples=["ls-cmi", "LS/CMI"]
    )
    assessed_on: Said = Field(default=None, description="As YYYY-MM-DD.", examples=["2026-11-20"])
    seen_at: Said = Field(
        default=None,
        description="When DOJ saw it, with the offset from UTC.",
        examples=["2026-11-20T18:00:00Z"],
    )
    person: NoticedPerson = NoticedPersonBody()

    def said(self) -> SaidNotice:
        """Return DOJ's words."""
        return SaidNotice(
            instrument=self.instrument,
            assessed_on=self.assessed_on,
            seen_at=self.seen_at,
            cii_number=self.person.cii_number,
            birth_date=self.person.birth_date,
            family_name=self.person.family_name,
        )
