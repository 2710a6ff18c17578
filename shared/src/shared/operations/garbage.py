"""Garbage is looked for rarely where events pass by the thousand.

The collector goes by how much was allocated. A batch of events is all allocation and no garbage, so
it searched the same living objects again and again: two fifths of a publisher's processor time.
"""

import gc

_ALLOCATED = 50_000
_ROUNDS = 20


def look_for_garbage_rarely() -> None:
    """Search after tens of thousands of new objects; what is loaded by now is never searched."""
    gc.freeze()
    gc.set_threshold(_ALLOCATED, _ROUNDS, _ROUNDS)
