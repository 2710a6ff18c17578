"""Encrypts personal fields with AES-256-GCM, and makes them searchable by a keyed hash.

Each ciphertext is bound to its column and row, so that it cannot be moved to another one.
"""

import base64
import hashlib
import hmac
import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.process.settings import FieldEncryptionSettings

NONCE_BYTES = 12
FORMAT = b"\x01"


class UnreadableFieldError(Exception):
    """The stored bytes do not belong to this field of this row under this key."""


class PersonalFields:
    """Encrypts, decrypts and indexes personal values."""

    def __init__(self, settings: FieldEncryptionSettings) -> None:
        self._cipher = AESGCM(_key(settings.field_encryption_key.get_secret_value()))
        self._index_key = _key(settings.blind_index_key.get_secret_value())

    def seal(self, value: bytes, *, column: str, row_id: UUID) -> bytes:
        """Encrypt a value for one column of one row."""
        nonce = os.urandom(NONCE_BYTES)
        return FORMAT + nonce + self._cipher.encrypt(nonce, value, _place(column, row_id))

    def open(self, sealed: bytes, *, column: str, row_id: UUID) -> bytes:
        """Decrypt a value; raises UnreadableFieldError if it is of another column or row."""
        nonce, ciphertext = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, ciphertext, _place(column, row_id))
        except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
            raise UnreadableFieldError(f"{column} of {row_id} cannot be decrypted") from None

    def keyed_hash(self, content: bytes, *, purpose: str) -> bytes:
        """A hash that cannot be computed, and so not guessed, without the index key."""
        return hmac.digest(self._index_key, purpose.encode() + b"\0" + content, hashlib.sha256)

    def index(self, value: str, *, column: str) -> bytes:
        """A keyed hash that is equal for equal values of one column, ignoring case and spaces."""
        plain = "".join(value.split()).casefold()
        return hmac.digest(self._index_key, f"{column}:{plain}".encode(), hashlib.sha256)


def _place(column: str, row_id: UUID) -> bytes:
    return f"{column}/{row_id}".encode()


def _key(text: str) -> bytes:
    key = base64.b64decode(text)
    if len(key) != 32:  # noqa: PLR2004 - 32 bytes are what AES-256 and the setting's text say
        raise ValueError("a key must be 32 bytes, base64")
    return key
