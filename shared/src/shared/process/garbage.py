"""How often Python looks for garbage in cycles: seldom, in every process.

The collector goes by how much was allocated. A batch of events, or an answer of a thousand lines,
is all allocation and no cycle, so it searched the same living objects again and again: a fifth of
an API's processor time, and two fifths of a publisher's.
"""

import gc

YOUNG_OBJECTS = 50_000
"""Made before the young are searched: some megabytes."""

ROUNDS = 20
"""Searches of one generation before the next older one is searched too."""


def collect_seldom() -> None:
    """Set aside for good what the process has loaded by now, and search the rest seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, ROUNDS, ROUNDS)
