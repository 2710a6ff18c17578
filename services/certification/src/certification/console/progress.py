"""Progress of a long task: a bar on a terminal, plain lines elsewhere."""

import sys
from types import TracebackType
from typing import Self

from rich import progress as bars

PARTS = 10
"""Plain lines are written after each tenth, which is enough for a log."""


class ProgressLine:
    """Prints how much of a total is done, while its block runs."""

    def __init__(self, title: str, total: int) -> None:
        self._title = title
        self._total = total
        self._told = 0
        self._bar = _bar() if sys.stdout.isatty() else None
        self._task: bars.TaskID | None = None

    def __enter__(self) -> Self:
        """Start with nothing done."""
        if self._bar is None:
            sys.stdout.write(f"{self._title}\n")
        else:
            self._bar.start()
            self._task = self._bar.add_task(self._title, total=self._total)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the bar as it is."""
        if self._bar is not None:
            self._bar.stop()

    def tell(self, done: int) -> None:
        """Print how much is done."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done)
            return
        part = done * PARTS // max(self._total, 1)
        if part > self._told:
            self._told = part
            sys.stdout.write(f"{done} of {self._total}\n")
            sys.stdout.flush()


def _bar() -> bars.Progress:
    return bars.Progress(
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TimeRemainingColumn(),
    )
