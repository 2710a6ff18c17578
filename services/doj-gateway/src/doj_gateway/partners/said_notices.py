"""A notice in the form that DOJ writes. An unreadable one is stored for an operator."""

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
"""A JSON schema that allows any value."""


def _as_text(value: object) -> str | None:
    """Convert numbers to text; any value other than text or a number becomes None."""
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
"""Text that DOJ wrote, up to 200 characters. Any JSON value is accepted; non-text becomes None."""

NoticeId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,62}$")]


class NoticedPersonBody(BaseModel):
    """The identifiers by which DOJ names the person. They are stored encrypted."""

    model_config = ConfigDict(extra="ignore")

    cii_number: Said = Field(
        default=None,
        description="CII number: DOJ's identifier of the person.",
        examples=["12345678"],
    )
    birth_date: Said = Field(
        default=None, description="Birth date, as YYYY-MM-DD.", examples=["1980-02-29"]
    )
    family_name: Said = Field(default=None, examples=["Example"])


NoticedPerson = Annotated[
    NoticedPersonBody,
    BeforeValidator(_as_part),
    WithJsonSchema({"anyOf": [NoticedPersonBody.model_json_schema(), ANYTHING]}),
]
"""The person. A value that is not a JSON object counts as no identifiers."""


class NoticeBody(BaseModel):
    """DOJ's notice of a score that the online tool submitted to DOJ directly.

    Only the ID is checked. Every other field accepts any JSON value; if one is missing or cannot be
    read, the notice is stored and an operator examines it.
    """

    model_config = ConfigDict(extra="ignore")

    notice_id: NoticeId = Field(
        description="DOJ's own ID of the notice. The same ID with the same content gets the same "
        "answer; with different content it is a correction."
    )
    instrument: Said = Field(
        default=None,
        description="Name of the instrument: any spelling of LS/CMI.",
        examples=["ls-cmi", "LS/CMI"],
    )
    assessed_on: Said = Field(
        default=None, description="Day of scoring, as YYYY-MM-DD.", examples=["2026-11-20"]
    )
    seen_at: Said = Field(
        default=None,
        description="When DOJ saw the score: date and time with the offset from UTC.",
        examples=["2026-11-20T18:00:00Z"],
    )
    person: NoticedPerson = Field(
        default=NoticedPersonBody(), description="Identifiers of the person who was scored."
    )

    def said(self) -> SaidNotice:
        """Return the content of the notice as DOJ wrote it."""
        return SaidNotice(
            instrument=self.instrument,
            assessed_on=self.assessed_on,
            seen_at=self.seen_at,
            cii_number=self.person.cii_number,
            birth_date=self.person.birth_date,
            family_name=self.person.family_name,
        )
