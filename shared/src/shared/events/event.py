"""What every event of the published language has: a type, a subject and a schema version.

Events carry ids, codes and dates: never names, numbers of persons, free text, item codes,
totals, levels or interpretations. Readers who need more request it from the publishing service.
"""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

SCHEMA_PREFIX = "urn:casomb:event:"


class Event(BaseModel):
    """One published fact; the fields are the `data` of the CloudEvent."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    service: ClassVar[str] = ""
    noun_verb: ClassVar[str]
    subject_kind: ClassVar[str]
    schema_version: ClassVar[int] = 1

    @property
    def subject_id(self) -> UUID:
        """ID of the record that the event is about. Events of one subject stay in order."""
        value = getattr(self, f"{self.subject_kind.replace('-', '_')}_id")
        if not isinstance(value, UUID):
            raise TypeError(f"the subject of {self.noun_verb} is not an id")
        return value

    @classmethod
    def type_for(cls, service: str = "") -> str:
        """The CloudEvents type; types of duties exist once per service that publishes them."""
        return f"{cls.service or service}.{cls.noun_verb}"


def schema_uri(event_type: str, schema_version: int) -> str:
    """The CloudEvents `dataschema` of a type, which is also the `$id` of its JSON Schema."""
    return f"{SCHEMA_PREFIX}{event_type}:{schema_version}"
