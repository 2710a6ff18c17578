"""The one spelling in which an edition or a calendar is hashed and kept.

Two files that say the same have the same hash, whatever their order, remarks and line breaks.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date


def canonical(law: object) -> str:
    """Write all that it says as JSON in one spelling."""
    return json.dumps(_plain(law), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(content: str) -> str:
    """Hash a content: SHA-256, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
