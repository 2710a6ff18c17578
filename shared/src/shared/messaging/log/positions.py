"""A position in a service's log, as in the feed: `<epoch>:<sequence>`."""

import re
from typing import NamedTuple, Self

_TEXT = re.compile(r"([1-9][0-9]{0,17}):(0|[1-9][0-9]{0,17})", re.ASCII)


class Position(NamedTuple):
    """After which sequence of which epoch; sequence 0 is before the first event."""

    epoch: int
    sequence: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Parse what `str` writes; raises ValueError for anything else."""
        found = _TEXT.fullmatch(text)
        if found is None:
            raise ValueError("must be <epoch>:<sequence>, for example 1:0")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.epoch}:{self.sequence}"
