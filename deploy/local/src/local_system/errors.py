"""What this package refuses to go on with: each error is one line that says what to do."""


class CannotStartError(Exception):
    """The system cannot start here; the text says why and what to do about it."""


class AlreadyRunningError(CannotStartError):
    """Another system runs on this state folder."""


class StepFailedError(Exception):
    """A step of the scenario saw something other than it must."""
