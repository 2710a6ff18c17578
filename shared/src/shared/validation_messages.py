"""Says in plain words what pydantic found wrong with a value.

Pydantic's own sentences speak of tuples, dictionaries and union tags. A type of error that is not
in the table keeps pydantic's sentence.
"""

import re
from collections.abc import Mapping
from typing import Any

OWN_WORDS = ("value_error", "assertion_error")
"""Errors that a check of this project raised; their message is already plain."""

MESSAGES: Mapping[str, str] = {
    "missing": "is required",
    "extra_forbidden": "is not a field of this request",
    "none_required": "must be null",
    "string_type": "must be a text",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "string_pattern_mismatch": "must match the pattern {pattern}",
    "too_short": "must have at least {min_length} items",
    "too_long": "must have at most {max_length} items",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "is too large a number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a finite number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "greater_than": "must be greater than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "multiple_of": "must be a multiple of {multiple_of}",
    "enum": "must be {expected}",
    "literal_error": "must be {expected}",
    "uuid_type": "must be a UUID",
    "uuid_parsing": "must be a UUID",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "set_type": "must be a list",
    "dict_type": "must be a JSON object",
    "mapping_type": "must be a JSON object",
    "model_type": "must be a JSON object",
    "model_attributes_type": "must be a JSON object",
    "dataclass_type": "must be a JSON object",
    "json_invalid": "is not valid JSON: {error}",
    "date_type": "must be a date such as 2026-12-01",
    "date_parsing": "must be a date such as 2026-12-01",
    "date_from_datetime_parsing": "must be a date such as 2026-12-01",
    "datetime_type": "must be a date and time such as 2026-12-01T09:30:00-08:00",
    "datetime_parsing": "must be a date and time such as 2026-12-01T09:30:00-08:00",
    "datetime_from_date_parsing": "must be a date and time such as 2026-12-01T09:30:00-08:00",
    "timezone_aware": "must have a time zone, such as 2026-12-01T09:30:00-08:00",
    "union_tag_not_found": "is required",
}
_ONE = re.compile(r"\b1 (item|character)s")
_QUOTED = re.compile(r"'[^']*'")


def message_of(error: Mapping[str, Any]) -> str:
    """Return the plain message of one error of a pydantic ValidationError."""
    context = error.get("ctx", {})
    if error["type"] in OWN_WORDS and "error" in context:
        return str(context["error"])
    if error["type"] == "union_tag_invalid":
        return f"must be {' or '.join(_QUOTED.findall(context['expected_tags']))}"
    kind = error["type"]
    if kind in {"too_short", "too_long"} and isinstance(error.get("input"), str):
        kind = f"string_{kind}"
    if kind not in MESSAGES:
        return str(error["msg"])
    return _ONE.sub(r"1 \1", MESSAGES[kind].format(**context))
