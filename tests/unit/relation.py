"""A relation of states and moves: as it is written by hand, and as the code lets it happen."""

import csv
from collections.abc import Callable, Iterable, Mapping
from itertools import product
from pathlib import Path

from shared.errors import ConflictError

Relation = Mapping[tuple[str, str], str]
"""The state that each move leads to from each state where it is allowed."""
STAYS = "as before"


def written(file: Path) -> Relation:
    """What a table of `move`, `from` (states apart by blanks), `to` and `why` says."""
    with file.open(newline="") as opened:
        rows = list(csv.DictReader(opened))

    return {
        (row["move"], before): before if row["to"] == STAYS else row["to"]
        for row in rows
        for before in row["from"].split()
    }


def happening(
    moves: Iterable[str], states: Iterable[str], after: Callable[[str, str], str], refusal: str
) -> Relation:
    """Try every move from every state; what is not refused with this code happens."""
    tried = ((move, before) for move, before in product(moves, list(states)))

    return {each: to for each in tried if (to := _tried(after, *each, refusal)) is not None}


def _tried(after: Callable[[str, str], str], move: str, before: str, refusal: str) -> str | None:
    try:
        return after(move, before)
    except ConflictError as refused:
        if refused.code == refusal and before in str(refused) and move in str(refused):
            return None
        raise
