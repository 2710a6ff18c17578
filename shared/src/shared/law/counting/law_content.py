"""The canonical JSON in which an edition or a calendar is hashed and stored.

Two files with the same contents have the same hash, whatever their order, comments and line breaks.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date


def canonical(law: object) -> str:
    """Write the contents as canonical JSON."""
    return json.dumps(_plain(law), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(content: str) -> str:
    """Hash the contents: SHA-256, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
