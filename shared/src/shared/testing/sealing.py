"""Personal fields under keys of a test's own."""

import base64

from pydantic import SecretStr

from shared.process.settings import FieldEncryptionSettings
from shared.security.personal_fields import PersonalFields

KEY = base64.b64encode(bytes(32)).decode()


def fields_for_tests(key: str = KEY) -> PersonalFields:
    """Seals and hashes with one key for both."""
    secret = SecretStr(key)
    return PersonalFields(
        FieldEncryptionSettings(field_encryption_key=secret, blind_index_key=secret)
    )
