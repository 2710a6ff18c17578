"""Settings: every one is described, unknown ones are refused, secrets never shown."""

import pytest
from pydantic import SecretStr

from shared.process.settings import (
    DatabaseSettings,
    ProcessSettings,
    SettingsRefusedError,
    TokenSettings,
    described,
    load_settings,
)

URL = "postgresql://someone:secret@127.0.0.1/one"


def test_a_misspelled_setting_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASOMB_DATABASE_URL", URL)
    monkeypatch.setenv("CASOMB_DATABSE_POOL_SIZE", "3")

    with pytest.raises(SettingsRefusedError, match="CASOMB_DATABSE_POOL_SIZE"):
        load_settings(DatabaseSettings)


def test_a_missing_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASOMB_DATABASE_URL", raising=False)

    with pytest.raises(SettingsRefusedError, match="CASOMB_DATABASE_URL"):
        load_settings(DatabaseSettings)


def test_a_malformed_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASOMB_DATABASE_URL", URL)
    monkeypatch.setenv("CASOMB_DATABASE_POOL_SIZE", "many")

    with pytest.raises(SettingsRefusedError, match="CASOMB_DATABASE_POOL_SIZE"):
        load_settings(DatabaseSettings)


def test_a_mapping_that_is_not_json_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASOMB_TOKEN_ISSUER", "https://issuer.example")
    monkeypatch.setenv("CASOMB_TOKEN_KEYS_URL", "https://issuer.example/keys")
    monkeypatch.setenv("CASOMB_SERVICE_CLIENTS", "{'scoring': 'a-client'}")

    with pytest.raises(SettingsRefusedError, match=r"^CASOMB_SERVICE_CLIENTS: is not valid JSON$"):
        load_settings(TokenSettings)


def test_secrets_are_masked_where_settings_are_shown() -> None:
    shown = described(DatabaseSettings(database_url=SecretStr(URL)))

    assert "secret" not in str(shown)
    assert shown["database_pool_size"] == "8"


def test_time_is_moved_in_development(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASOMB_ENVIRONMENT", "development")
    monkeypatch.setenv("CASOMB_TIME_OFFSET_SECONDS", "-3600")

    settings = load_settings(ProcessSettings)

    assert settings.time_offset_seconds == -3600


@pytest.mark.parametrize("environment", ["production", "staging", None])
def test_time_is_never_moved_elsewhere(
    monkeypatch: pytest.MonkeyPatch, environment: str | None
) -> None:
    if environment is not None:
        monkeypatch.setenv("CASOMB_ENVIRONMENT", environment)
    monkeypatch.setenv("CASOMB_TIME_OFFSET_SECONDS", "1")

    with pytest.raises(
        SettingsRefusedError, match=r"TIME_OFFSET_SECONDS: .* may only be shifted in development"
    ):
        load_settings(ProcessSettings)
