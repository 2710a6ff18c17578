"""Errors that stop this package: each is one line with what to do."""


class CannotStartError(Exception):
    """The system cannot start here; the message is why and what to do."""


class AlreadyRunningError(CannotStartError):
    """Another system is running on this state folder."""


class StepFailedError(Exception):
    """A step of the scenario got another result than expected."""
