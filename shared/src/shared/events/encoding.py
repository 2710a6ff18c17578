"""Encodes an event, and checks the bytes against the event's model before they are published.

A model validates its arguments, but not values set in other ways. So the bytes are parsed again,
strictly, as a consumer does; an event that cannot be parsed is not published.
"""

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from shared.events.event import Event


class OffSchemaError(Exception):
    """An event does not match its type; the message has fields and codes, never values."""


def encoded(event: Event) -> bytes:
    """The JSON of the event's fields; raises OffSchemaError if it does not match the model."""
    try:
        data = event.model_dump_json(warnings=False)  # what they warn of is refused just below
        event.model_validate_json(data, strict=True, extra="forbid")
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        places = (f"{'.'.join(map(str, each['loc']))} ({each['type']})" for each in faults)
        raise OffSchemaError(f"{event.noun_verb} is off its schema: {', '.join(places)}") from None
    except PydanticSerializationError:
        raise OffSchemaError(f"{event.noun_verb} holds what is no JSON") from None
    return data.encode()
