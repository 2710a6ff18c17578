"""Encryption of personal fields with keys made for tests."""

import base64

from pydantic import SecretStr

from shared.process.settings import FieldEncryptionSettings
from shared.security.personal_fields import PersonalFields

KEY = base64.b64encode(bytes(32)).decode()


def fields_for_tests(key: str = KEY) -> PersonalFields:
    """Return encryption and hashing of personal fields, both with the same test key."""
    secret = SecretStr(key)
    return PersonalFields(
        FieldEncryptionSettings(field_encryption_key=secret, blind_index_key=secret)
    )
