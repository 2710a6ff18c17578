"""Personal fields at rest: unreadable without the key, bound to their place, found by index."""

import base64

import pytest
from pydantic import SecretStr

from shared.identifiers import new_id
from shared.process.settings import FieldEncryptionSettings
from shared.security.personal_fields import PersonalFields, UnreadableFieldError

ROW = new_id()


def _fields(letter: bytes) -> PersonalFields:
    key = SecretStr(base64.b64encode(letter * 32).decode())
    return PersonalFields(FieldEncryptionSettings(field_encryption_key=key, blind_index_key=key))


@pytest.fixture
def fields() -> PersonalFields:
    return _fields(b"a")


def test_what_was_sealed_can_be_opened(fields: PersonalFields) -> None:
    sealed = fields.seal(b"Example", column="family_name", row_id=ROW)

    assert b"Example" not in sealed
    assert fields.open(sealed, column="family_name", row_id=ROW) == b"Example"


def test_the_same_value_is_sealed_differently_each_time(fields: PersonalFields) -> None:
    once, again = (fields.seal(b"x", column="c", row_id=ROW) for _ in range(2))

    assert once != again


def test_another_column_row_or_key_cannot_open_it(fields: PersonalFields) -> None:
    sealed = fields.seal(b"x", column="c", row_id=ROW)

    with pytest.raises(UnreadableFieldError):
        fields.open(sealed, column="d", row_id=ROW)
    with pytest.raises(UnreadableFieldError):
        fields.open(sealed, column="c", row_id=new_id())
    with pytest.raises(UnreadableFieldError):
        _fields(b"b").open(sealed, column="c", row_id=ROW)


def test_a_tampered_value_cannot_be_opened(fields: PersonalFields) -> None:
    sealed = bytearray(fields.seal(b"x", column="c", row_id=ROW))
    sealed[-1] ^= 1

    with pytest.raises(UnreadableFieldError):
        fields.open(bytes(sealed), column="c", row_id=ROW)


@pytest.mark.parametrize("length", [0, 1, 12, 13, 20])
def test_bytes_too_short_to_be_sealed_cannot_be_opened(fields: PersonalFields, length: int) -> None:
    with pytest.raises(UnreadableFieldError):
        fields.open(b"\x01" * length, column="c", row_id=ROW)


def test_equal_values_have_one_index_case_and_blanks_aside(fields: PersonalFields) -> None:
    assert fields.index("A 123", column="cii") == fields.index("a123", column="cii")
    assert fields.index("A123", column="cii") != fields.index("A124", column="cii")
    assert fields.index("A123", column="cii") != fields.index("A123", column="cdcr")
    assert fields.index("A123", column="cii") != _fields(b"b").index("A123", column="cii")


def test_a_short_key_is_refused() -> None:
    short = SecretStr(base64.b64encode(b"a" * 16).decode())

    with pytest.raises(ValueError, match="32 bytes"):
        PersonalFields(FieldEncryptionSettings(field_encryption_key=short, blind_index_key=short))
