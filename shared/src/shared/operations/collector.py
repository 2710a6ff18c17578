"""Python's garbage collector in a process that answers requests.

An answer of a thousand lines makes some ten thousand objects which die with it, without cycles; to
look for cycles among them every 700 objects took a fifth of the processor's time.
"""

import gc

YOUNG_OBJECTS = 50_000
"""Made before the young are looked through: some megabytes."""


def collect_seldom() -> None:
    """Set aside what the process began with, and look for cycles less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)
