"""Settings of an edition: what the standards leave open and this system had to decide.

Each says that it is one. A length, a term or a policy for which no source was found stands here,
where whoever answers for it can find it and change it; never in code, and never as if it were law.
"""

from dataclasses import dataclass

from shared.errors import InvalidInputError

SettingValue = int | str | tuple[str, ...]


class UnknownSettingError(InvalidInputError):
    """The edition has no such setting."""


@dataclass(frozen=True)
class Setting:
    """One open question with the answer in use.

    `configured`: no source states it. `provisional`: believed true, its source was not seen.
    """

    name: str
    value: SettingValue
    text: str
    citation: str
    configured: bool
    provisional: bool

    @property
    def whole(self) -> int:
        """The value, which must be a whole number."""
        if isinstance(self.value, int):
            return self.value
        raise TypeError(f"setting {self.name} is no whole number")

    @property
    def word(self) -> str:
        """The value, which must be one text."""
        if isinstance(self.value, str):
            return self.value
        raise TypeError(f"setting {self.name} is no text")

    @property
    def words(self) -> tuple[str, ...]:
        """The value, which must be a list of texts."""
        if isinstance(self.value, tuple):
            return self.value
        raise TypeError(f"setting {self.name} is no list of texts")
