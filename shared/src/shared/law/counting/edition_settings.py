"""Settings of an edition: what the standards leave open and this system had to decide.

Each one is marked as a setting. A length, a term or a policy without a source is kept here, where
the responsible people can find and change it: never in code, and never as if it were law.
"""

from dataclasses import dataclass

from shared.errors import InvalidInputError

SettingValue = int | str | tuple[str, ...]


class UnknownSettingError(InvalidInputError):
    """The edition has no setting with this name."""


@dataclass(frozen=True)
class Setting:
    """One question that the standards leave open, with the answer in use.

    `configured`: no source states it. `provisional`: believed true, but its source was not seen.
    """

    name: str
    value: SettingValue
    text: str
    citation: str
    configured: bool
    provisional: bool

    @property
    def whole(self) -> int:
        """The value as a whole number."""
        if isinstance(self.value, int):
            return self.value
        raise TypeError(f"setting {self.name} is not a whole number")

    @property
    def word(self) -> str:
        """The value as one text."""
        if isinstance(self.value, str):
            return self.value
        raise TypeError(f"setting {self.name} is not a text")

    @property
    def words(self) -> tuple[str, ...]:
        """The value as a list of texts."""
        if isinstance(self.value, tuple):
            return self.value
        raise TypeError(f"setting {self.name} is not a list of texts")
